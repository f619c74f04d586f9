//! `/applications/{id}/acceptance`: contract and eligibility, a recap that writes nothing, then the hire (02 §6).

mod attempt;
mod choices;
mod eligibility;
mod form;
mod messages;
mod new_job;
mod person;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::App;
use iae_app::applications::Preview;
use iae_app::applications::detail::{ApplicationDetail, Colleague, Post, hire_choices};
use iae_app::eligibility::queries::{CriterionProof, criteria};
use iae_domain::applications::accept::LATEST_START_MONTHS;
use iae_domain::applications::{Accept, Transition};
use iae_domain::eligibility::{Criterion, Level, Withdrawn};
use iae_domain::ids::UserId;
use iae_domain::time::{add_months, paris_date};

use self::attempt::Attempt;
use self::eligibility::Eligibility;
pub use self::form::AcceptanceForm;
use self::new_job::FoundJob;
use self::person::{Asked, Given};
use super::messages::waiting_period;
use super::received::{PostedAnswer, ReceivedApplication, Seen};
use crate::choice::Choice;
use crate::error::{PageResult, forbidden, ok, page_with};
use crate::filters;
use crate::forms::FieldErrors;
use crate::french;
use crate::french::spaced;
use crate::layout::Layout;
use crate::paths::AcceptancePath;
use crate::state::WebState;
use crate::transition::NotDone;

/// The page where the contract is written.
#[derive(Template)]
#[template(path = "applications/acceptance.html")]
pub struct AcceptancePage {
    layout: Layout,
    application: ApplicationDetail,
    seen: Seen,
    asked: Asked,
    posts: Vec<Post>,
    colleagues: Vec<Colleague>,
    found: FoundJob,
    user: UserId,
    eligibility: Eligibility,
    criteria: Vec<CriterionProof>,
    form: AcceptanceForm,
    errors: FieldErrors,
    today: NaiveDate,
}

/// The page that says what will happen.
#[derive(Template)]
#[template(path = "applications/acceptance_recap.html")]
pub struct RecapPage {
    layout: Layout,
    application: ApplicationDetail,
    seen: Seen,
    person: Vec<(&'static str, String)>,
    job: String,
    advisor: String,
    form: AcceptanceForm,
    contract: Accept,
    sentence: String,
    /// That the contract goes on after the PASS.
    outlasts: Option<String>,
    accept: &'static str,
}

impl RecapPage {
    fn criteria(&self) -> Vec<Criterion> {
        self.form.ticked().collect()
    }
}

impl AcceptancePage {
    /// The criteria of a level, each with the proof to keep beside it.
    fn criteria_of(&self, level: Level) -> Vec<Choice> {
        let choice = |known: &CriterionProof| {
            let selected = self.form.ticked().any(|ticked| ticked == known.criterion);
            let age = known.max_age_months.map(|months| format!(", de moins de {months} mois"));
            Choice::new(known.criterion.code(), known.criterion.label())
                .with_hint(format!("Justificatif\u{a0}: {}{}.", known.proof, age.unwrap_or_default()))
                .selected_if(selected)
        };
        self.criteria.iter().filter(|known| known.criterion.level() == level).map(choice).collect()
    }

    fn level_1(&self) -> Vec<Choice> {
        self.criteria_of(Level::One)
    }

    fn level_2(&self) -> Vec<Choice> {
        self.criteria_of(Level::Two)
    }

    /// Whether the PASS will not be issued by the click, as far as the file says.
    fn awaits_manual_delivery(&self) -> bool {
        self.eligibility.awaits_manual_delivery(self.application.person.identification)
    }

