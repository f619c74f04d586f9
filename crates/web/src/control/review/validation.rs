//! `POST /controls/{id}/validation`: the DDETS validates its review of an SIAE; nobody is told before the next phase (rule book 04
//! §1.11).

use axum::extract::State;
use iae_app::control::controls;
use iae_app::control::controls::queries::review::{self, LastReview, last_review};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{ReviewMove, SeenValidation, ValidationRefused};
use iae_domain::ids::ControlId;
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult, see_other};
use crate::flash;
use crate::forms::Form;
use crate::french::{date, date_time, spaced};
use crate::layout::FlashLevel;
use crate::paths::{ControlReviewPath, ControlValidationPath};
use crate::state::WebState;

const CHANGED: &str = "Une décision a changé depuis que vous avez ouvert la page";
const NOT_NOW: &str = "Le contrôle a changé depuis que vous avez ouvert la page";

/// What the page said that it would do (D32).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ValidationForm {
    seen: String,
}

/// Validates what the page said. What was never said and cannot be done goes back to the page, in silence (§1.11); what was said and is
/// no more so is told (D32), and so is who finds it done just so by a colleague; a second click is not.
pub async fn post(
    ControlValidationPath { id }: ControlValidationPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    session: Session,
    Form(form): Form<ValidationForm>,
) -> PageResult {
    let Some(seen) = SeenValidation::parse(&form.seen) else { return unsaid(&state, &ctx, id).await };
    match controls::validate(&state, &ctx, id, Some(seen)).await {
        Ok(()) => done(&state, &ctx, &session, id).await,
        Err(Failure::Refused(ValidationRefused::Done)) => done_already(&state, &ctx, &session, id).await,
        Err(Failure::Refused(ValidationRefused::Changed)) => {
            Err(changed(&happened(&state, &ctx, id, CHANGED).await?, id))
        }
        Err(Failure::Refused(ValidationRefused::NotNow)) => {
            Err(not_now(&happened(&state, &ctx, id, NOT_NOW).await?, id))
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}

async fn done(app: &App, ctx: &Ctx<InspectorActor>, session: &Session, id: ControlId) -> PageResult {
    flash::done(session, "Contrôle validé", told(app, ctx, id).await?, ControlReviewPath { id }).await
}

/// It was validated just so before: by a first click, or by a colleague, who is named.
async fn done_already(app: &App, ctx: &Ctx<InspectorActor>, session: &Session, id: ControlId) -> PageResult {
    let is_of_colleague =
        |last: &LastReview| last.what == ReviewMove::Validated && last.account != Some(ctx.actor.user);
    let Some(last) = last_review(app, id).await?.filter(is_of_colleague) else {
        return done(app, ctx, session, id).await;
    };
    let message =
        format!("{} l’a validé le {}. {}", who(ctx, &last), date_time(last.at), told(app, ctx, id).await?);
    flash::say(session, FlashLevel::Info, "Contrôle déjà validé", message).await?;
    see_other(ControlReviewPath { id }.to_string())
}

/// When the SIAE learns of it.
async fn told(app: &App, ctx: &Ctx<InspectorActor>, id: ControlId) -> PageResult<String> {
    let of = review::control(app, ctx, id).await?;
    Ok(format!(
        "La structure n’en est pas prévenue maintenant : elle le sera à l’étape suivante, prévue le {}.",
        date(of.days.next_phase_on())
    ))
}

/// Nothing was said: nothing is done. Where it could be, the page is to be read first.
async fn unsaid(app: &App, ctx: &Ctx<InspectorActor>, id: ControlId) -> PageResult {
    let of = review::control(app, ctx, id).await?;
    if of.control.validation(ctx.today()).is_some() {
        return Err(changed(CHANGED, id));
    }
    see_other(ControlReviewPath { id }.to_string())
}

fn changed(happened: &str, id: ControlId) -> PageError {
    conflict(&format!("{happened} : la validation ne ferait plus la même chose, rien n’a été fait."), id)
}

fn not_now(happened: &str, id: ControlId) -> PageError {
    conflict(&format!("{happened} : le contrôle ne peut plus être validé, rien n’a été fait."), id)
}

/// Who did what and when, as far as the trail still says it.
async fn happened(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    id: ControlId,
    otherwise: &str,
) -> PageResult<String> {
    let last = last_review(app, id).await?;
    Ok(last.map_or_else(
        || otherwise.to_owned(),
        |last| format!("{} {} le {}", who(ctx, &last), last.what.label(), date_time(last.at)),
    ))
}

/// An agent of the DDETS by name, the SIAE by its own.
fn who<'a>(ctx: &Ctx<InspectorActor>, last: &'a LastReview) -> &'a str {
    last.named_to(ctx.actor.organisation).unwrap_or("L’équipe de Parcours IAE")
}

fn conflict(message: &str, id: ControlId) -> PageError {
    let link = Some(("Revoir le contrôle".to_owned(), ControlReviewPath { id }.to_string()));
    PageError::Conflict { message: spaced(message), link }
}
