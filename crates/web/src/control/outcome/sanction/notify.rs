//! A decision, once it was read: it is made, or whoever made another is named.

use iae_app::control::controls::queries::review::ControlPage;
use iae_app::control::controls::{decide, decision_in_force, last_decision};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{DecisionRefused, Outcome};
use tower_sessions::Session;

use super::super::last_said;
use super::messages::told;
use crate::error::{PageError, PageResult, see_other};
use crate::flash;
use crate::paths::{ControlOutcomePath, ControlsPath};

/// Decides.
pub(super) async fn notify(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    session: &Session,
    of: &ControlPage,
    outcome: Outcome,
) -> PageResult {
    let sent = outcome.clone();
    match decide(app, ctx, of.control.id, outcome).await {
        Ok(()) => decided(session, of, &sent).await,
        Err(Failure::Refused(DecisionRefused::Notified)) => {
            meanwhile(app, ctx, session, of, Some(&sent)).await
        }
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

/// What is sent once a decision was made. Pressed twice by whoever made it, it leads where the first press does; anything else is told
/// who decided, and when (D32). Of what has no decision, nothing is to be decided.
pub(super) async fn meanwhile(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    session: &Session,
    of: &ControlPage,
    sent: Option<&Outcome>,
) -> PageResult {
    let in_force = decision_in_force(app, &of.control).await?.ok_or(PageError::NotFound)?;
    if let Some(outcome) = sent
        && in_force.by == ctx.actor.user
        && in_force.outcome() == Some(outcome)
    {
        return decided(session, of, outcome).await;
    }
    let last = last_decision(app, &of.control).await?.ok_or(PageError::NotFound)?;
    let link = ControlOutcomePath { id: of.control.id }.to_string();
    Err(PageError::Conflict {
        message: format!("{} Ce que vous venez d’envoyer n’a pas été enregistré.", last_said(&last)),
        link: Some(("Lire la décision".to_owned(), link)),
    })
}
