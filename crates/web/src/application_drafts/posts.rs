//! The choice of posts for each employer: posts, or a spontaneous application (SUB-50 to SUB-52).

use iae_app::App;
use iae_app::applications::drafts::{self, ClosedChoice, MOST_POSTS, OpenApplication, OpenDraft, OpenJob};
use iae_domain::ids::{JobDescriptionId, OrganisationId};
use serde::Deserialize;

use super::messages;
use crate::choice::Choice;
use crate::forms::FieldErrors;
use crate::paths::EmployerPath;

/// The field of each employer, in their order: five at most.
const FIELDS: [&str; 5] = ["jobs", "jobs-2", "jobs-3", "jobs-4", "jobs-5"];

/// What is ticked: posts by their id, a spontaneous application by the id of its employer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct JobsForm {
    pub(super) jobs: Vec<String>,
    pub(super) spontaneous: Vec<String>,
}

impl JobsForm {
    /// What was chosen before; else a spontaneous application where it is taken.
    pub(super) fn chosen_in(open: &OpenDraft) -> Self {
        let mut form = Self::default();
        for one in &open.applications {
            form.jobs.extend(one.written.jobs.iter().map(ToString::to_string));
            if one.written.jobs.is_empty() && one.takes_spontaneous() {
                form.spontaneous.push(one.company.id.to_string());
            }
        }
        form
    }

    /// What is chosen, read against the posts that are open now.
    pub(super) async fn read(
        &self,
        app: &App,
        open: &OpenDraft,
    ) -> iae_app::Result<Result<Chosen, FieldErrors>> {
        let posts = open.applications.iter().flat_map(|one| &one.company.jobs);
        let offered: Vec<_> = posts.map(|job| job.id.to_string()).collect();
        let closed = self.jobs.iter().filter(|id| !offered.contains(id)).filter_map(|id| id.parse().ok());
        let closed_at = drafts::employers_of_posts(app, &closed.collect::<Vec<_>>()).await?;
        Ok(self.parse(open, &closed_at))
    }

    /// At least one choice for each employer; posts and a spontaneous application exclude each other, and posts win
    /// (SUB-51): what is ticked in advance never refuses a post. A post that closed meanwhile is said so at its employer
    /// (SUB-11). An employer that can get nothing asks for nothing.
    fn parse(&self, open: &OpenDraft, closed_at: &[OrganisationId]) -> Result<Chosen, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut chosen = vec![];
        for (field, one) in FIELDS.into_iter().zip(&open.applications) {
            // Of several employers, each mistake says whose it is: the summary stands away from the posts.
            let are_several = open.applications.len() > 1;
            let at = if are_several { format!(" chez {}", one.company.name) } else { String::new() };
            if closed_at.contains(&one.company.id) {
                errors.add(
                    field,
                    format!("L’un des postes choisis{at} n’est plus ouvert. Vérifiez votre choix."),
                );
            }
            match self.of(one) {
                Ok(jobs) => chosen.push((one.company.id, jobs)),
                Err(_) if are_several && open.check_one(one).is_err() => {}
                Err(NoPost::SpontaneousClosed) => {
                    let who = if are_several { one.company.name.as_str() } else { "Cet employeur" };
                    errors.add(
                        field,
                        format!("{who} ne prend pas de candidature spontanée. Choisissez un poste."),
                    );
                }
                Err(NoPost::NothingChosen) => {
                    errors.add(
                        field,
                        format!("Choisissez au moins un poste{at}, ou une candidature spontanée."),
                    );
                }
            }
        }
        errors.or(Some(chosen))
    }

    /// The posts of one employer; none is a spontaneous application.
    fn of(&self, one: &OpenApplication) -> Result<Vec<JobDescriptionId>, NoPost> {
        let posts = one.company.jobs.iter().map(|job| job.id);
        let chosen: Vec<_> = posts.filter(|id| self.jobs.contains(&id.to_string())).collect();
        let is_spontaneous = self.spontaneous.contains(&one.company.id.to_string());
        if !chosen.is_empty() || (is_spontaneous && one.takes_spontaneous()) {
            Ok(chosen)
        } else if is_spontaneous {
            Err(NoPost::SpontaneousClosed)
        } else {
            Err(NoPost::NothingChosen)
        }
    }
}

