//! `/applications/{id}/sent`: what happens next, for the sender alone (SUB-70, SUB-71).

use askama::Template;
use axum::extract::State;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::applications::drafts::{self, SentApplication};
use iae_domain::Actor;
use iae_domain::ids::ApplicationId;
use serde::Deserialize;

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::state::WebState;

/// The end of the tunnel.
#[derive(TypedPath, Deserialize)]
#[typed_path("/applications/{id}/sent", rejection(PageError))]
pub struct SentPath {
    /// The application.
    pub id: ApplicationId,
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/sent.html")]
pub struct SentPage {
    layout: Layout,
    title: &'static str,
    name: String,
    sees_identity: bool,
    is_candidate: bool,
    is_prescriber: bool,
    is_own_company: bool,
    sent: SentApplication,
}

/// Says what was sent, to whom, and what happens next.
pub async fn get(
    path: SentPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let sent = drafts::sent(&state, &ctx, path.id).await?.ok_or(PageError::NotFound)?;
    let is_own_company = ctx.actor_record().organisation == Some(sent.company_id);
    ok(&SentPage {
        layout,
        title: if is_own_company { "Auto-prescription enregistrée" } else { "Candidature envoyée" },
        name: sent.candidate_name(&ctx.actor),
        sees_identity: sent.sees_identity(&ctx.actor),
        is_candidate: matches!(ctx.actor, Actor::Candidate(_)),
        is_prescriber: matches!(ctx.actor, Actor::Prescriber(_)),
        is_own_company,
        sent,
    })
}
