//! `/application-drafts/{id}/eligibility`: a prescripteur habilité validates the eligibility, or keeps what holds
//! (§4.8). Never shown to anyone else; asking for it directly is refused.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::applications::drafts::OpenDraft;
use iae_app::eligibility::prescribe;
use iae_app::{Ctx, Failure};
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::applications::draft::{StepChoice, UnfinishedDiagnosis};
use iae_domain::eligibility::DiagnosisRefused;
use serde::Deserialize;
use tower_sessions::Session;

use super::step::{Opened, Posted, StepHeader};
use crate::eligibility::DIAGNOSED_MEANWHILE;
use crate::eligibility::criteria::age_contradicted;
use crate::eligibility::form::{self, AGE_FIELD, DiagnosisFields, DiagnosisForm, Held};
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::DraftEligibilityPath;
use crate::state::WebState;
use crate::transition::OrSay as _;

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
    step: StepHeader,
    held: Option<Held>,
    fields: Option<DiagnosisFields>,
    /// The fields hold what was typed before, and not validated.
    is_kept: bool,
}

async fn held(
    state: &WebState,
    ctx: &Ctx<AuthorisedPrescriber>,
    open: &OpenDraft,
) -> PageResult<Option<Held>> {
    match open.current_diagnosis() {
        Some(diagnosis) => form::held(state, ctx, diagnosis).await,
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
    let candidate = step.open.draft.candidate.ok_or(PageError::NotFound)?;
    let held = held(&state, &prescriber, &step.open).await?;
    let unfinished = &step.open.draft.unfinished;
    let is_kept = held.is_none() && !unfinished.is_empty();
    let fields = if is_kept {
        Some(DiagnosisFields::unfinished(&step.ctx, unfinished))
    } else if held.is_none() || query.update {
        Some(form::fields(&state, &step.ctx, candidate, held.as_ref()).await?)
    } else {
        None
    };
    ok(&EligibilityPage { step: step.header(), layout: step.layout, held, fields, is_kept })
}

/// Makes the diagnosis, keeps the one that holds, or goes on without any: to send needs none (ELI-6), and what was typed is
/// there when one comes back.
pub async fn post(
    _: DraftEligibilityPath,
    State(state): State<WebState>,
    prescriber: Ctx<AuthorisedPrescriber>,
    session: Session,
    Posted { step, form }: Posted<DiagnosisForm>,
) -> PageResult {
    let candidate = step.open.draft.candidate.ok_or(PageError::NotFound)?;
    if !form.value("without").is_empty() {
        return step.save(&state, StepChoice::Eligibility(form.unfinished())).await;
    }
    let birth_date = step.open.candidate.as_ref().and_then(|person| person.birth_date);
    let acted = async {
        let command = form.parse(birth_date, prescriber.today())?;
        let is_typed =
            command.replaces.is_some() || !command.criteria.is_empty() || !command.points.is_empty();
        match prescribe(&state, &prescriber, candidate, command).await {
            Err(Failure::Refused(DiagnosisRefused::ValidPass)) => Ok(false),
            // The birth date was changed meanwhile.
            Err(Failure::Refused(DiagnosisRefused::AgeContradicted(contradicted))) => {
                Err(FieldErrors::one(AGE_FIELD, age_contradicted(contradicted)).into())
            }
            made => made.or_say(PageError::defect).map(|made| made.is_none() && is_typed),
        }
    };
    let is_lost = match acted.await {
        Ok(is_lost) => is_lost,
        Err(not_done) => {
            let held = held(&state, &prescriber, &step.open).await?;
            return not_done.again(|errors| {
                let fields = Some(DiagnosisFields::typed(&step.ctx, &form, errors));
                EligibilityPage { step: step.header(), layout: step.layout, held, fields, is_kept: false }
            });
        }
    };
    if is_lost {
        flash::error(&session, "Éligibilité inchangée", DIAGNOSED_MEANWHILE).await?;
    }
    step.save(&state, StepChoice::Eligibility(UnfinishedDiagnosis::default())).await
}
