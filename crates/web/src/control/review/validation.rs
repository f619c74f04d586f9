//! `POST /controls/{id}/validation`: the DDETS validates its review of an SIAE; nobody is told before the next phase (rule book 04
//! §1.11).

use axum::extract::State;
use iae_app::Ctx;
use iae_app::control::controls::{self, queries::review};
use iae_domain::actor::InspectorActor;
use serde::Deserialize;
use tower_sessions::Session;

use super::company::seen;
use crate::error::{PageError, PageResult, see_other};
use crate::flash;
use crate::forms::Form;
use crate::french::{date, spaced};
use crate::paths::{ControlReviewPath, ControlValidationPath};
use crate::state::WebState;

/// What the page said that it would do (D32).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ValidationForm {
    seen: String,
}

/// Validates; when that cannot be done, nothing is, and the page says why.
pub async fn post(
    ControlValidationPath { id }: ControlValidationPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    session: Session,
    Form(form): Form<ValidationForm>,
) -> PageResult {
    let of = review::control(&state, &ctx, id).await?;
    let to = ControlReviewPath { id };
    let now = of.control.validation(ctx.today()).map(|review| seen(&of.control, review));
    if now.is_some_and(|now| now != form.seen) {
        return Err(PageError::Conflict {
            message: spaced(
                "Une décision a changé depuis que vous avez ouvert la page : la validation ne ferait plus la même chose.",
            ),
            link: Some(("Revoir le contrôle".to_owned(), to.to_string())),
        });
    }
    if !controls::validate(&state, &ctx, id).await? {
        return see_other(to.to_string());
    }
    let told = format!(
        "La structure n’en est pas prévenue maintenant : elle le sera à l’étape suivante, prévue le {}.",
        date(of.days.next_phase_on())
    );
    flash::done(&session, "Contrôle validé", told, to).await
}
