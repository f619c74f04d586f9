//! `/application-drafts/{id}/jobs`: for each employer, which posts, or none in particular (SUB-50 to SUB-52).

use askama::Template;
use axum::extract::State;
use iae_domain::applications::draft::StepChoice;

use super::posts::{JobsForm, Posts};
use super::step::{Opened, Posted, StepHeader};
use crate::error::{PageResult, ok, unprocessable};
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::DraftJobsPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/jobs.html")]
pub struct JobsPage {
    layout: Layout,
    step: StepHeader,
    employers: Vec<Posts>,
    errors: FieldErrors,
}

impl JobsPage {
    fn new(step: Opened, ticked: &JobsForm, errors: FieldErrors) -> Self {
        let employers = Posts::all(&step.open, ticked);
        Self { step: step.header(), layout: step.layout, employers, errors }
    }

    fn takes_nothing(&self) -> bool {
        self.employers.iter().all(Posts::is_empty)
    }
}

/// Shows the posts, those chosen before ticked; else a spontaneous application when it is taken.
pub async fn get(_: DraftJobsPath, step: Opened) -> PageResult {
    let ticked = JobsForm::chosen_in(&step.open);
    ok(&JobsPage::new(step, &ticked, FieldErrors::default()))
}

/// Keeps the choice.
pub async fn post(
    _: DraftJobsPath,
    State(state): State<WebState>,
    Posted { step, form }: Posted<JobsForm>,
) -> PageResult {
    match form.read(&state, &step.open).await? {
        Ok(jobs) => step.save(&state, StepChoice::Jobs(jobs)).await,
        Err(errors) => unprocessable(&JobsPage::new(step, &form, errors)),
    }
}
