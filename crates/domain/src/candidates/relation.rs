//! Why a professional may open a person's file (D4), and who accompanies the person (ASG-1).

use super::{CandidateChange, CandidateEvent};
use crate::Changed;
use crate::code::code;
use crate::ids::{CandidateId, OrganisationId, UserId};

code! {
    /// What a professional did for a person that lets their organisation open the file.
    RelationOrigin {
        Created = "created", "Dossier créé";
        LookedUp = "looked_up", "Personne recherchée";
        Applied = "applied", "Candidature envoyée";
        Received = "received", "Candidature reçue";
        Diagnosed = "diagnosed", "Diagnostic établi";
        Hired = "hired", "Embauche";
    }
}

/// A professional who deals with a person for an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// The person.
    pub candidate: CandidateId,
    /// The professional.
    pub user: UserId,
    /// The organisation they act for.
    pub organisation: OrganisationId,
    /// What they did.
    pub origin: RelationOrigin,
    /// They said that whoever accompanies the person has no account (SUB-62).
    pub advisor_is_unlisted: bool,
}

impl Relation {
    /// The relation that `origin` makes.
    pub const fn new(
        candidate: CandidateId,
        user: UserId,
        organisation: OrganisationId,
        origin: RelationOrigin,
    ) -> Self {
        Self { candidate, user, organisation, origin, advisor_is_unlisted: false }
    }
}

/// Records the relation, or that the professional acted again.
pub fn relate(relation: Relation) -> Changed<Relation> {
    let Relation { candidate, user, organisation, origin, .. } = relation;
    let change = CandidateChange::Related { user, organisation, origin };
    Changed::new(relation, CandidateEvent { candidate, change })
}
