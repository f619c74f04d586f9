//! The one way into an organisation, whatever the road: an invitation, a sign-up, a link, a SAFIR code, the team (MEM-3 to
//! MEM-5).
//!
//! ```ignore
//! let membership = add_or_activate(&mut work, organisation, user, Road::SignUp, None).await?;
//! ```

use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::invitations::RevokedBecause;
use iae_domain::organisations::members::{self as rules, JoinRefused, Joined, Joining, Membership, Road};

use super::store;
use crate::error::Error;
use crate::organisations::invitations;
use crate::{Failure, Work};

/// Makes of somebody an active member, within what brings them. The organisation is locked first, so that of two who come
/// first one administers it (MEM-5); whoever locks an invitation does so afterwards. `force_admin` is the team's. The invitations
/// that wait for them there end, and those they had sent before they left (MEM-3).
pub async fn add_or_activate(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    user: UserId,
    road: Road,
    force_admin: Option<bool>,
) -> Result<Membership, Failure<JoinRefused>> {
    store::lock(work, organisation).await?;
    let guest = store::guest(work, user).await?.ok_or(Error::NotFound)?;
    let existing = store::membership(work, organisation, user).await?;
    let has_members = store::has_members(work, organisation, user).await?;
    let kind = guest.kind;
    let joining = Joining { organisation, user, kind, existing, has_members, force_admin, road };
    let was_there = existing.is_some_and(|existing| existing.is_active);
    let membership = match rules::add_or_activate(&joining, work.now())? {
        Joined::In(changed) => store::save(work, changed).await?,
        Joined::Already(there) => there,
    };
    let sent_by = (!was_there).then_some(user);
    invitations::revoke_of(work, organisation, guest.email, sent_by, RevokedBecause::GuestJoined).await?;
    Ok(membership)
}
