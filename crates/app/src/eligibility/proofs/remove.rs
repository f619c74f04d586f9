//! An SIAE gives up a proof that it kept: what was given to a control stays there.

use chrono::{DateTime, Utc};
use iae_domain::actor::EmployerActor;
use iae_domain::documents::Owner;
use iae_domain::ids::EligibilityProofId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, documents};

/// Removes a proof with its file, when it is the one that was seen: another file that took its place meanwhile stays.
pub async fn remove(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: EligibilityProofId,
    seen: Option<DateTime<Utc>>,
) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    let proof = store::lock(&mut work, &ctx.actor, id).await?.ok_or(Error::NotFound)?;
    if Some(proof.deposited_at) != seen {
        return Err(Error::Conflict);
    }
    documents::delete_all(&mut work, Owner::EligibilityProof(id)).await?;
    store::delete(&mut work, proof.remove()).await?;
    work.commit().await
}
