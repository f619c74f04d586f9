//! `/application-drafts/{id}/summary`: everything that will leave, before it leaves.

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::applications::drafts::{self, OpenApplication, OpenDraft};
use iae_domain::Actor;
use iae_domain::applications::draft::{Advisor, MOST_EMPLOYERS, Step};
use iae_domain::candidates::consent::SharedItem;

use super::messages::{self, listed};
use super::step::{self, Opened, StepHeader};
use super::submission::SubmissionForm;
use crate::choice::Choice;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::DraftSummaryPath;
use crate::state::WebState;

/// One employer.
struct Employer {
    id: String,
    name: String,
    jobs: String,
    /// Why nothing can leave for it.
    refused: Option<String>,
}

impl Employer {
    fn new(open: &OpenDraft, one: &OpenApplication) -> Self {
        let chosen = one.company.jobs.iter().filter(|job| one.written.jobs.contains(&job.id));
        let jobs: Vec<_> = chosen.map(|job| format!("{} ({})", job.name, job.place)).collect();
        let refused = open.check_one(one).err();
        Self {
            id: one.company.id.to_string(),
            name: one.company.name.clone(),
            jobs: if jobs.is_empty() { "Candidature spontanée".to_owned() } else { jobs.join(", ") },
            refused: refused.map(|refused| messages::refusal(open, one, refused).why),
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/summary.html")]
pub struct SummaryPage {
    layout: Layout,
    step: StepHeader,
    employers: Vec<Employer>,
    /// Those that receive it, named.
    receivers: String,
    may_add: bool,
    message: String,
    has_cv: bool,
    is_candidate: bool,
    is_own_company: bool,
    told: String,
    shared: Vec<SharedItem>,
    informed: bool,
    consents: Vec<Choice>,
    advisor: String,
    mails: Mails,
    eligibility: bool,
    shows_eligibility: bool,
    errors: FieldErrors,
}

impl SummaryPage {
    /// Everything that will leave, with what was ticked.
    pub(super) async fn new(
        state: &WebState,
        ctx: &Ctx<Actor>,
        (layout, open): (Layout, &OpenDraft),
        ticked: &SubmissionForm,
        errors: FieldErrors,
    ) -> PageResult<Self> {
        let leaving = || open.applications.iter().filter(|one| open.check_one(one).is_ok());
        let consent = |one: &OpenApplication| {
            let (id, name) = (one.company.id.to_string(), &one.company.name);
            let is_ticked = ticked.consents.contains(&id);
            let agrees = "La personne est d’accord pour que ces informations soient transmises à";
            Choice::new(id, format!("{agrees} {name}.")).selected_if(is_ticked)
        };
        Ok(Self {
            step: StepHeader::of(open, Step::Summary),
            employers: open.applications.iter().map(|one| Employer::new(open, one)).collect(),
            receivers: listed(&leaving().map(|one| &one.company.name).collect::<Vec<_>>()),
            may_add: open.applications.len() < MOST_EMPLOYERS,
            message: open.draft.message.text.clone(),
            has_cv: open.draft.has_cv,
            is_candidate: open.is_candidate(),
            is_own_company: open.is_message_optional(),
            told: open.mark(),
            shared: open.sharing().items.clone(),
            informed: !ticked.informed.is_empty(),
            consents: leaving().map(consent).collect(),
            advisor: advisor(state, ctx, open).await?,
            mails: Mails::of(open),
            eligibility: open.steps().contains(&Step::Eligibility),
            shows_eligibility: open.shows_eligibility(),
            errors,
            layout,
        })
    }

    fn href(&self, step: Step) -> String {
        step::href(self.step.id, step)
    }

    /// How many employers receive it.
    fn leaving(&self) -> usize {
        self.employers.iter().filter(|one| one.refused.is_none()).count()
    }

    fn button(&self) -> String {
        match self.leaving() {
            1 if self.is_own_company => "Enregistrer la candidature".to_owned(),
            1 => format!("Envoyer la candidature à {}", self.receivers),
            leaving => format!("Envoyer les {leaving} candidatures"),
        }
    }

    /// What each employer gets, those that can get nothing set apart.
    fn each(&self) -> String {
        let same = if self.has_cv { "avec le même message et le même CV" } else { "avec le même message" };
        match self.leaving() {
            all if all == self.employers.len() => format!("Chacun reçoit sa propre candidature, {same}."),
            1 => format!("Un seul peut la recevoir\u{a0}: {}.", self.receivers),
            _ => format!("{} reçoivent chacun leur propre candidature, {same}.", self.receivers),
        }
    }
}

/// Who is told by mail as the application leaves: whoever has an address.
struct Mails {
    employer: bool,
    several: bool,
    person: bool,
    sender: bool,
}

impl Mails {
    fn of(open: &OpenDraft) -> Self {
        let person = open.candidate.as_ref().is_some_and(|person| person.email.is_some());
        let leaving = || open.applications.iter().filter(|one| open.check_one(one).is_ok());
        Self {
            employer: leaving().any(|one| one.company.is_told),
            several: leaving().count() > 1,
            person: person && !open.is_candidate(),
            sender: open.draft.author_is_told,
        }
    }

    /// « Un e-mail sera envoyé à l’employeur, à la personne et à vous-même. »; empty when nobody has an address.
    fn sentence(&self) -> String {
        let to = if self.several { "à chaque employeur" } else { "à l’employeur" };
        let told = [(self.employer, to), (self.person, "à la personne"), (self.sender, "à vous-même")];
        let told: Vec<&str> = told.iter().filter(|(is_told, _)| *is_told).map(|(_, to)| *to).collect();
        if told.is_empty() {
            return String::new();
        }
        format!("Un e-mail sera envoyé {}.", listed(&told))
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
    let (layout, open) = (step.layout, &step.open);
    let nothing = SubmissionForm::default();
    ok(&SummaryPage::new(&state, &step.ctx, (layout, open), &nothing, FieldErrors::default()).await?)
}
