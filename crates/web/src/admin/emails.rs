//! `/admin/emails`: the outbox.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::notifications::queries::{EmailRow, outbox};
use iae_app::pagination::{Cursor, Page};
use iae_app::queue::MAX_ATTEMPTS;
use iae_domain::actor::StaffActor;
use iae_domain::notifications::{EmailKind, EmailStatus};
use serde::Deserialize;

use super::next_page;
use crate::choice::Choice;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::state::WebState;

/// The outbox.
#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/emails")]
pub struct EmailsPath;

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
pub struct EmailsQuery {
    #[serde(default)]
    status: String,
    #[serde(default)]
    after: String,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/emails.html")]
pub struct EmailsPage {
    layout: Layout,
    statuses: Vec<Choice>,
    emails: Vec<EmailRow>,
    next: Option<String>,
    filtered: bool,
}

impl EmailsPage {
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn badge(&self, email: &EmailRow) -> (&'static str, &'static str, &'static str) {
        status_badge(email.status, email.attempts)
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn kind(&self, code: &str) -> String {
        EmailKind::parse(code).map_or_else(|| code.to_owned(), |kind| kind.label().to_owned())
    }
}

/// The word, colour and icon of a status: a mail that failed says whether it is tried again.
pub(super) const fn status_badge(
    status: EmailStatus,
    attempts: i16,
) -> (&'static str, &'static str, &'static str) {
    match status {
        EmailStatus::Queued => (status.label(), "info", "hourglass"),
        EmailStatus::Sent => (status.label(), "success", "circle-check"),
        EmailStatus::Failed if attempts < MAX_ATTEMPTS => ("Échec, sera retenté", "error", "circle-x"),
        EmailStatus::Failed => ("Échec, abandonné", "error", "circle-x"),
    }
}

/// Shows a page of the outbox.
pub async fn get(
    _: EmailsPath,
    State(state): State<WebState>,
    _: Ctx<StaffActor>,
    Query(query): Query<EmailsQuery>,
    layout: Layout,
) -> PageResult {
    let status = EmailStatus::parse(&query.status);
    let Page { rows, next } = outbox(&state.db, status, Cursor::decode(&query.after)).await?;
    let choice =
        |known: &EmailStatus| Choice::new(known.code(), known.label()).selected_if(status == Some(*known));
    ok(&EmailsPage {
        layout,
        statuses: EmailStatus::ALL.iter().map(choice).collect(),
        next: next_page("/admin/emails", &[("status", status.map_or("", EmailStatus::code))], next),
        filtered: status.is_some() || !query.after.is_empty(),
        emails: rows,
    })
}
