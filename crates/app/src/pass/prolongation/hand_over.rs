//! Somebody leaves their organisation: the requests they were to answer are a colleague's (rule book 01 MEM-7).

use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::pass::prolongation::delegate;

use super::store;
use crate::Work;
use crate::error::Result;

/// Hands each of them over, within what makes the person leave; the colleague is told of each, as of any that is handed to them.
pub(crate) async fn hand_over(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    from: UserId,
    to: UserId,
) -> Result<()> {
    for id in store::addressed_to(work, organisation, from).await? {
        let Some(request) = store::lock_request(work, id).await? else { continue };
        // One that was answered meanwhile waits for nobody. An organisation that lost its authorisation hands over all the
        // same: somebody has to see that it cannot answer.
        if let Some(delegated) = delegate(request, to, true, true).ok().flatten() {
            store::save_delegated(work, delegated).await?;
        }
    }
    Ok(())
}
