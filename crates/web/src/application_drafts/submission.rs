//! `POST /application-drafts/{id}/submission`: the applications are sent (SUB-63, SUB-64).

use axum::extract::State;
use iae_app::applications::drafts::{self, OpenDraft};
use iae_app::applications::{Confirmed, submit};
use iae_app::{Ctx, Error, Failure};
use iae_domain::Actor;
use iae_domain::applications::SubmitRefused;
use iae_domain::applications::draft::Step;
use iae_domain::candidates::consent::ConsentRefused;
use iae_domain::ids::CandidateId;
use serde::Deserialize;
use tower_sessions::Session;

use super::step::{self, StepForm};
use super::summary::SummaryPage;
use super::{already_sent, messages, refused};
use crate::error::{PageResult, see_other, unprocessable};
use crate::flash;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::{DraftSubmissionPath, SentPath};
use crate::state::WebState;

/// What the person was told, and consents to, employer by employer; the rest is in the draft.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SubmissionForm {
    pub(super) informed: String,
    pub(super) consents: Vec<String>,
    told: String,
}

impl SubmissionForm {
    fn confirmed(&self, person: Option<CandidateId>) -> Confirmed {
        Confirmed {
            person,
            informed: !self.informed.is_empty(),
            consents: self.consents.iter().filter_map(|id| id.parse().ok()).collect(),
            told: self.told.clone(),
        }
    }

    /// What is missing: beside each field, all at once. A consent to something else than what would leave is asked again.
    fn mistakes(&mut self, open: &OpenDraft, refused: ConsentRefused) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if refused == ConsentRefused::Outdated {
            *self = Self::default();
            errors.add("consents", messages::OUTDATED_CONSENT);
            return errors;
        }
        if self.informed.is_empty() {
            errors.add("informed", "Informez la personne avant de transmettre quoi que ce soit.");
        }
        let leaving: Vec<_> = open.applications.iter().filter(|one| open.check_one(one).is_ok()).collect();
        if leaving.iter().any(|one| !self.consents.contains(&one.company.id.to_string())) {
            let several = leaving.len() > 1;
            errors.add("consents", if several { messages::NO_CONSENT_OF_ONE } else { messages::NO_CONSENT });
        }
        errors
    }
}

/// Sends them. A second click shows the same; what changed meanwhile leads back to its step.
pub async fn post(
    path: DraftSubmissionPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    layout: Layout,
    StepForm { person, mut form }: StepForm<SubmissionForm>,
) -> PageResult {
    let refusal = match submit(&state, &ctx, path.id, form.confirmed(person)).await {
        Ok(application) => return see_other(SentPath { id: application }.to_string()),
        Err(Failure::App(Error::Conflict)) => {
            return Err(step::other_person(&drafts::load(&state, &ctx, path.id).await?));
        }
        Err(Failure::App(Error::NotFound)) => return already_sent::page(&state, &ctx, layout, path.id).await,
        Err(Failure::App(error)) => return Err(error.into()),
        Err(Failure::Refused(refusal)) => refusal,
    };
    let open = drafts::load(&state, &ctx, path.id).await?;
    let step = match refusal {
        SubmitRefused::Consent(refused) => {
            let errors = form.mistakes(&open, refused);
            return unprocessable(&SummaryPage::new(&state, &ctx, (layout, &open), &form, errors).await?);
        }
        SubmitRefused::SpontaneousClosed | SubmitRefused::JobsClosed | SubmitRefused::JobsNotChosen => {
            Step::Jobs
        }
        SubmitRefused::MessageMissing => Step::Message,
        SubmitRefused::Role
        | SubmitRefused::OtherCandidate
        | SubmitRefused::CompanyLeft
        | SubmitRefused::CompanyNotRegistered
        | SubmitRefused::CompanyBlocks
        | SubmitRefused::AppliedRecently
        | SubmitRefused::Withdrawn(_)
        | SubmitRefused::WaitingPeriod { .. } => match open.check() {
            Err((one, refusal)) => return refused::page(layout, &open, one, refusal),
            Ok(()) => Step::Summary,
        },
    };
    let one = open.applications.first().ok_or(Error::NotFound)?;
    let words = messages::refusal(&open, one, refusal);
    flash::not_done(&session, words.title, words.what_to_do, step::href(path.id, step)).await
}
