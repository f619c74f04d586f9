//! `/admin/emails`: the outbox.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::notifications::list::{EmailRow, Outbox, status_label};
use iae_domain::actor::StaffActor;
use iae_domain::notifications::EmailStatus;

use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{EmailPath, EmailsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/emails.html")]
pub struct EmailsPage {
    layout: Layout,
    view: View,
}

impl Shown for Outbox {
    const NOUN: [&'static str; 3] = ["message", "messages", "Aucun message ne correspond"];

    fn path(&self) -> String {
        EmailsPath.to_string()
    }

    fn look(&self, column: &str, row: &EmailRow) -> Look {
        match column {
            "subject" => Look::Link(EmailPath { id: row.id }.to_string()),
            "recipient" => Look::Breakable,
            "status" => Look::Badge(status_badge(row.status, row.attempts)),
            _ => Look::Plain,
        }
    }
}

/// The badge of a status.
pub(super) fn status_badge(status: EmailStatus, attempts: i16) -> StateBadge {
    let (tone, icon) = match status {
        EmailStatus::Queued => ("info", "hourglass"),
        EmailStatus::Sent => ("success", "circle-check"),
        EmailStatus::Failed => ("error", "circle-x"),
    };
    StateBadge { label: status_label(status, attempts), tone, icon }
}

/// Shows a page of the outbox.
pub async fn get(
    _: EmailsPath,
    State(app): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    list::show(&app, &ctx.any(), Outbox, raw, |view| EmailsPage { layout, view }).await
}
