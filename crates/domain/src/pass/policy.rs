//! Who may read a PASS and print its certificate (rule book 03 §4.14, W8, W9; 01 P36).

use serde::Deserialize;

use crate::actor::{Actor, AuthorisedPrescriber, EmployerActor};
use crate::ids::{CandidateId, OrganisationId};
use crate::policy::Denied;
use crate::staff::StaffRight;

/// Whose PASS are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Of the people a company hired: one line a PASS.
    Employees(OrganisationId),
    /// Of the people a prescripteur habilité's organisation accompanies.
    Caseload(OrganisationId),
}

impl Scope {
    /// The PASS listed to an actor.
    pub const fn of(actor: &Actor) -> Result<Self, Denied> {
        match actor {
            Actor::Employer(actor) => Ok(Self::Employees(actor.organisation)),
            Actor::Prescriber(actor) if actor.authorised => Ok(Self::Caseload(actor.organisation)),
            Actor::Prescriber(_) => Err(Denied::NotAuthorised),
            Actor::Candidate(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => Err(Denied::Role),
        }
    }

    /// The organisation they are listed to.
    pub const fn organisation(self) -> OrganisationId {
        match self {
            Self::Employees(organisation) | Self::Caseload(organisation) => organisation,
        }
    }
}

/// What ties the actor's organisation to the holder of a PASS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub struct PassRelation {
    /// Their company accepted the holder with this PASS.
    pub hired_with_it: bool,
    /// Their company received an application of the holder that it still sees (VIS-1), or sent one elsewhere.
    pub exchanged_application: bool,
    /// The holder is in the caseload of their organisation.
    pub in_caseload: bool,
}

/// Whether the actor may open the page of a PASS. Without a relation it does not exist for them.
pub fn read(actor: &Actor, holder: CandidateId, relation: PassRelation) -> Result<(), Denied> {
    let allowed = match actor {
        Actor::Candidate(candidate) => candidate.candidate == holder,
        Actor::Employer(_) => relation.hired_with_it || relation.exchanged_application,
        Actor::Prescriber(prescriber) => prescriber.authorised && relation.in_caseload,
        Actor::Staff(staff) => staff.holds(StaffRight::ReadApplications),
        Actor::System => true,
        Actor::Inspector(_) => false,
    };
    if allowed { Ok(()) } else { Err(Denied::Role) }
}

/// Whether the actor is told that a PASS is no more because a request to prolong it was addressed to their organisation: a
/// prescripteur habilité who could have answered it.
pub const fn was_asked(actor: &Actor, addressed_to_theirs: bool) -> bool {
    match actor {
        Actor::Prescriber(prescriber) => prescriber.authorised && addressed_to_theirs,
        Actor::Candidate(_) | Actor::Employer(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            false
        }
    }
}

/// Whether the actor may print the certificate (attestation): the holder, and an employer that hired them with
/// this PASS (W9).
pub fn print_certificate(actor: &Actor, holder: CandidateId, relation: PassRelation) -> Result<(), Denied> {
    let allowed = match actor {
        Actor::Candidate(candidate) => candidate.candidate == holder,
        Actor::Employer(_) => relation.hired_with_it,
        Actor::Staff(staff) => staff.holds(StaffRight::ReadApplications),
        Actor::System => true,
        Actor::Prescriber(_) | Actor::Inspector(_) => false,
    };
    if allowed { Ok(()) } else { Err(Denied::Role) }
}

/// Whether the SIAE may declare or ask a prolongation of the PASS: it hired the holder with it, lately or not (rule book 03
/// §6.2, point 5). To any other company there is nothing to prolong.
pub const fn prolong(actor: &EmployerActor, relation: PassRelation) -> bool {
    actor.kind.is_siae() && relation.hired_with_it
}

