//! Someone opens a person's file, or anything else that says who they are: kept, and shown to the person (D4, D34).

use iae_domain::Actor;
use iae_domain::candidates::file_opened;
use iae_domain::ids::CandidateId;

use super::queries::{self, FilePage, Identity};
use crate::error::{Error, Result};
use crate::{App, Ctx, Work};

/// The file, once its opening is kept. A file without relation is not found.
pub async fn open_file(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<FilePage> {
    let page = queries::file_page(app, ctx, id).await?.ok_or(Error::NotFound)?;
    note_opening(app, ctx, id).await?;
    Ok(page)
}

/// Who a person is, once it is kept that the actor read it; none without relation.
pub async fn identity(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<Option<Identity>> {
    let identity = queries::identity(app, ctx, id).await?;
    if identity.as_ref().is_some_and(|identity| identity.sees_name) {
        note_opening(app, ctx, id).await?;
    }
    Ok(identity)
}

/// Keeps that the actor read who the person is. Every page and every file about one person calls it, whatever it is
/// about besides (D34). One trace a professional, an organisation and a day is enough to know who read what; what one
/// reads of oneself leaves none.
pub(crate) async fn note_opening(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<()> {
    if is_noted(app, ctx, id).await? { Ok(()) } else { keep_opening(app, ctx, id).await }
}

/// The same, once it is known that nothing is kept for today.
pub(crate) async fn keep_opening(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    work.keep(file_opened(id));
    work.commit().await
}

/// The same in a work that keeps something else.
pub(crate) async fn note_opening_in(work: &mut Work<'_>, ctx: &Ctx<Actor>, id: CandidateId) -> Result<()> {
    if !reads_own(ctx, id) && !queries::opened_today(work.db(), ctx, id).await? {
        work.keep(file_opened(id));
    }
    Ok(())
}

async fn is_noted(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<bool> {
    Ok(reads_own(ctx, id) || queries::opened_today(&mut *app.db.acquire().await?, ctx, id).await?)
}

/// Whether the person reads of themselves: the team, who sees the platform as them, does not.
pub(crate) fn reads_own(ctx: &Ctx<Actor>, id: CandidateId) -> bool {
    ctx.impersonator.is_none() && ctx.actor.candidate() == Some(id)
}