    /// Beside the number, when the file says why it was missing: it may still be given.
    fn nir_hint(&self) -> Option<String> {
        let reason = self.asked.nir_missing_reason?.label();
        Some(format!(
            "15 caractères, clé comprise. Le dossier dit\u{a0}: «\u{a0}{reason}\u{a0}». Laissez vide si rien n’a changé."
        ))
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn day(&self, at: &DateTime<Utc>) -> NaiveDate {
        paris_date(*at)
    }

    /// Why nobody can be hired today, when the person waits for a new PASS.
    fn waiting_period(&self) -> Option<String> {
        self.eligibility.waiting_until().map(|until| waiting_period(until, false))
    }

    /// Why the company does not hire this person today: it may not prescribe to itself, and nothing else stands.
    fn withdrawn(&self) -> Option<Withdrawn> {
        self.eligibility.withdrawn()
    }

    /// Whether nothing can be posted today.
    fn is_closed(&self) -> bool {
        self.waiting_period().is_some() || self.withdrawn().is_some()
    }

    fn latest_start(&self) -> NaiveDate {
        add_months(self.today, LATEST_START_MONTHS)
    }

    /// The first day a contract may have; none for those that may hire in the past.
    fn earliest_start(&self) -> String {
        let is_free = self.application.company.kind.may_hire_in_the_past();
        if is_free { String::new() } else { self.today.to_string() }
    }

    fn start_hint(&self) -> String {
        let from = if self.earliest_start().is_empty() { "Jusqu’au" } else { "D’aujourd’hui au" };
        format!("{from} {}", french::date(self.latest_start()))
    }

    fn level_2_required(&self) -> usize {
        self.application.company.kind.level_2_criteria_required().unwrap_or_default()
    }
}

/// Asks for the contract, and for what eligibility still lacks; 403 with the explanation when nobody can be hired (ACC-4, ACC-5).
pub async fn get(
    _: AcceptancePath,
    State(state): State<WebState>,
    received: ReceivedApplication,
) -> PageResult {
    let received = received.to(&state, Transition::Accept).await?;
    let mut page = AcceptancePage::of(&state, &received, AcceptanceForm::default()).await?;
    if page.is_closed() {
        return forbidden(&page);
    }
    let mut applied_for = page.posts.iter().filter(|post| post.applied_for);
    if let (Some(only), None) = (applied_for.next(), applied_for.next()) {
        page.form.job = only.id.to_string();
    }
    if let Some(nir) = page.application.person.nir.as_ref().filter(|_| page.asked.missing.birth_place) {
        page.form.file.born_as_said_by(nir, &state, page.today).await?;
    }
    ok(&page)
}

/// Step « confirm » hires; step « edit » comes back to the form; any other shows the recap, and writes nothing (ACC-1).
/// Each reads the whole form again (ACC-2); none is any use during a waiting period without a way out (ACC-4), nor while the company
/// would have to prescribe to itself and may not (ACC-5). When someone acted meanwhile, or the person was just hired
/// elsewhere, the recap says it and asks again (D32; 03 §8, C3).
pub async fn post(
    _: AcceptancePath,
    State(state): State<WebState>,
    PostedAnswer { received, form }: PostedAnswer<AcceptanceForm>,
) -> PageResult {
    let mut received = received.to(&state, Transition::Accept).await?;
    let mut page = AcceptancePage::of(&state, &received, form).await?;
    if page.is_closed() {
        return forbidden(&page);
    }
    if page.form.step == "edit" {
        return ok(&page);
    }
    let mut status = StatusCode::OK;
    let mut attempt = page.attempt(&state, &received, page.form.step == "confirm").await;
    if let Err(NotDone::Overtaken(overtaken)) = attempt {
        received = received.reread(&state, overtaken).await?;
        page = AcceptancePage::of(&state, &received, page.form).await?;
        status = StatusCode::CONFLICT;
        attempt = page.attempt(&state, &received, false).await;
    }
    match attempt {
        // It was decided of the company since, or what stood without its word no longer does.
        Ok(Attempt::Withdrawn(withdrawn)) => {
            forbidden(&AcceptancePage { eligibility: Eligibility::Withdrawn(withdrawn), ..page })
        }
        Ok(Attempt::Hired(pass)) => {
            let told = messages::done(pass, page.eligibility.is_to_validate());
            received.done("Candidature acceptée", &told).await
        }
        Ok(Attempt::Recap(recap)) => {
            let (preview, hire, given) = *recap;
            page_with(status, &page.recap(preview, hire.contract, &given))
        }
        Err(not_done) => not_done.again(|errors| AcceptancePage { errors, ..page }),
    }
}

impl AcceptancePage {
    async fn of(app: &App, received: &ReceivedApplication, mut form: AcceptanceForm) -> PageResult<Self> {
        let application = received.application.clone();
        let today = received.ctx.today();
        let asked = Asked::of(&application.person);
        asked.look_up(app, &mut form.file, &application.person).await?;
        let eligibility = Eligibility::of(&application, today);
        let found = FoundJob::of(app, &form).await?;
        let (posts, colleagues) = hire_choices(&app.db, &application).await?;
        let criteria = if eligibility.is_to_validate() { criteria(&app.db).await? } else { Vec::new() };
        Ok(Self {
            layout: received.layout.clone(),
            asked,
            posts,
            colleagues,
            found,
            user: received.ctx.actor.user,
            application,
            seen: received.seen.clone(),
            eligibility,
            criteria,
            form,
            errors: FieldErrors::default(),
            today,
        })
    }

    fn recap(self, preview: Preview, contract: Accept, given: &Given) -> RecapPage {
        let job = self.posts.iter().find(|post| Some(post.id) == contract.job);
        let job = job.map(|post| post.name.clone());
        let job = job.or_else(|| self.found.words(&self.form)).unwrap_or_default();
        let advisor = self.advisors().into_iter().find(|choice| choice.selected);
        RecapPage {
            job,
            advisor: advisor.map(|choice| choice.label).unwrap_or_default(),
            outlasts: messages::outlasts(preview.pass, &contract),
            sentence: spaced(&messages::recap(preview, &self.application.person.name)),
            accept: messages::accept_button(preview.pass),
            person: given.rows(),
            layout: self.layout,
            application: self.application,
            seen: self.seen,
            form: self.form,
            contract,
        }
    }
}
