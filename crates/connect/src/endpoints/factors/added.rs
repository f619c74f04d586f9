//! What follows a second factor that was added, or backup codes that were renewed.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use crate::Connect;
use crate::endpoints::FACTORS;
use crate::endpoints::forms::{Asking, shown};
use crate::error::PageError;
use crate::page::Layout;
use crate::secret::Token;
use crate::sessions::cookie;

/// Where one goes on once a factor is added: to the relying party that asked for it, or to the list.
pub(super) fn onwards(connect: &Connect, asking: Option<&Asking>) -> String {
    let base_path = connect.config().base_path();
    asking.map_or_else(|| format!("{base_path}{FACTORS}"), |asking| asking.pending.request.address(base_path))
}

/// The page of backup codes, shown once.
#[derive(Template)]
#[template(path = "connect/backup_codes.html")]
struct CodesPage<'a> {
    layout: Layout<'a>,
    codes: Vec<String>,
    then: String,
    /// Back to a relying party, and not to the list.
    goes_on: bool,
}

/// What follows a factor that was added: the codes, if any, then on.
pub(super) fn added(
    connect: &Connect,
    cookies: CookieJar,
    session: Option<Token>,
    codes: Option<Vec<String>>,
    asking: Option<&Asking>,
) -> Result<Response, PageError> {
    let cookies = match &session {
        Some(session) => cookies.add(cookie::set(connect.config(), session)),
        None => cookies,
    };
    let then = onwards(connect, asking);
    let Some(codes) = codes else { return Ok((cookies, Redirect::to(&then)).into_response()) };
    let layout = Layout { base_path: connect.config().base_path() };
    let page = CodesPage { layout, codes, then, goes_on: asking.is_some() };
    Ok((cookies, shown(StatusCode::OK, &page, None)?).into_response())
}
