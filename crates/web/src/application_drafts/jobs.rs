//! `/application-drafts/{id}/jobs`: which posts, or none in particular (SUB-50 to SUB-52).

use askama::Template;
use axum::extract::State;
use iae_app::applications::drafts::{Closed, OpenDraft, OpenJob};
use iae_domain::applications::draft::StepChoice;
use iae_domain::ids::JobDescriptionId;
use serde::Deserialize;

use super::step::{Opened, Posted, StepHeader};
use crate::choice::Choice;
use crate::error::{PageResult, ok, unprocessable};
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::DraftJobsPath;
use crate::state::WebState;

/// What stands for no post in particular.
const SPONTANEOUS: &str = "spontaneous";

/// What is ticked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct JobsForm {
    jobs: Vec<String>,
}

impl JobsForm {
    /// At least one choice; posts and a spontaneous application exclude each other, and posts win (SUB-51): what is
    /// ticked by default never refuses a post. A post that closed meanwhile is said so (SUB-11).
    fn parse(&self, open: &OpenDraft) -> Result<Vec<JobDescriptionId>, FieldErrors> {
        let jobs: Vec<_> = self.jobs.iter().filter(|job| *job != SPONTANEOUS).collect();
        let spontaneous = jobs.is_empty() && self.jobs.iter().any(|job| job == SPONTANEOUS);
        let offered: Vec<_> = open.company.jobs.iter().map(|job| job.id).collect();
        let chosen: Vec<JobDescriptionId> =
            jobs.iter().filter_map(|job| job.parse().ok()).filter(|job| offered.contains(job)).collect();
        let refused = |message: &str| Err(FieldErrors::one("jobs", message));
        if chosen.len() < jobs.len() {
            refused("L'un des postes choisis n'est plus ouvert. Vérifiez votre choix.")
        } else if spontaneous && !open.takes_spontaneous() {
            refused("Cet employeur ne prend pas de candidature spontanée. Choisissez un poste.")
        } else if !spontaneous && chosen.is_empty() {
            refused("Choisissez au moins un poste, ou une candidature spontanée.")
        } else {
            Ok(chosen)
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/jobs.html")]
pub struct JobsPage {
    layout: Layout,
    step: StepHeader,
    choices: Vec<Choice>,
    closed: Option<Closed>,
    errors: FieldErrors,
}

impl JobsPage {
    /// What closed since the choice was made, and what becomes of the rest (D35).
    fn told(&self) -> Option<&'static str> {
        self.closed.map(|closed| match closed {
            Closed::Jobs => {
                "L'un des postes que vous aviez choisis n'est plus ouvert. Choisissez à nouveau\u{a0}: ce que vous avez \
                 déjà écrit est gardé."
            }
            Closed::Spontaneous => {
                "Cet employeur ne prend plus de candidature spontanée. Choisissez un poste\u{a0}: ce que vous avez déjà \
                 écrit est gardé."
            }
        })
    }

    fn new(step: Opened, ticked: &[String], errors: FieldErrors) -> Self {
        let open = &step.open;
        let mut choices: Vec<_> = open
            .company
            .jobs
            .iter()
            .map(|job| {
                Choice::new(job.id.to_string(), &job.name)
                    .with_hint(hint(job))
                    .selected_if(ticked.contains(&job.id.to_string()))
            })
            .collect();
        if open.takes_spontaneous() {
            let spontaneous = Choice::new(SPONTANEOUS, "Candidature spontanée")
                .with_hint("Aucun poste en particulier\u{a0}: l'employeur proposera.")
                .selected_if(ticked.iter().any(|value| value == SPONTANEOUS));
            choices.push(spontaneous);
        }
        let closed = open.closed();
        Self { step: step.header(), layout: step.layout, choices, closed, errors }
    }
}

fn hint(job: &OpenJob) -> String {
    let hours = job.weekly_hours.map(|hours| format!(" · {hours}\u{a0}h par semaine")).unwrap_or_default();
    let cv = if job.cv_required { " · CV attendu" } else { "" };
    let few = if job.few_applications { " · Soyez parmi les premiers à postuler" } else { "" };
    format!("{} · {}{hours}{cv}{few}", job.place, job.contract_type.label())
}

/// Shows the posts, those chosen before ticked; else a spontaneous application when it is taken.
pub async fn get(_: DraftJobsPath, step: Opened) -> PageResult {
    let mut ticked: Vec<String> = step.open.draft.jobs.iter().map(ToString::to_string).collect();
    if ticked.is_empty() && step.open.takes_spontaneous() {
        ticked.push(SPONTANEOUS.to_owned());
    }
    ok(&JobsPage::new(step, &ticked, FieldErrors::default()))
}

/// Keeps the choice.
pub async fn post(
    _: DraftJobsPath,
    State(state): State<WebState>,
    Posted { step, form }: Posted<JobsForm>,
) -> PageResult {
    match form.parse(&step.open) {
        Ok(jobs) => step.save(&state, StepChoice::Jobs(jobs)).await,
        Err(errors) => unprocessable(&JobsPage::new(step, &form.jobs, errors)),
    }
}
