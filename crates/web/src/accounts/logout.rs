//! `/logout`: asked on a page, done by a form (AUT-11).

use askama::Template;
use axum::extract::State;
use iae_app::accounts::log_out;
use tower_sessions::Session;

use crate::error::{PageResult, ok, see_other};
use crate::extract::Person;
use crate::layout::Layout;
use crate::paths::{HomePath, LogoutPath};
use crate::session;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "accounts/logout.html")]
pub struct LogoutPage {
    layout: Layout,
}

/// Asks for confirmation.
pub async fn get(_: LogoutPath, _: Person, layout: Layout) -> PageResult {
    ok(&LogoutPage { layout })
}

/// Ends the session here, then at the provider.
pub async fn post(
    _: LogoutPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: iae_app::Ctx<()>,
    session: Session,
) -> PageResult {
    let token = session::close(&session).await?;
    let url = log_out(&state, &ctx, &person, token).await?;
    see_other(url.map_or_else(|| HomePath.to_string(), |url| url.to_string()))
}
