//! Who does what in a control (rule book 04 §1.1, §1.19): the team opens and turns campaigns, the DDETS of the campaign reviews,
//! the SIAE that was drawn defends. What one may not see does not exist.

use crate::Actor;
use crate::actor::{EmployerActor, InspectorActor, StaffActor};
use crate::ids::OrganisationId;
use crate::organisations::InstitutionKind;
use crate::policy::Denied;
use crate::staff::{self, StaffRight};

/// A DDETS IAE controls, and no other institution does (§1.1).
pub fn control(actor: &InspectorActor) -> Result<OrganisationId, Denied> {
    if actor.kind == InstitutionKind::DdetsIae { Ok(actor.organisation) } else { Err(Denied::Role) }
}

/// The members of the SIAE that was drawn, and no others.
pub fn defend(actor: &EmployerActor, drawn: OrganisationId) -> bool {
    actor.organisation == drawn
}

/// Whoever of the team holds the right opens and turns campaigns (§1.21, STF-1).
pub fn turn(actor: &StaffActor) -> Result<(), Denied> {
    staff::ensure(actor, StaffRight::TurnCampaigns)
}

/// Whoever of the team holds the right reads campaigns, of every DDETS (§1.21, STF-1).
pub fn list_campaigns(actor: &Actor) -> Result<(), Denied> {
    match actor {
        Actor::Staff(staff) => staff::ensure(staff, StaffRight::ReadCampaigns),
        Actor::Candidate(_)
        | Actor::Prescriber(_)
        | Actor::Employer(_)
        | Actor::Inspector(_)
        | Actor::System => Err(Denied::Role),
    }
}

/// Who reads the days of a campaign and how its draw was made: the team, its DDETS, and an SIAE with a line in its list or a control
/// in it (§1.19).
pub fn read_draw(actor: &Actor, institution: OrganisationId, is_listed: bool) -> bool {
    match actor {
        Actor::Staff(_) => list_campaigns(actor).is_ok(),
        Actor::Inspector(actor) => control(actor) == Ok(institution),
        Actor::Employer(_) => is_listed,
        Actor::Candidate(_) | Actor::Prescriber(_) | Actor::System => false,
    }
}

/// Who reads the proof of a criterion, for as long as it is there: the members of the SIAE, and once it is submitted those of the
/// DDETS (§1.19).
pub fn read_proof(
    actor: &Actor,
    (company, institution): (OrganisationId, OrganisationId),
    is_submitted: bool,
) -> bool {
    match actor {
        Actor::Employer(actor) => defend(actor, company),
        Actor::Inspector(actor) => is_submitted && control(actor) == Ok(institution),
        Actor::Candidate(_) | Actor::Prescriber(_) | Actor::Staff(_) | Actor::System => false,
    }
}

/// Who reads what was decided of a negative result, once it is notified: the DDETS that decided and the members of the SIAE (§1.15).
pub fn read_outcome(actor: &Actor, (company, institution): (OrganisationId, OrganisationId)) -> bool {
    match actor {
        Actor::Employer(actor) => defend(actor, company),
        Actor::Inspector(actor) => control(actor) == Ok(institution),
        Actor::Candidate(_) | Actor::Prescriber(_) | Actor::Staff(_) | Actor::System => false,
    }
}

/// Who takes the whole file of a control away: the DDETS, and the SIAE once the campaign is over (§1.19: it reads the detail then).
pub fn read_file(actor: &Actor, parties: (OrganisationId, OrganisationId), is_ended: bool) -> bool {
    match actor {
        Actor::Employer(_) => is_ended && read_outcome(actor, parties),
        Actor::Inspector(_) => read_outcome(actor, parties),
        Actor::Candidate(_) | Actor::Prescriber(_) | Actor::Staff(_) | Actor::System => false,
    }
}
