//! `/logout/callback`: back from the provider, whose session is closed (AUT-11).

use askama::Template;
use axum_extra::extract::Query;
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageResult, forbidden, see_other};
use crate::flash;
use crate::layout::Layout;
use crate::paths::{HomePath, LogoutCallbackPath};
use crate::session::{self, Refusal};

/// What the provider gives back.
#[derive(Debug, Default, Deserialize)]
pub struct LogoutCallbackQuery {
    #[serde(default)]
    state: String,
}

/// Nobody was signing out here.
#[derive(Template)]
#[template(path = "accounts/logout_unknown.html")]
pub struct LogoutUnknownPage {
    layout: Layout,
}

/// Back to where somebody was not signed in, which says why; else to the home page, once for each logout that began in this browser. Anything else changes nothing, and says so.
pub async fn get(
    _: LogoutCallbackPath,
    session: Session,
    Query(query): Query<LogoutCallbackQuery>,
    layout: Layout,
) -> PageResult {
    if let Some(Refusal { title, message, back, .. }) = session::take_refusal(&session, &query.state).await? {
        return flash::not_done(&session, &title, message, back).await;
    }
    if layout.user.is_none() && session::is_expected_logout(&session, &query.state).await? {
        return see_other(HomePath.to_string());
    }
    forbidden(&LogoutUnknownPage { layout })
}
