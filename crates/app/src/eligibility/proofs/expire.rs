//! Proofs that serve no hire any more are forgotten: 24 months after the first day of the last of them (rule book 03 §2.13).

use iae_domain::Actor;
use iae_domain::documents::Owner;
use iae_domain::eligibility::ServingProof;
use iae_domain::ids::EligibilityProofId;
use uuid::Uuid;

use super::store;
use crate::error::Result;
use crate::{App, Ctx, documents};

/// Proofs read at once.
const BATCH: i64 = 1_000;

/// Forgets those that have no more use, each in a transaction of its own; answers how many. One that fails keeps no other from it, and
/// it fails in the end, to be tried again.
pub(crate) async fn expire(app: &App, ctx: &Ctx<Actor>) -> Result<usize> {
    let (mut forgotten, mut failed, mut from) = (0, None, EligibilityProofId(Uuid::nil()));
    loop {
        let proofs = store::serving_from(&app.db, from, BATCH).await?;
        let last = proofs.last().map(|proof| proof.id);
        for proof in proofs.iter().filter(|proof| proof.forget(ctx.today()).is_some()) {
            match forget(app, ctx, proof).await {
                Ok(is_done) => forgotten += usize::from(is_done),
                Err(error) => {
                    tracing::error!(proof = %proof.id, %error, "a proof is not forgotten");
                    failed = Some(error);
                }
            }
        }
        match last.filter(|last| *last != from) {
            Some(last) => from = last,
            None => return failed.map_or(Ok(forgotten), Err),
        }
    }
}

/// Forgets one, unless its SIAE removed it meanwhile, or hired the person again.
async fn forget(app: &App, ctx: &Ctx<Actor>, proof: &ServingProof) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    let proof = store::lock_serving(&mut work, proof.id).await?;
    let Some(forgotten) = proof.and_then(|proof| proof.forget(work.today())) else { return Ok(false) };
    documents::delete_all(&mut work, Owner::EligibilityProof(*forgotten.value())).await?;
    store::delete(&mut work, forgotten).await?;
    work.commit().await?;
    Ok(true)
}
