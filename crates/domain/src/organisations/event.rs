//! What happens to an organisation.

use serde::Serialize;

use super::sync::{EndReason, SyncedPart};
use super::{AuthorisationStatus, CompanyKind, PrescriberKind};
use crate::event::happenings;
use crate::ids::{ApplicationId, ConventionId, JobDescriptionId, OrganisationId, SignUpRequestId, UserId};

/// Something happened to an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationEvent {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What happened.
    pub change: OrganisationChange,
}

/// What happened to an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum OrganisationChange {
    /// An official file brought it in.
    Created {
        /// Its authorisation, when it prescribes (PRE-7).
        #[serde(skip_serializing_if = "Option::is_none")]
        authorisation: Option<AuthorisationStatus>,
    },
    /// An official file changed its name, address or numbers.
    Updated,
    /// The flow of the paying agency brought in a company (CMP-12).
    CompanyImported,
    /// The same flow changed a company.
    Synced {
        /// What of it.
        changes: Vec<SyncedPart>,
    },
    /// The same flow deleted it, since nothing was ever done with it (CMP-14).
    Deleted {
        /// Its SIRET.
        siret: String,
        /// Its kind.
        kind: CompanyKind,
        /// Why.
        because: EndReason,
    },
    /// A professional signed it up, and administers it (SGN-14, SGN-16).
    SignedUp {
        /// Who.
        user: UserId,
        /// Its authorisation, when it prescribes (PRE-6).
        #[serde(skip_serializing_if = "Option::is_none")]
        authorisation: Option<AuthorisationStatus>,
    },
    /// A professional asked its official address for a link to sign up (SGN-8).
    LinkAsked {
        /// What they asked.
        asked: SignUpRequestId,
    },
    /// The link let the first one in (SGN-9).
    LinkUsed {
        /// What had been asked.
        asked: SignUpRequestId,
    },
    /// A professional asked to be let in (SGN-11).
    JoinAsked {
        /// What they asked.
        asked: SignUpRequestId,
        /// Whom; none: the team.
        contact: Option<UserId>,
    },
    /// The team validated its authorisation (PRE-7).
    AuthorisationValidated,
    /// The team refused its authorisation: it is of kind « Autre » (PRE-8).
    AuthorisationRefused,
    /// The team changed its kind (PRE-9).
    KindChanged {
        /// Its kind from now on.
        kind: PrescriberKind,
        /// Where its authorisation stands from now on.
        authorisation: AuthorisationStatus,
    },
    /// It hired on a post it had none of, typed at the hire (ACC-21).
    PostCreatedAtHire {
        /// The post.
        post: JobDescriptionId,
        /// The hire.
        application: ApplicationId,
    },
    /// Its administrators published what it says of itself (CMP-25, PRE-27).
    ProfilePublished,
    /// One of its legal unit added it (CMP-21).
    AntennaCreated {
        /// The company that did.
        parent: OrganisationId,
    },
    /// It was attached to the convention of another annex (CMP-24).
    ConventionChosen {
        /// The convention.
        convention: ConventionId,
        /// Number of the annex.
        annex: String,
    },
    /// It takes no new application (CMP-35).
    ApplicationsBlocked,
    /// It takes applications again (CMP-35).
    ApplicationsTaken,
    /// It takes spontaneous applications (CMP-36).
    SpontaneousOpened,
    /// It said that it still does (CMP-36).
    SpontaneousRenewed,
    /// It takes none any more (CMP-36).
    SpontaneousClosed,
    /// Nobody said in time that it still did (CMP-36).
    SpontaneousExpired,
}

happenings! {
    OrganisationEvent: OrganisationChange about "organisation" organisation {
        Created = "organisation.created", "Structure ajoutée par un fichier officiel";
        Updated = "organisation.updated", "Structure mise à jour par un fichier officiel";
        CompanyImported = "organisation.company_imported", "Structure ajoutée par le flux de l’ASP";
        Synced = "organisation.synced", "Structure mise à jour par le flux de l’ASP";
        Deleted = "organisation.deleted", "Structure inutilisée supprimée par le flux de l’ASP";
        SignedUp = "organisation.signed_up", "Inscription d’une structure";
        LinkAsked = "organisation.link_asked", "Lien d’inscription demandé à l’adresse officielle";
        LinkUsed = "organisation.link_used", "Lien d’inscription utilisé";
        JoinAsked = "organisation.join_asked", "Demande à rejoindre la structure";
        AuthorisationValidated = "organisation.authorisation_validated", "Habilitation validée par l’équipe";
        AuthorisationRefused = "organisation.authorisation_refused", "Habilitation refusée par l’équipe";
        KindChanged = "organisation.kind_changed", "Nature de l’organisation changée par l’équipe";
        PostCreatedAtHire = "organisation.post_created_at_hire", "Poste créé à l’embauche";
        ProfilePublished = "organisation.profile_published", "Fiche de la structure publiée";
        AntennaCreated = "organisation.antenna_created", "Antenne ajoutée";
        ConventionChosen = "organisation.convention_chosen", "Rattachement à une autre annexe financière";
        ApplicationsBlocked = "organisation.applications_blocked", "Candidatures suspendues";
        ApplicationsTaken = "organisation.applications_taken", "Candidatures reprises";
        SpontaneousOpened = "organisation.spontaneous_opened", "Candidatures spontanées ouvertes";
        SpontaneousRenewed = "organisation.spontaneous_renewed", "Candidatures spontanées actualisées";
        SpontaneousClosed = "organisation.spontaneous_closed", "Candidatures spontanées fermées";
        SpontaneousExpired = "organisation.spontaneous_expired", "Candidatures spontanées fermées faute d’actualisation";
    }
}

/// Something happened to a convention, which decides whether its companies may hire (CMP-8 to CMP-16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConventionEvent {
    /// The convention.
    pub convention: ConventionId,
    /// What happened.
    pub change: ConventionChange,
}

/// What happened to a convention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ConventionChange {
    /// An official file brought it in.
    Created {
        /// Whether it is in force.
        is_active: bool,
    },
    /// An official file changed it.
    Updated {
        /// Whether it is in force from now on.
        is_active: bool,
    },
    /// The flow of the paying agency changed its financial annexes.
    AnnexesSynced {
        /// Numbers of those it brought in or changed.
        written: Vec<String>,
        /// Numbers of those that vanished from it.
        removed: Vec<String>,
    },
    /// The same flow deleted it: no company has it.
    Deleted {
        /// Number of the structure at the paying agency.
        asp_id: i32,
        /// Kind of the structure.
        kind: CompanyKind,
    },
}

happenings! {
    ConventionEvent: ConventionChange about "convention" convention {
        Created = "convention.created", "Convention ajoutée par un fichier officiel";
        Updated = "convention.updated", "Convention mise à jour par un fichier officiel";
        AnnexesSynced = "convention.annexes_synced", "Annexes financières mises à jour par le flux de l’ASP";
        Deleted = "convention.deleted", "Convention sans structure supprimée par le flux de l’ASP";
    }
}
