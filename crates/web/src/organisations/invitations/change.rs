//! `POST /invitations/{id}/sending` and `/revocation`: an invitation is sent again, or taken back (D3).

use axum::extract::State;
use iae_app::Failure;
use iae_app::organisations::invitations as use_cases;
use iae_domain::organisations::invitations::{InvitationChangeRefused, InvitationState};
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult};
use crate::flash;
use crate::forms::Form;
use crate::organisations::members::Member;
use crate::paths::{InvitationRevocationPath, InvitationSendingPath, MembersPath};
use crate::state::WebState;

/// Nothing is typed.
#[derive(Debug, Default, Deserialize)]
pub struct ChangeForm {}

/// Sends it again.
pub async fn send_again(
    InvitationSendingPath { id }: InvitationSendingPath,
    State(state): State<WebState>,
    Member(ctx): Member,
    session: Session,
    Form(ChangeForm {}): Form<ChangeForm>,
) -> PageResult {
    let done = use_cases::send_again(&state, &ctx, id).await;
    answer(&session, done, "Invitation renvoyée", "Elle sert de nouveau quatorze jours.").await
}

/// Takes it back.
pub async fn revoke(
    InvitationRevocationPath { id }: InvitationRevocationPath,
    State(state): State<WebState>,
    Member(ctx): Member,
    session: Session,
    Form(ChangeForm {}): Form<ChangeForm>,
) -> PageResult {
    let done = use_cases::revoke(&state, &ctx, id).await;
    answer(&session, done, "Invitation annulée", "Son lien ne sert plus.").await
}

/// Back to the members, who read what was done, or why nothing was.
async fn answer(
    session: &Session,
    done: Result<(), Failure<InvitationChangeRefused>>,
    title: &str,
    told: &str,
) -> PageResult {
    let (title, told) = match done {
        Ok(()) => return flash::done(session, title, told, MembersPath).await,
        Err(Failure::App(error)) => return Err(error.into()),
        Err(Failure::Refused(InvitationChangeRefused::JustSent)) => (
            "L’invitation vient de partir",
            "Attendez une dizaine de minutes avant de la renvoyer\u{a0}: elle met parfois quelques minutes à arriver.",
        ),
        Err(Failure::Refused(InvitationChangeRefused::Full)) => (
            "Cinquante invitations attendent déjà",
            "Annulez-en une qui ne sert plus, ou attendez des réponses, avant de renvoyer celle-ci.",
        ),
        Err(Failure::Refused(InvitationChangeRefused::Closed)) => {
            return Err(PageError::Forbidden {
                reserved_for: "aux structures dont la convention est active",
            });
        }
        Err(Failure::Refused(InvitationChangeRefused::Over(InvitationState::Accepted))) => {
            ("L’invitation a été acceptée entre-temps", "La personne est parmi vos collaborateurs.")
        }
        Err(Failure::Refused(InvitationChangeRefused::Over(
            InvitationState::Revoked | InvitationState::Expired | InvitationState::Pending,
        ))) => (
            "L’invitation ne sert déjà plus",
            "Un collègue l’a annulée entre-temps, ou la personne a rejoint la structure autrement.",
        ),
    };
    flash::not_done(session, title, told, MembersPath).await
}
