//! `/admin/emails/{id}`: one mail, as it was decided.

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::admin::read_email;
use iae_app::notifications::queries::EmailDetail;
use iae_app::queue::MAX_ATTEMPTS;
use iae_domain::actor::StaffActor;
use iae_domain::notifications::EmailStatus;
use iae_domain::staff::StaffRight;

use super::emails::status_badge;
use crate::applications::state_badge::StateBadge;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{EmailPath, EmailSendingPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/email.html")]
pub struct EmailPage {
    layout: Layout,
    email: EmailDetail,
    badge: StateBadge,
    sending: EmailSendingPath,
    /// Whether the reader may send mails again (STF-1).
    may_send: bool,
}

impl EmailPage {
    const fn is_failed(&self) -> bool {
        matches!(self.email.status, EmailStatus::Failed)
    }

    /// Whether nothing sends it again by itself.
    const fn is_given_up(&self) -> bool {
        self.is_failed() && self.email.attempts >= MAX_ATTEMPTS
    }

    /// Whether nothing sends it again by itself, and the reader may.
    const fn is_to_be_sent(&self) -> bool {
        self.is_given_up() && self.may_send
    }
}

/// Shows the mail.
pub async fn get(
    EmailPath { id }: EmailPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let email = read_email(&state.app, &ctx, id).await?.ok_or(PageError::NotFound)?;
    let badge = status_badge(email.status, email.attempts);
    let may_send = ctx.actor.holds(StaffRight::SendEmails);
    ok(&EmailPage { sending: EmailSendingPath { id }, badge, layout, email, may_send })
}
