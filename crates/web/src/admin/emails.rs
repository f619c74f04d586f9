//! `/admin/emails`: the outbox.

use iae_app::notifications::list::{EmailRow, Outbox, status_label};
use iae_domain::actor::StaffActor;
use iae_domain::notifications::EmailStatus;

use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::list::{Asking, Look, Plain, Shown};
use crate::paths::{EmailPath, EmailsPath};

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

impl Plain for Outbox {
    const TITLE: &'static str = "Boîte d’envoi";
    const LEAD: &'static str =
        "Chaque message est écrit au moment de la décision qu’il annonce, puis envoyé.";
    const EMPTY: [&'static str; 3] =
        ["Aucun message", "Rien n’a encore été décidé qui s’annonce par un message.", "inbox"];
    const IS_OF_TEAM: bool = true;
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
pub async fn get(_: EmailsPath, asking: Asking<StaffActor>) -> PageResult {
    let list = Outbox::of(&asking.ctx)?;
    asking.answer(list).await
}
