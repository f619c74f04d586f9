//! What members may read of their organisation.

use crate::Actor;
use crate::ids::OrganisationId;
use crate::policy::Denied;

/// Whoever administers an organisation reads which of its members opened or downloaded which file (ACL-3).
pub fn read_access_log(actor: &Actor) -> Result<OrganisationId, Denied> {
    match actor {
        Actor::Prescriber(actor) if actor.is_admin => Ok(actor.organisation),
        Actor::Employer(actor) if actor.is_admin => Ok(actor.organisation),
        Actor::Prescriber(_)
        | Actor::Employer(_)
        | Actor::Candidate(_)
        | Actor::Inspector(_)
        | Actor::Staff(_)
        | Actor::System => Err(Denied::Role),
    }
}
