//! What members may read of their colleagues, and do about them (rule book 01 §6, §7, P51 to P54).

use crate::Actor;
use crate::actor::{Colleague, EmployerActor};
use crate::ids::{OrganisationId, UserId};
use crate::policy::Denied;

/// Any member reads who their colleagues are, and who is invited (MEM-15).
pub fn read_members(actor: &Actor) -> Result<OrganisationId, Denied> {
    Colleague::try_from(actor.clone()).map(|colleague| colleague.organisation())
}

/// Any member invites (INV-2, D3).
pub fn invite(colleague: &Colleague) -> OrganisationId {
    colleague.organisation()
}

/// Whoever administers the organisation names administrators, and ends memberships (MEM-6).
pub fn administer(colleague: &Colleague) -> Result<OrganisationId, Denied> {
    if colleague.is_admin() { Ok(colleague.organisation()) } else { Err(Denied::Role) }
}

/// An invitation is taken back by whoever sent it, or by an administrator (D3).
pub fn revoke_invitation(colleague: &Colleague, sender: UserId) -> Result<OrganisationId, Denied> {
    if colleague.user() == sender { Ok(colleague.organisation()) } else { administer(colleague) }
}

/// A member of a company asks to administer it (MEM-11).
pub fn ask_to_administer(employer: &EmployerActor) -> Result<OrganisationId, Denied> {
    if employer.is_admin { Err(Denied::Role) } else { Ok(employer.organisation) }
}
