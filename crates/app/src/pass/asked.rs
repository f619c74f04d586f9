//! A PASS about which a professional asks something, under the lock of its holder.

use iae_domain::Actor;
use iae_domain::actor::Professional;
use iae_domain::ids::{PassId, SuspensionId};
use iae_domain::pass::HeldPass;
use iae_domain::pass::suspension::{Asker, Asking};

use super::store;
use crate::Work;
use crate::error::{Error, Result};

/// Locks the PASS, and says who asks; to those who have no part in the parcours there is nothing to suspend nor to close.
pub(super) async fn asked(
    work: &mut Work<'_>,
    professional: &Professional,
    id: PassId,
) -> Result<(HeldPass, Asking)> {
    let held = store::lock(work, &Actor::from(professional.clone()), id).await?;
    let asker = Asker::of(professional)?;
    if !asker.is_concerned(held.relation) {
        return Err(Error::NotFound);
    }
    let counsellor = store::counsellor(work, held.pass.candidate).await?;
    let (new, at) = (SuspensionId::at(work.now()), work.now());
    Ok((held, Asking { asker, seen_end: None, new, counsellor, at }))
}
