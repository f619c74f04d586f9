//! What happens to an organisation.

use serde::Serialize;

use super::AuthorisationStatus;
use crate::event::happenings;
use crate::ids::{ApplicationId, ConventionId, JobDescriptionId, OrganisationId};

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
    /// It hired on a post it had none of, typed at the hire (ACC-21).
    PostCreatedAtHire {
        /// The post.
        post: JobDescriptionId,
        /// The hire.
        application: ApplicationId,
    },
}

happenings! {
    OrganisationEvent: OrganisationChange about "organisation" organisation {
        Created = "organisation.created", "Structure ajoutée par un fichier officiel";
        Updated = "organisation.updated", "Structure mise à jour par un fichier officiel";
        PostCreatedAtHire = "organisation.post_created_at_hire", "Poste créé à l’embauche";
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
    /// An official file brought in or changed one of its financial annexes.
    AnnexWritten {
        /// Number of the annex.
        annex: String,
    },
}

happenings! {
    ConventionEvent: ConventionChange about "convention" convention {
        Created = "convention.created", "Convention ajoutée par un fichier officiel";
        Updated = "convention.updated", "Convention mise à jour par un fichier officiel";
        AnnexWritten = "convention.annex_written", "Annexe financière mise à jour par un fichier officiel";
    }
}
