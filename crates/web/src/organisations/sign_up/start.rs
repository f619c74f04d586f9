//! `/sign-up/professional`: « Précisez votre profil » (S8, SGN-6). What somebody signed up already, and waits to be verified, or asked to
//! join, is said first.

use askama::Template;
use axum::extract::State;
use iae_app::organisations::sign_up::queries::{OwnRequest, Waiting, asked_by, waiting};

use super::Newcomer;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::ProfessionalSignUpPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "organisations/sign_up/start.html")]
pub struct StartPage {
    layout: Layout,
    /// Whether the reader is an agent of France Travail.
    is_agent: bool,
    waiting: Vec<Waiting>,
    /// The organisations that they asked to join.
    asked: Vec<OwnRequest>,
}

/// Asks what they are.
pub async fn get(
    _: ProfessionalSignUpPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    layout: Layout,
) -> PageResult {
    let waiting = waiting(&state.db, newcomer.user()).await?;
    let asked = asked_by(&state.db, newcomer.user(), newcomer.ctx.now).await?;
    ok(&StartPage { layout, is_agent: newcomer.is_agent(), waiting, asked })
}
