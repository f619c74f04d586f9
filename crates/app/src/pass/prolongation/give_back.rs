//! An organisation is no longer authorised: the requests that wait for it go back to the SIAE that asked (D15).

use iae_domain::ids::OrganisationId;

use super::store;
use crate::Work;
use crate::error::Result;

/// Gives back every request that waits for an organisation which lost its right, its row being locked: nobody answers meanwhile.
/// Answers how many there were.
pub(crate) async fn give_back(work: &mut Work<'_>, organisation: OrganisationId) -> Result<u64> {
    let mut returned = 0;
    for id in store::lock_pending_of(work, organisation).await? {
        let request = store::request(work, id).await?;
        if let Some(changed) = request.and_then(|request| request.give_back()) {
            store::save_returned(work, changed).await?;
            returned += 1;
        }
    }
    Ok(returned)
}
