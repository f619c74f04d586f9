//! What members may read of their organisation.

mod members;
mod own;

use crate::Actor;
use crate::ids::OrganisationId;
use crate::policy::Denied;

pub use members::{administer, ask_to_administer, invite, read_members, revoke_invitation};
pub use own::{add_antenna, list_agreed, publish_profile, read_annexes, read_presentation, turn_openings};

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
