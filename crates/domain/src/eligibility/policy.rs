//! Who may validate eligibility (rule book 03 §2.2, 01 P25 to P27).

use crate::actor::{EmployerActor, PrescriberActor};
use crate::policy::Denied;

/// A prescripteur habilité may, an orienteur never.
pub fn prescribe(actor: &PrescriberActor) -> Result<(), Denied> {
    if actor.authorised { Ok(()) } else { Err(Denied::NotAuthorised) }
}

/// Only an SIAE validates on criteria.
pub fn self_prescribe(actor: &EmployerActor) -> Result<(), Denied> {
    if actor.kind.is_siae() { Ok(()) } else { Err(Denied::NotSiae) }
}
