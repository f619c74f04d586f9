//! `/application-drafts/{id}/summary`: everything that will leave, before it leaves.

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::applications::drafts::{self, OpenDraft};
use iae_domain::Actor;
use iae_domain::applications::draft::{Advisor, Step};
use iae_domain::candidates::consent::SharedItem;

use super::step::{self, Opened, StepHeader};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::DraftSummaryPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/summary.html")]
pub struct SummaryPage {
    layout: Layout,
    step: StepHeader,
    jobs: Vec<String>,
    message: String,
    has_cv: bool,
    is_candidate: bool,
    is_own_company: bool,
    shared: Vec<SharedItem>,
    advisor: String,
    mails: Mails,
    eligibility: bool,
    shows_eligibility: bool,
}

impl SummaryPage {
    fn href(&self, step: Step) -> String {
        step::href(self.step.id, step)
    }

    fn button(&self) -> String {
        if self.is_own_company {
            "Enregistrer la candidature".to_owned()
        } else {
            format!("Envoyer la candidature à {}", self.step.company)
        }
    }
}

/// Who is told by mail as the application leaves: whoever has an address.
struct Mails {
    employer: bool,
    person: bool,
    sender: bool,
}

impl Mails {
    fn of(open: &OpenDraft) -> Self {
        let person = open.candidate.as_ref().is_some_and(|person| person.email.is_some());
        Self {
            employer: open.company.is_told,
            person: person && !open.is_candidate(),
            sender: open.draft.author_is_told,
        }
    }

    /// « Un e-mail sera envoyé à l'employeur, à la personne et à vous-même. »; empty when nobody has an address.
    fn sentence(&self) -> String {
        let told =
            [(self.employer, "à l'employeur"), (self.person, "à la personne"), (self.sender, "à vous-même")];
        let told: Vec<&str> = told.iter().filter(|(is_told, _)| *is_told).map(|(_, to)| *to).collect();
        match told.split_last() {
            None => String::new(),
            Some((last, [])) => format!("Un e-mail sera envoyé {last}."),
            Some((last, before)) => format!("Un e-mail sera envoyé {} et {last}.", before.join(", ")),
        }
    }
}

/// Who accompanies the person, in words.
async fn advisor(state: &WebState, ctx: &Ctx<Actor>, open: &OpenDraft) -> PageResult<String> {
    Ok(match open.draft.message.advisor {
        Advisor::Sender => "Vous-même".to_owned(),
        Advisor::Unlisted => "Non référencé sur le service".to_owned(),
        Advisor::Colleague(user) => {
            let colleagues = drafts::colleagues(state, ctx).await?;
            let named = colleagues.into_iter().find(|colleague| colleague.user == user);
            named.map_or_else(|| "Vous-même".to_owned(), |colleague| colleague.name)
        }
    })
}

/// Shows what will be sent.
pub async fn get(_: DraftSummaryPath, State(state): State<WebState>, step: Opened) -> PageResult {
    let open = &step.open;
    ok(&SummaryPage {
        step: step.header(),
        jobs: jobs(open),
        message: open.draft.message.text.clone(),
        has_cv: open.draft.has_cv,
        is_candidate: open.is_candidate(),
        is_own_company: open.is_own_company(),
        shared: open.sharing().items.clone(),
        advisor: advisor(&state, &step.ctx, open).await?,
        mails: Mails::of(open),
        eligibility: open.steps().contains(&Step::Eligibility),
        shows_eligibility: open.shows_eligibility(),
        layout: step.layout,
    })
}

fn jobs(open: &OpenDraft) -> Vec<String> {
    let chosen = open.company.jobs.iter().filter(|job| open.draft.jobs.contains(&job.id));
    chosen.map(|job| format!("{} ({})", job.name, job.place)).collect()
}
