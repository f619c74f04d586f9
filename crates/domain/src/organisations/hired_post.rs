//! The post of a hire, when the company had none of it (rule book 02 §6.3, ACC-21).

use super::{OrganisationChange, OrganisationEvent};
use crate::Changed;
use crate::ids::{ApplicationId, JobDescriptionId, OrganisationId};

/// What stands for its contract, since the hire says the real one.
pub const CONTRACT_OF_HIRED_POST: &str = "Poste créé à l’embauche";

/// A post to be written, closed from the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiredPost {
    /// Its id.
    pub id: JobDescriptionId,
    /// The company.
    pub company: OrganisationId,
    /// The appellation of the ROME.
    pub appellation: String,
    /// INSEE code of the commune where the work is done.
    pub commune: String,
}

impl HiredPost {
    /// Creates it for this hire.
    pub fn for_hire(self, application: ApplicationId) -> Changed<Self> {
        let change = OrganisationChange::PostCreatedAtHire { post: self.id, application };
        let event = OrganisationEvent { organisation: self.company, change };
        Changed::new(self, event)
    }
}