/// Whose requests of prolongation are listed: those addressed to a prescripteur habilité's organisation, by all of its
/// members (rule book 03 §6.6).
pub const fn list_prolongations(actor: &Actor) -> Result<OrganisationId, Denied> {
    match actor {
        Actor::Prescriber(actor) if actor.authorised => Ok(actor.organisation),
        Actor::Prescriber(_) => Err(Denied::NotAuthorised),
        Actor::Candidate(_) | Actor::Employer(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            Err(Denied::Role)
        }
    }
}

/// Whether the prescriber reads a request addressed to this organisation, and answers it; else there is none for them.
pub fn decide_prolongation(actor: &AuthorisedPrescriber, addressed: OrganisationId) -> bool {
    actor.organisation == addressed
}

/// Whether the actor reads the letter of a refusal: the person, the SIAE that asked, the organisation that answered (rule
/// book 03 §6.6).
pub fn read_denial(
    actor: &Actor,
    holder: CandidateId,
    (company, addressed): (OrganisationId, OrganisationId),
) -> bool {
    match actor {
        Actor::Candidate(candidate) => candidate.candidate == holder,
        Actor::Employer(employer) => employer.organisation == company,
        Actor::Prescriber(prescriber) => prescriber.organisation == addressed,
        Actor::Inspector(_) | Actor::Staff(_) | Actor::System => false,
    }
}

/// Whether the actor reads the report given with a request: the SIAE that gave it, the organisation the request is addressed
/// to once it is sent, as long as it is authorised, and the team (rule book 03 §6.6, X3). Not the person: it is written for
/// the prescriber.
pub fn read_report(actor: &Actor, (company, addressed): (OrganisationId, Option<OrganisationId>)) -> bool {
    match actor {
        Actor::Employer(employer) => employer.organisation == company,
        Actor::Prescriber(prescriber) => prescriber.authorised && addressed == Some(prescriber.organisation),
        Actor::Staff(staff) => staff.holds(StaffRight::ReadApplications),
        Actor::Candidate(_) | Actor::Inspector(_) | Actor::System => false,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::actor::PrescriberActor;
    use crate::ids::UserId;
    use crate::organisations::{CompanyKind, PrescriberKind};

    const USER: UserId = UserId(Uuid::from_u128(1));
    const ORGANISATION: OrganisationId = OrganisationId(Uuid::from_u128(2));
    const HOLDER: CandidateId = CandidateId(Uuid::from_u128(3));

    fn prescriber(authorised: bool) -> Actor {
        let kind = PrescriberKind::Ml;
        PrescriberActor { user: USER, organisation: ORGANISATION, kind, authorised, is_admin: false }.into()
    }

    fn employer() -> Actor {
        let kind = CompanyKind::Aci;
        EmployerActor { user: USER, organisation: ORGANISATION, kind, is_admin: false }.into()
    }

    /// §4.14: each relation opens a PASS by itself to a company, and the caseload alone to an authorised prescriber.
    #[test]
    fn one_relation_is_enough_and_only_one_s_own() {
        let none = PassRelation::default();
        let hired = PassRelation { hired_with_it: true, ..none };
        let exchanged = PassRelation { exchanged_application: true, ..none };
        let accompanied = PassRelation { in_caseload: true, ..none };
        for (actor, relation, may) in [
            (employer(), none, false),
            (employer(), hired, true),
            (employer(), exchanged, true),
            (employer(), accompanied, false),
            (prescriber(true), accompanied, true),
            (prescriber(true), exchanged, false),
            (prescriber(false), accompanied, false),
        ] {
            assert_eq!(read(&actor, HOLDER, relation).is_ok(), may, "{actor:?} {relation:?}");
        }
    }

    /// Who could have answered the request learns that it went with its PASS, and nobody else.
    #[test]
    fn who_was_asked_is_an_authorised_prescriber_it_was_addressed_to() {
        for (actor, addressed, told) in [
            (prescriber(true), true, true),
            (prescriber(true), false, false),
            (prescriber(false), true, false),
            (employer(), true, false),
        ] {
            assert_eq!(was_asked(&actor, addressed), told, "{actor:?} {addressed}");
        }
    }
}
