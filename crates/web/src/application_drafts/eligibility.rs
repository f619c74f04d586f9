//! `/application-drafts/{id}/eligibility`: a prescripteur habilité validates the eligibility, or keeps what holds
//! (§4.8). Never shown to anyone else; asking for it directly is refused.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::applications::drafts::{self, Tunnel};
use iae_app::eligibility::{PrescribeError, prescribe};
use iae_domain::Actor;
use iae_domain::actor::PrescriberActor;
use iae_domain::applications::draft::{Step, StepChoice};
use iae_domain::eligibility::policy;
use iae_domain::ids::ApplicationDraftId;
use serde::Deserialize;
use tower_sessions::Session;

use super::step::{self, Frame, StepForm};
use crate::eligibility::DIAGNOSED_MEANWHILE;
use crate::eligibility::form::{self, DiagnosisFields, DiagnosisForm, Held};
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::layout::Layout;
use crate::state::WebState;

/// The step.
#[derive(TypedPath, Deserialize)]
#[typed_path("/application-drafts/{id}/eligibility", rejection(PageError))]
pub struct EligibilityPath {
    /// The draft.
    pub id: ApplicationDraftId,
}

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

/// Only a prescripteur habilité gets past this.
fn authorised(ctx: &Ctx<Actor>) -> PageResult<Ctx<PrescriberActor>> {
    match &ctx.actor {
        Actor::Prescriber(prescriber) => {
            policy::prescribe(prescriber).map_err(iae_app::Error::from)?;
            Ok(ctx.with(prescriber.clone()))
        }
        Actor::Candidate(_) | Actor::Employer(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            Err(PageError::Forbidden { reserved_for: "aux prescripteurs habilités" })
        }
    }
}

async fn held(state: &WebState, ctx: &Ctx<PrescriberActor>, tunnel: &Tunnel) -> PageResult<Option<Held>> {
    match tunnel.current_diagnosis() {
        Some(diagnosis) => form::held(state, ctx.actor.organisation, diagnosis).await,
        None => Ok(None),
    }
}

/// Shows what holds, or the form.
pub async fn get(
    path: EligibilityPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    Query(query): Query<EligibilityQuery>,
    layout: Layout,
) -> PageResult {
    let prescriber = authorised(&ctx)?;
    let tunnel = match step::open(&state, &ctx, &layout, path.id, Step::Eligibility).await? {
        Ok(tunnel) => tunnel,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let candidate = tunnel.draft.candidate.ok_or(PageError::NotFound)?;
    let held = held(&state, &prescriber, &tunnel).await?;
    let fields = if held.is_none() || query.update {
        Some(form::fields(&state, &ctx, candidate, held.as_ref()).await?)
    } else {
        None
    };
    ok(&EligibilityPage { layout, step: Frame::of(&tunnel, Step::Eligibility), held, fields })
}

/// Makes the diagnosis, or keeps the one that holds, and goes on.
pub async fn post(
    path: EligibilityPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    layout: Layout,
    StepForm { person, form }: StepForm<DiagnosisForm>,
) -> PageResult {
    let prescriber = authorised(&ctx)?;
    let tunnel = match step::open_posted(&state, &ctx, &layout, path.id, Step::Eligibility, person).await? {
        Ok(tunnel) => tunnel,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let candidate = tunnel.draft.candidate.ok_or(PageError::NotFound)?;
    let command = match form.parse() {
        Ok(command) => command,
        Err(errors) => {
            let fields = Some(DiagnosisFields::typed(&ctx, &form, errors));
            let step = Frame::of(&tunnel, Step::Eligibility);
            let held = held(&state, &prescriber, &tunnel).await?;
            return unprocessable(&EligibilityPage { layout, step, held, fields });
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
    drafts::save(&state, &ctx, &tunnel, StepChoice::Eligibility).await?;
    step::go_on(&state, &ctx, path.id, Step::Eligibility).await
}
