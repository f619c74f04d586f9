//! `POST /application-drafts/{id}/submission`: the application is sent (SUB-63, SUB-64).

use axum::extract::State;
use iae_app::applications::{drafts, submit};
use iae_app::{Ctx, Error, Failure};
use iae_domain::Actor;
use iae_domain::applications::SubmitRefused;
use iae_domain::applications::draft::Step;
use iae_domain::candidates::consent::ConsentRefused;
use serde::Deserialize;
use tower_sessions::Session;

use super::step::StepForm;
use super::{messages, refused, step};
use crate::error::{PageResult, see_other};
use crate::flash;
use crate::layout::Layout;
use crate::paths::{DraftSubmissionPath, SentPath};
use crate::state::WebState;

/// Nothing to fill in: everything is in the draft.
#[derive(Debug, Deserialize)]
pub struct SubmissionForm {}

/// Sends it. A second click shows the same application; what changed meanwhile leads back to its step.
pub async fn post(
    path: DraftSubmissionPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    layout: Layout,
    StepForm { person, form: SubmissionForm {} }: StepForm<SubmissionForm>,
) -> PageResult {
    let refusal = match submit(&state, &ctx, path.id, person).await {
        Ok(application) => return see_other(SentPath { id: application }.to_string()),
        Err(Failure::App(Error::Conflict)) => {
            return Err(step::other_person(&drafts::load(&state, &ctx, path.id).await?));
        }
        Err(Failure::App(error)) => return Err(error.into()),
        // The step says what changed since the person consented.
        Err(Failure::Refused(SubmitRefused::Consent(ConsentRefused::Outdated))) => {
            return see_other(step::href(path.id, Step::Message));
        }
        Err(Failure::Refused(refusal)) => refusal,
    };
    let open = drafts::load(&state, &ctx, path.id).await?;
    let step = match refusal {
        SubmitRefused::SpontaneousClosed | SubmitRefused::JobsClosed => Step::Jobs,
        SubmitRefused::MessageMissing | SubmitRefused::Consent(_) => Step::Message,
        SubmitRefused::Role
        | SubmitRefused::OtherCandidate
        | SubmitRefused::CompanyNotRegistered
        | SubmitRefused::CompanyBlocks
        | SubmitRefused::AppliedRecently
        | SubmitRefused::WaitingPeriod { .. } => return refused::page(layout, &open, refusal),
    };
    let words = messages::refusal(&open, refusal);
    flash::not_done(&session, words.title, words.what_to_do, step::href(path.id, step)).await
}
