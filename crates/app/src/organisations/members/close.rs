//! The account of a member closes: their memberships end in the same transaction, with the invitations to and from them (USR-15).

use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::invitations::RevokedBecause;
use iae_domain::organisations::members as rules;
use iae_domain::text::Email;

use super::store;
use crate::Work;
use crate::error::Result;
use crate::organisations::invitations;

/// Makes whoever changes the members of these organisations wait. In the order of their ids, lest two who lock several wait for
/// each other; and before any account, as wherever somebody joins.
pub(crate) async fn lock_all(work: &mut Work<'_>, organisations: &[OrganisationId]) -> Result<()> {
    let mut organisations = organisations.to_vec();
    organisations.sort_unstable();
    for organisation in organisations {
        store::lock(work, organisation).await?;
    }
    Ok(())
}

/// Ends the memberships of somebody in these organisations, which are locked. Nobody is told: their account closes.
pub(crate) async fn close_all(
    work: &mut Work<'_>,
    user: UserId,
    email: Option<&Email>,
    organisations: &[OrganisationId],
) -> Result<()> {
    for organisation in organisations {
        let Some(member) = store::membership(work, *organisation, user).await? else { continue };
        let Some(left) = rules::close(member, work.now()) else { continue };
        store::save_departure(work, left).await?;
        let because = (RevokedBecause::GuestLeft, RevokedBecause::SenderLeft);
        invitations::revoke_to_and_from(work, *organisation, email.cloned(), user, because).await?;
    }
    Ok(())
}
