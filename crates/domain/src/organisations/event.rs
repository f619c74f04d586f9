//! What happens to an organisation.

use serde::Serialize;

use super::sync::{EndReason, SyncedPart};
use super::team::TeamField;
use super::transfer::Count;
use super::{AuthorisationStatus, CompanyKind, PrescriberKind};
use crate::event::happenings;
use crate::ids::{
    ApplicationId, ConventionId, JobDescriptionId, OrganisationId, SignUpRequestId, SuccessionId, UserId,
};

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
    /// The team created it (CMP-13, INS-1).
    CreatedByTeam {
        /// Its authorisation, when it prescribes.
        #[serde(skip_serializing_if = "Option::is_none")]
        authorisation: Option<AuthorisationStatus>,
        /// The convention it is attached to, when it is.
        #[serde(skip_serializing_if = "Option::is_none")]
        convention: Option<ConventionId>,
    },
    /// The team changed what is said of it.
    ChangedByTeam {
        /// Which fields.
        changes: Vec<TeamField>,
    },
    /// The team verified a facilitator of the social clauses, which is active from now on (CMP-16, SGN-16).
    FacilitatorVerified,
    /// The team lets it be found again.
    ShownByTeam,
    /// The team keeps it from being found.
    HiddenByTeam,
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
    /// The team merged it into another prescriber organisation, and closed it.
    MergedAway {
        /// The one that stays.
        into: OrganisationId,
        /// What moved.
        moved: Vec<Count>,
    },
    /// The team merged another prescriber organisation into it.
    Absorbed {
        /// The one that is closed.
        former: OrganisationId,
        /// What moved.
        moved: Vec<Count>,
        /// Where its authorisation stands from then on.
        authorisation: AuthorisationStatus,
    },
    /// The team transferred what it had to another company.
    DataGiven {
        /// Which.
        to: OrganisationId,
        /// What moved.
        moved: Vec<Count>,
        /// Whether nobody acts for it any more.
        is_disabled: bool,
    },
    /// The team transferred to it what another company had.
    DataReceived {
        /// Which.
        from: OrganisationId,
        /// What moved.
        moved: Vec<Count>,
    },
    /// The team recorded that its SIRET changed (CMP-5).
    SiretChanged {
        /// As it is kept.
        succession: SuccessionId,
        /// The SIRET it had.
        before: String,
        /// The one it has.
        after: String,
    },
    /// The team merged it into another structure, and closed it.
    MergedInto {
        /// As it is kept.
        succession: SuccessionId,
        /// What it became.
        target: OrganisationId,
    },
    /// Another structure was merged into it.
    TookOver {
        /// As it is kept.
        succession: SuccessionId,
        /// What it was.
        source: OrganisationId,
    },
    /// The team gave a part of it to another structure.
    SplitInto {
        /// As it is kept.
        succession: SuccessionId,
        /// What has that part.
        target: OrganisationId,
    },
    /// It took a part of another structure.
    TookPartOf {
        /// As it is kept.
        succession: SuccessionId,
        /// What it was a part of.
        source: OrganisationId,
    },
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
        CreatedByTeam = "organisation.created_by_team", "Structure créée par l’équipe";
        ChangedByTeam = "organisation.changed_by_team", "Structure modifiée par l’équipe";
        FacilitatorVerified = "organisation.facilitator_verified", "Facilitateur vérifié par l’équipe";
        ShownByTeam = "organisation.shown_by_team", "Remise dans la recherche par l’équipe";
        HiddenByTeam = "organisation.hidden_by_team", "Retirée de la recherche par l’équipe";
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
        MergedAway = "organisation.merged_away", "Organisation fusionnée dans une autre, et fermée";
        Absorbed = "organisation.absorbed", "Fusion d’une autre organisation dans celle-ci";
        DataGiven = "organisation.data_given", "Données transférées à une autre structure";
        DataReceived = "organisation.data_received", "Données transférées depuis une autre structure";
        SiretChanged = "organisation.siret_changed", "Changement de SIRET enregistré par l’équipe";
        MergedInto = "organisation.merged_into", "Structure fusionnée dans une autre";
        TookOver = "organisation.took_over", "Fusion d’une autre structure dans celle-ci";
        SplitInto = "organisation.split_into", "Partie de la structure donnée à une autre";
        TookPartOf = "organisation.took_part_of", "Partie d’une autre structure reprise";
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
    /// The team deactivated it: its days of grace begin (CMP-10).
    DeactivatedByTeam,
    /// The team put it in force again, for 90 days at least (CMP-10).
    ReactivatedByTeam,
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
        DeactivatedByTeam = "convention.deactivated_by_team", "Convention désactivée par l’équipe";
        ReactivatedByTeam = "convention.reactivated_by_team", "Convention réactivée par l’équipe";
        Deleted = "convention.deleted", "Convention sans structure supprimée par le flux de l’ASP";
    }
}
