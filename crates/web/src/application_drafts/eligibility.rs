//! `/application-drafts/{id}/eligibility`: a prescripteur habilité validates the eligibility, or keeps what holds
//! (§4.8). Never shown to anyone else; asking for it directly is refused.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::Ctx;
use iae_app::applications::drafts::Tunnel;
use iae_app::eligibility::{PrescribeError, prescribe};
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::applications::draft::StepChoice;
use serde::Deserialize;
use tower_sessions::Session;

use super::step::{Frame, Opened, StepForm};
use crate::eligibility::DIAGNOSED_MEANWHILE;
use crate::eligibility::form::{self, DiagnosisFields, DiagnosisForm, Held};
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::layout::Layout;
use crate::paths::DraftEligibilityPath;
use crate::state::WebState;

/// Whether the diagnosis that holds is to be updated (rule book 03 §2.8: the form opens locked).
#[derive(Debug, Default, Deserialize)]
pub struct EligibilityQuery {
    #[serde(default)]
    update: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/eligibility.html")]
pub struct EligibilityPage {
    layout: Layout,
    step: Frame,
    held: Option<Held>,
    fields: Option<DiagnosisFields>,
}

async fn held(
    state: &WebState,
    ctx: &Ctx<AuthorisedPrescriber>,
    tunnel: &Tunnel,
) -> PageResult<Option<Held>> {
    match tunnel.current_diagnosis() {
        Some(diagnosis) => form::held(state, ctx.actor.organisation, diagnosis).await,
        None => Ok(None),
    }
}

/// Shows what holds, or the form.
pub async fn get(
    _: DraftEligibilityPath,
    State(state): State<WebState>,
    prescriber: Ctx<AuthorisedPrescriber>,
    step: Opened,
    Query(query): Query<EligibilityQuery>,
) -> PageResult {
    let candidate = step.tunnel.draft.candidate.ok_or(PageError::NotFound)?;
    let held = held(&state, &prescriber, &step.tunnel).await?;
    let fields = if held.is_none() || query.update {
        Some(form::fields(&state, &step.ctx, candidate, held.as_ref()).await?)
    } else {
        None
    };
    ok(&EligibilityPage { step: step.frame(), layout: step.layout, held, fields })
}

/// Makes the diagnosis, or keeps the one that holds, and goes on.
pub async fn post(
    _: DraftEligibilityPath,
    State(state): State<WebState>,
    prescriber: Ctx<AuthorisedPrescriber>,
    step: Opened,
    session: Session,
    StepForm { person, form }: StepForm<DiagnosisForm>,
) -> PageResult {
    if let Some(elsewhere) = step.elsewhere_for(person) {
        return elsewhere;
    }
    let candidate = step.tunnel.draft.candidate.ok_or(PageError::NotFound)?;
    let command = match form.parse() {
        Ok(command) => command,
        Err(errors) => {
            let fields = Some(DiagnosisFields::typed(&step.ctx, &form, errors));
            let held = held(&state, &prescriber, &step.tunnel).await?;
            return unprocessable(&EligibilityPage { step: step.frame(), layout: step.layout, held, fields });
        }
    };
    let is_typed = command.replaces.is_some() || !command.criteria.is_empty() || !command.points.is_empty();
    match prescribe(&state, &prescriber, candidate, command).await {
        Ok(None) if is_typed => {
            flash::error(&session, "Éligibilité inchangée", DIAGNOSED_MEANWHILE).await?;
        }
        Ok(_) | Err(PrescribeError::Refused(iae_domain::eligibility::DiagnosisRefused::ValidPass)) => {}
        Err(PrescribeError::App(error)) => return Err(error.into()),
        Err(PrescribeError::Refused(refused)) => return Err(PageError::defect(refused)),
    }
    step.save(&state, StepChoice::Eligibility).await
}
