//! The page that says to open one's mail: the same words whatever is known of the address.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::forms::shown;
use crate::Connect;
use crate::error::PageError;
use crate::page::Layout;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// An account.
    Account,
    /// Another password.
    Password,
    /// Another address.
    Email,
}

/// Says so.
#[derive(Template)]
#[template(path = "connect/mail_sent.html")]
struct MailSent<'a> {
    layout: Layout<'a>,
    asked: Asked,
    /// Address typed.
    email: &'a str,
    /// Where one begins again.
    again: &'a str,
}

/// Answers it.
pub(super) fn mail_sent(
    connect: &Connect,
    asked: Asked,
    email: &str,
    again: &str,
) -> Result<Response, PageError> {
    let layout = Layout { base_path: connect.config().base_path() };
    shown(StatusCode::OK, &MailSent { layout, asked, email, again }, None)
}
