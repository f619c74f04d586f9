//! A decision, once it was read: it is made, or whoever made another is named.

use axum::response::Response;
use iae_app::control::controls::queries::review::ControlPage;
use iae_app::control::controls::{decide, decision_in_force};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{DecisionRefused, Outcome, WithdrawalRefused};
use tower_sessions::Session;

use super::super::last_said;
use super::messages::told;
use crate::error::{PageError, PageResult, see_other};
use crate::flash;
use crate::layout::FlashLevel;
use crate::paths::{ControlOutcomePath, ControlsPath};

/// Decides; or says why the days of the withdrawal come too soon, when a day went by since they were read.
pub(super) async fn notify(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    session: &Session,
    of: &ControlPage,
    outcome: Outcome,
) -> PageResult<Result<Response, WithdrawalRefused>> {
    let sent = outcome.clone();
    match decide(app, ctx, of.control.id, outcome).await {
        Ok(()) => Ok(Ok(decided(session, of, &sent).await?)),
        Err(Failure::Refused(DecisionRefused::Notified)) => {
            Ok(Ok(meanwhile(app, ctx, session, of, Some(&sent)).await?))
        }
        Err(Failure::Refused(DecisionRefused::Days(refused))) => Ok(Err(refused)),
        Err(Failure::Refused(
            DecisionRefused::NotNegative | DecisionRefused::NotInForce | DecisionRefused::NothingToAnnul,
        )) => Err(PageError::NotFound),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// Where a decision leads. A registered letter is to be printed and sent, as the page of the decision says; a mail leaves by itself.
async fn decided(session: &Session, of: &ControlPage, outcome: &Outcome) -> PageResult {
    if outcome.sanctions.is_significant() {
        return see_other(ControlOutcomePath { id: of.control.id }.to_string());
    }
    let list = ControlsPath { id: of.control.campaign };
    flash::done(session, "Décision notifiée", told(&of.company), list).await
}

/// To the decision that was made, which is said by whom and when; of what has none, nothing is to be decided.
pub(super) async fn already(app: &App, session: &Session, of: &ControlPage) -> PageResult {
    let last = decision_in_force(app, &of.control).await?.ok_or(PageError::NotFound)?;
    let message = format!("{} Après un recours, elle se modifie depuis cette page.", last_said(&last));
    flash::say(session, FlashLevel::Info, "Ce contrôle a déjà sa décision", message).await?;
    see_other(ControlOutcomePath { id: of.control.id }.to_string())
}

/// What is sent once a decision was made. Pressed twice by whoever made it, it leads where the first press does; anything else is told
/// who decided, and when (D32). Of what has no decision, nothing is to be decided.
pub(super) async fn meanwhile(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    session: &Session,
    of: &ControlPage,
    sent: Option<&Outcome>,
) -> PageResult {
    let last = decision_in_force(app, &of.control).await?.ok_or(PageError::NotFound)?;
    if let Some(outcome) = sent
        && last.decision.by == ctx.actor.user
        && last.decision.outcome() == Some(outcome)
    {
        return decided(session, of, outcome).await;
    }
    let link = ControlOutcomePath { id: of.control.id }.to_string();
    Err(PageError::Conflict {
        message: format!("{} Ce que vous venez d’envoyer n’a pas été enregistré.", last_said(&last)),
        link: Some(("Lire la décision".to_owned(), link)),
    })
}
