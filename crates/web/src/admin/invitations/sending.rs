//! `POST /admin/invitations/{id}/sending`: the team sends an invitation again.

use axum::extract::State;
use iae_app::organisations::invitations::send_again_by_team;
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::organisations::invitations::{InvitationChangeRefused, InvitationState};
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::PageResult;
use crate::flash;
use crate::forms::Form;
use crate::paths::{AdminInvitationPath, AdminInvitationSendingPath};
use crate::state::WebState;

/// Nothing to fill in: the button is enough.
#[derive(Debug, Default, Deserialize)]
pub struct AdminSendingForm {}

/// Sends it again; sent twice in a row, it leaves once.
pub async fn post(
    AdminInvitationSendingPath { id }: AdminInvitationSendingPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    Form(AdminSendingForm {}): Form<AdminSendingForm>,
) -> PageResult {
    let page = AdminInvitationPath { id };
    match send_again_by_team(&state, &ctx, id).await {
        Ok(()) => {
            let told = "Elle part par e-mail, et sert de nouveau quatorze jours.";
            flash::done(&session, "Invitation renvoyée", told, page).await
        }
        Err(Failure::Refused(refused)) => {
            let (title, told) = not_sent(refused);
            flash::not_done(&session, title, told, page).await
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// Why it was not sent.
const fn not_sent(refused: InvitationChangeRefused) -> (&'static str, &'static str) {
    match refused {
        InvitationChangeRefused::JustSent => (
            "L’invitation vient de partir",
            "Attendez une dizaine de minutes avant de la renvoyer\u{a0}: elle met parfois quelques minutes à arriver.",
        ),
        InvitationChangeRefused::Full => (
            "Cinquante invitations attendent déjà dans cette structure",
            "Une invitation expirée ne revient que si une autre est acceptée ou annulée.",
        ),
        InvitationChangeRefused::Closed => (
            "Personne ne rejoint cette structure pour l’instant",
            "Sa convention n’est pas en vigueur, ou elle est fermée.",
        ),
        InvitationChangeRefused::Over(InvitationState::Accepted) => {
            ("L’invitation est déjà acceptée", "La personne a rejoint la structure.")
        }
        InvitationChangeRefused::Over(
            InvitationState::Revoked | InvitationState::Expired | InvitationState::Pending,
        ) => ("L’invitation est annulée", "Un membre de la structure peut en envoyer une autre."),
    }
}
