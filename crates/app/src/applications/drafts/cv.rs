//! The CV of an application being written (SUB-61).

use iae_domain::Actor;
use iae_domain::budget::Budget;
use iae_domain::documents::{DocumentKind, DocumentRefused, Owner};
use iae_domain::ids::ApplicationDraftId;

use super::{OpenDraft, store};
use crate::budgets::spend;
use crate::documents::{self, Kept, ReceivedFile};
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Whether the actor may attach anything to this draft: theirs, and not sent (SUB-9). Asked before a byte of what they
/// send is read.
pub async fn may_attach(app: &App, ctx: &Ctx<Actor>, id: ApplicationDraftId) -> Result<()> {
    let actor = ctx.actor_record();
    let user = actor.user.ok_or(Error::NotFound)?;
    let draft = store::find(&mut *app.db.acquire().await?, user, actor.organisation, id).await?;
    draft.filter(|draft| draft.submitted_at.is_none()).map(drop).ok_or(Error::NotFound)
}

/// Attaches what was received, in the place of the CV there was.
pub async fn attach_cv(
    app: &App,
    ctx: &Ctx<Actor>,
    open: &OpenDraft,
    received: Vec<ReceivedFile>,
) -> Result<(), Failure<DocumentRefused>> {
    spend(app, ctx, Budget::Upload).await?;
    let kept = documents::keep(app, DocumentKind::Cv, received).await?;
    let recorded = replace(app, ctx, open, Some(&kept)).await;
    Ok(kept.settle(app, recorded).await?)
}

/// Removes the CV of a draft.
pub async fn remove_cv(app: &App, ctx: &Ctx<Actor>, open: &OpenDraft) -> Result<()> {
    replace(app, ctx, open, None).await
}

/// Puts a CV, or none, in the place of the one the draft has at that instant.
async fn replace(app: &App, ctx: &Ctx<Actor>, open: &OpenDraft, kept: Option<&Kept>) -> Result<()> {
    let candidate = open.draft.candidate.ok_or(Error::NotFound)?;
    let mut work = app.begin(ctx).await?;
    let draft = store::lock_unsent(&mut work, open.draft.id).await?;
    draft.is_still_about(Some(candidate))?;
    let whose = (Owner::Draft(draft.id), candidate);
    documents::replace(&mut work, whose, DocumentKind::Cv, kept).await?;
    work.commit().await
}
