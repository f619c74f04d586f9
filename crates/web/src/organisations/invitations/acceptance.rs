//! `POST /invitations/{id}/acceptance`: the person joins, and acts for the organisation from then on (INV-8, INV-10).

use axum::extract::State;
use iae_app::organisations::invitations::accept;
use iae_app::{Ctx, Failure};
use iae_domain::organisations::invitations::AcceptInvitationRefused;
use tower_sessions::Session;

use super::closed::Closed;
use super::landing::Token;
use crate::error::PageResult;
use crate::extract::Person;
use crate::flash;
use crate::forms::UncheckedForm;
use crate::layout::Layout;
use crate::paths::{DashboardPath, InvitationAcceptancePath};
use crate::session;
use crate::state::WebState;

/// Accepts it. Whoever joins may act for nobody yet, or for another organisation: the form is made for none.
pub async fn post(
    InvitationAcceptancePath { id }: InvitationAcceptancePath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    layout: Layout,
    UncheckedForm(Token { token }): UncheckedForm<Token>,
) -> PageResult {
    match accept(&state, &ctx.with(person.record()), person.user, id, &token).await {
        Ok(arrived) => {
            session::act_for(&session, arrived.organisation).await?;
            let (title, told) = if arrived.before {
                ("Vous aviez déjà rejoint cette structure", "Vous agissez maintenant pour elle.")
            } else {
                (
                    "Bienvenue dans votre structure",
                    "Vous agissez maintenant pour elle. Si vous en avez plusieurs, changez-en dans le menu de votre compte.",
                )
            };
            flash::done(&session, title, told, DashboardPath).await
        }
        Err(Failure::Refused(refused)) => closed(refused).page(&state, (id, token.as_str()), layout).await,
        Err(Failure::App(error)) => Err(error.into()),
    }
}

const fn closed(refused: AcceptInvitationRefused) -> Closed {
    match refused {
        AcceptInvitationRefused::Used => Closed::Used,
        AcceptInvitationRefused::Revoked => Closed::Revoked,
        AcceptInvitationRefused::Expired => Closed::Expired,
        AcceptInvitationRefused::OtherAddress => Closed::SomeoneElse,
        AcceptInvitationRefused::NotProfessional => Closed::NotProfessional,
        AcceptInvitationRefused::OrganisationClosed => Closed::Organisation,
    }
}
