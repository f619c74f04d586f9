//! `POST /control-criteria/{id}/decision`: the DDETS accepts or refuses a proof, or takes back what was decided, then goes on with the
//! next one (rule book 04 §1.10, EXT 5).

use axum::extract::State;
use iae_app::control::controls;
use iae_app::control::controls::queries::review::{control_of, decided, next_to_review};
use iae_app::{App, Ctx, Error};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{Decision, Review};
use iae_domain::ids::ControlCriterionId;
use serde::Deserialize;
use tower_sessions::Session;

use super::hire::place;
use crate::error::{PageError, PageResult, see_other};
use crate::flash;
use crate::forms::Form;
use crate::french::{date_time, spaced};
use crate::paths::{ControlDecisionPath, ControlReviewPath};
use crate::state::WebState;

/// What is decided, and what the page said of the proof (D32).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    decision: String,
    seen: String,
}

/// Decides.
pub async fn post(
    ControlDecisionPath { id }: ControlDecisionPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    session: Session,
    Form(form): Form<DecisionForm>,
) -> PageResult {
    let decision = Decision::parse(&form.decision).ok_or(PageError::NotFound)?;
    let seen = Review::parse(&form.seen).ok_or(PageError::NotFound)?;
    match controls::review(&state, &ctx, id, seen, decision).await {
        Ok(()) => go_on(&state, &ctx, &session, id, decision).await,
        Err(Error::Conflict) => Err(meanwhile(&state, id).await?),
        Err(error) => Err(error.into()),
    }
}

/// To the next proof that waits, in this hire or in another; else to the SIAE, which may be validated.
async fn go_on(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    session: &Session,
    id: ControlCriterionId,
    decision: Decision,
) -> PageResult {
    let control = control_of(app, ctx, id).await?;
    if decision == Decision::Reset {
        let (hire, _) = control.criterion(id).ok_or(PageError::NotFound)?;
        return see_other(place(hire.id, id));
    }
    if let Some((hire, criterion)) = next_to_review(&control, id, ctx.today()) {
        return see_other(place(hire, criterion));
    }
    let told = match control.validation(ctx.today()) {
        Some(_) => "Vous pouvez maintenant valider le contrôle de cette structure.",
        None => "",
    };
    let to = ControlReviewPath { id: control.id };
    flash::done(session, "Tous les justificatifs transmis sont traités", told, to).await
}

/// Who decided since the page was read, and when (D32).
async fn meanwhile(app: &App, id: ControlCriterionId) -> PageResult<PageError> {
    let decided = decided(app, id).await?;
    let did = match decided.review {
        Review::Accepted => Some("accepté"),
        Review::Refused | Review::RefusedTwice => Some("refusé"),
        Review::Pending => None,
    };
    let message = match did.zip(decided.by) {
        Some((did, (who, at))) => format!("{who} a {did} ce justificatif le {}.", date_time(at)),
        None => {
            "Ce justificatif est de nouveau à traiter : la décision a été reprise, ou le fichier remplacé."
                .to_owned()
        }
    };
    let link = Some(("Revoir le justificatif".to_owned(), place(decided.hire, id)));
    Ok(PageError::Conflict { message: spaced(&message), link })
}
