//! `/application-drafts/{id}/abandonment`: a draft is given up, once one knows what is lost.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::applications::drafts::{self, ResumableDraft};
use iae_app::{Ctx, Error};
use iae_domain::Actor;
use iae_domain::time::paris_date;
use serde::Deserialize;
use tower_sessions::Session;

use super::{already_sent, listed};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{DashboardPath, DraftAbandonmentPath};
use crate::state::WebState;

/// Nothing to fill in: the button is the confirmation.
#[derive(Debug, Deserialize)]
pub struct AbandonmentForm {}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/abandonment.html")]
pub struct AbandonmentPage {
    layout: Layout,
    draft: ResumableDraft,
    /// The employers, named.
    employers: String,
    updated_on: NaiveDate,
    today: NaiveDate,
}

/// Says what is lost, and asks to confirm.
pub async fn get(
    path: DraftAbandonmentPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let Some(draft) = drafts::resumable_draft(&state, &ctx, path.id).await? else {
        return already_sent::page(&state, &ctx, layout, path.id).await;
    };
    let updated_on = paris_date(draft.updated_at);
    let employers = listed(&draft.companies);
    ok(&AbandonmentPage { layout, draft, employers, updated_on, today: ctx.today() })
}

/// Deletes the draft and its CV.
pub async fn post(
    path: DraftAbandonmentPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    layout: Layout,
    Form(AbandonmentForm {}): Form<AbandonmentForm>,
) -> PageResult {
    match drafts::discard(&state, &ctx, path.id).await {
        Err(Error::NotFound) => return already_sent::page(&state, &ctx, layout, path.id).await,
        discarded => discarded?,
    }
    let lost = "Ce que vous aviez écrit a été supprimé.";
    flash::done(&session, "Candidature abandonnée", lost, DashboardPath).await
}
