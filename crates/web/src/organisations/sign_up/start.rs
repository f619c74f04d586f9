//! `/sign-up/professional`: « Précisez votre profil » (S8, SGN-6). What somebody signed up already, and waits to be verified, is said
//! first.

use askama::Template;
use axum::extract::State;
use iae_app::organisations::sign_up::queries::{Waiting, waiting};

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
}

/// Asks what they are.
pub async fn get(
    _: ProfessionalSignUpPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    layout: Layout,
) -> PageResult {
    let waiting = waiting(&state.db, newcomer.user()).await?;
    ok(&StartPage { layout, is_agent: newcomer.is_agent(), waiting })
}