/// Why there is no choice for an employer.
enum NoPost {
    /// A spontaneous application, which it does not take.
    SpontaneousClosed,
    /// Nothing is ticked.
    NothingChosen,
}

/// The posts of each employer; none is a spontaneous application.
type Chosen = Vec<(OrganisationId, Vec<JobDescriptionId>)>;

/// The choice for one employer, as the page shows it.
pub(super) struct Posts {
    /// The name of its mistakes.
    pub field: &'static str,
    pub company: String,
    pub choices: Vec<Choice>,
    pub spontaneous: Option<Choice>,
    /// What closed since the choice was made, and what becomes of the rest (D35).
    pub told: Option<&'static str>,
    /// Why nothing can leave for it.
    pub refused: Option<String>,
    /// Its page, when it has more posts than are shown here.
    pub more: Option<String>,
}

impl Posts {
    /// Those of each employer of a draft, with what is ticked.
    pub(super) fn all(open: &OpenDraft, ticked: &JobsForm) -> Vec<Self> {
        let posts = |(field, one)| Self::new(open, ticked, field, one);
        FIELDS.into_iter().zip(&open.applications).map(posts).collect()
    }

    /// The employer takes nothing at the moment.
    pub(super) const fn is_empty(&self) -> bool {
        self.choices.is_empty() && self.spontaneous.is_none()
    }

    fn new(open: &OpenDraft, ticked: &JobsForm, field: &'static str, one: &OpenApplication) -> Self {
        let choice = |job: &OpenJob| {
            let id = job.id.to_string();
            let selected = ticked.jobs.contains(&id);
            Choice::new(id, &job.name).with_hint(hint(job)).selected_if(selected)
        };
        let choices: Vec<Choice> = one.company.jobs.iter().map(choice).collect();
        let company = one.company.id.to_string();
        let selected = ticked.spontaneous.contains(&company) && !choices.iter().any(|post| post.selected);
        let spontaneous = one.takes_spontaneous().then(|| {
            Choice::new(company, "Candidature spontanée")
                .with_hint("Aucun poste en particulier\u{a0}: l’employeur proposera.")
                .selected_if(selected)
        });
        let refused = (open.applications.len() > 1)
            .then(|| open.check_one(one).err())
            .flatten()
            .map(|refused| messages::refusal(open, one, refused).why);
        Self {
            field,
            company: one.company.name.clone(),
            choices,
            spontaneous,
            told: one.closed().map(told),
            refused,
            more: (one.company.jobs.len() >= MOST_POSTS)
                .then(|| EmployerPath { id: one.company.id }.to_string()),
        }
    }
}

const fn told(closed: ClosedChoice) -> &'static str {
    match closed {
        ClosedChoice::Jobs => {
            "L’un des postes que vous aviez choisis n’est plus ouvert. Choisissez à nouveau\u{a0}: ce que vous avez \
             déjà écrit est gardé."
        }
        ClosedChoice::Spontaneous => {
            "Cet employeur ne prend plus de candidature spontanée. Choisissez un poste\u{a0}: ce que vous avez déjà \
             écrit est gardé."
        }
    }
}

fn hint(job: &OpenJob) -> String {
    let hours = job.weekly_hours.map(|hours| format!(" · {hours}\u{a0}h par semaine")).unwrap_or_default();
    let cv = if job.cv_required { " · CV attendu" } else { "" };
    let few = if job.few_applications { " · Soyez parmi les premiers à postuler" } else { "" };
    format!("{} · {}{hours}{cv}{few}", job.place, job.contract_type.label())
}
