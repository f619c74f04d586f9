//! A page of a proof that was submitted, as a picture.

use iae_domain::Actor;
use iae_domain::actor::InspectorActor;
use iae_domain::budget::Budget;
use iae_domain::control::policy;
use iae_domain::documents::downloaded;
use iae_domain::ids::ControlCriterionId;
use iae_domain::time::paris_midnight;
use sqlx::PgConnection;

use super::queries::{self, ProofRow};
use crate::budgets::spend;
use crate::candidates::note_opening_in;
use crate::error::{Error, Result};
use crate::gateways::pictures::{PAGES_MAX, draw};
use crate::{App, Ctx};

/// Draws a page, for an agent who reads the proof: the same policy as for the file. Not found to anyone else, before the proof is
/// submitted, past its last page, and when it cannot be drawn. Each takes a share of the machine, hence of a budget.
pub async fn picture(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    id: ControlCriterionId,
    page: u32,
) -> Result<Vec<u8>> {
    if !(1..=PAGES_MAX).contains(&page) {
        return Err(Error::NotFound);
    }
    let ctx = &ctx.any();
    let reads = |proof: &ProofRow| {
        let concerned = (proof.company, proof.institution);
        proof.is_submitted && policy::read_proof(&ctx.actor, concerned, proof.is_submitted)
    };
    let proof = queries::proof_of(&app.db, id).await?.filter(reads).ok_or(Error::NotFound)?;
    spend(app, ctx, Budget::Picture).await?;
    app.db.rest();
    let drawn = draw(app.files.get(&proof.storage_key).await?, page).await?.ok_or(Error::NotFound)?;
    note_reading(app, ctx, &proof).await?;
    app.db.rest();
    Ok(drawn)
}

/// Keeps that the proof was read (ACL-3), and the file of the person opened (D34): once a day for each reader, however many pages
/// are drawn, and however often.
async fn note_reading(app: &App, ctx: &Ctx<Actor>, proof: &ProofRow) -> Result<()> {
    if is_noted(&mut *app.db.acquire().await?, ctx, proof).await? {
        return Ok(());
    }
    let mut work = app.begin(ctx).await?;
    queries::lock_reading(work.db(), proof.document).await?;
    work.locked();
    if is_noted(work.db(), ctx, proof).await? {
        return work.rollback().await;
    }
    note_opening_in(&mut work, ctx, proof.candidate).await?;
    work.keep(downloaded(proof.candidate.into(), proof.document));
    work.commit().await
}

async fn is_noted(db: &mut PgConnection, ctx: &Ctx<Actor>, proof: &ProofRow) -> Result<bool> {
    let reader = ctx.actor_record();
    let since = paris_midnight(ctx.today());
    let read = (proof.candidate, proof.document);
    queries::is_read_since(db, read, (reader.user, reader.organisation), since).await
}
