//! `/applications/{id}/acceptance`: contract and eligibility, a recap that writes nothing, then the hire (02 §6).

mod eligibility;

use askama::Template;
use axum::extract::State;
use axum_extra::routing::TypedPath;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::Ctx;
use iae_app::applications::detail::{ApplicationDetail, Post, detail, posts};
use iae_app::applications::{accept, preview};
use iae_domain::actor::EmployerActor;
use iae_domain::applications::accept::LATEST_START_MONTHS;
use iae_domain::applications::{Accept, Transition};
use iae_domain::eligibility::{Criteria, Criterion, Level};
use iae_domain::ids::ApplicationId;
use iae_domain::text::NonBlank;
use iae_domain::time::{add_months, paris_date};
use serde::Deserialize;
use tower_sessions::Session;

use self::eligibility::Eligibility;
use super::messages;
use super::show::ShowPath;
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, see_other, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::state::WebState;

/// The page and the action.
#[derive(TypedPath, Deserialize)]
#[typed_path("/applications/{id}/acceptance", rejection(PageError))]
pub struct AcceptancePath {
    /// The application.
    pub id: ApplicationId,
}

/// The page where the contract is written.
#[derive(Template)]
#[template(path = "applications/acceptance.html")]
pub struct AcceptancePage {
    layout: Layout,
    application: ApplicationDetail,
    posts: Vec<Post>,
    eligibility: Eligibility,
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
    job: String,
    form: AcceptanceForm,
    command: Accept,
    sentence: String,
    accept: &'static str,
}

/// What is asked.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct AcceptanceForm {
    starts_on: String,
    ends_on: String,
    job: String,
    answer: String,
    level_1_criteria: Vec<String>,
    level_2_criteria: Vec<String>,
    step: String,
}

impl AcceptanceForm {
    /// The contract; what the rules then refuse is said beside the same fields.
    fn parse(&self, posts: &[Post]) -> Result<Accept, FieldErrors> {
        let mut errors = FieldErrors::default();
        let starts_on: Option<NaiveDate> = self.starts_on.parse().ok();
        if starts_on.is_none() {
            errors.add("starts_on", "Indiquez le premier jour du contrat.");
        }
        let ends_on: Option<NaiveDate> = self.ends_on.parse().ok();
        if ends_on.is_none() && !self.ends_on.is_empty() {
            errors.add("ends_on", "Cette date n'existe pas.");
        }
        let job = posts.iter().find(|post| post.id.to_string() == self.job).map(|post| post.id);
        if job.is_none() && !self.job.is_empty() {
            errors.add("job", "Ce poste n'est pas proposé : choisissez-en un de la liste.");
        }
        let answer = NonBlank::parse(&self.answer);
        errors.or(starts_on.map(|starts_on| Accept { starts_on, ends_on, job, answer }))
    }

    /// The criteria ticked, when the company makes its own diagnosis.
    fn criteria(&self, eligibility: &Eligibility) -> Result<Option<Criteria>, FieldErrors> {
        if !eligibility.is_to_validate() {
            return Ok(None);
        }
        let criteria = Criteria::choose(self.ticked()).map_err(|conflict| {
            FieldErrors::one("level_1_criteria", messages::criteria_conflict(conflict))
        })?;
        Ok(Some(criteria))
    }

    fn ticked(&self) -> impl Iterator<Item = Criterion> {
        let codes = self.level_1_criteria.iter().chain(&self.level_2_criteria);
        codes.filter_map(|code| Criterion::parse(code))
    }
}

impl RecapPage {
    fn criteria(&self) -> Vec<Criterion> {
        self.form.ticked().collect()
    }
}

impl AcceptancePage {
    fn jobs(&self) -> Vec<Choice> {
        let choice = |post: &Post| {
            let selected = self.form.job == post.id.to_string();
            Choice::new(post.id.to_string(), &post.name).selected_if(selected)
        };
        self.posts.iter().map(choice).collect()
    }

    /// The criteria of a level, each with the proof to keep beside it.
    fn criteria(&self, level: Level) -> Vec<Choice> {
        let choice = |criterion: &Criterion| {
            let selected = self.form.ticked().any(|ticked| ticked == *criterion);
            Choice::new(criterion.code(), criterion.label())
                .with_hint(format!("Justificatif : {}.", eligibility::proof(*criterion)))
                .selected_if(selected)
        };
        Criterion::ALL.iter().filter(|criterion| criterion.level() == level).map(choice).collect()
    }

    fn level_1(&self) -> Vec<Choice> {
        self.criteria(Level::One)
    }

    fn level_2(&self) -> Vec<Choice> {
        self.criteria(Level::Two)
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn day(&self, at: &DateTime<Utc>) -> NaiveDate {
        paris_date(*at)
    }

    /// Why nobody can be hired today, when the person waits for a new PASS.
    fn waiting_period(&self) -> Option<String> {
        self.eligibility.waiting_until().map(messages::waiting_period)
    }

    fn latest_start(&self) -> NaiveDate {
        add_months(self.today, LATEST_START_MONTHS)
    }

    fn level_2_required(&self) -> usize {
        self.application.company.kind.level_2_criteria_required().unwrap_or_default()
    }
}

/// Asks for the contract, and for what eligibility still lacks.
pub async fn get(
    AcceptancePath { id }: AcceptancePath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    let mut page = page(&state, &ctx, layout, id, AcceptanceForm::default()).await?;
    let mut applied_for = page.posts.iter().filter(|post| post.applied_for);
    if let (Some(only), None) = (applied_for.next(), applied_for.next()) {
        page.form.job = only.id.to_string();
    }
    ok(&page)
}

/// Step « confirm » hires; step « edit » comes back to the form; any other shows the recap, and writes nothing (ACC-1).
pub async fn post(
    AcceptancePath { id }: AcceptancePath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
    session: Session,
    Form(form): Form<AcceptanceForm>,
) -> PageResult {
    let mut page = page(&state, &ctx, layout, id, form).await?;
    if page.form.step == "edit" {
        return ok(&page);
    }
    let parsed = page
        .form
        .parse(&page.posts)
        .and_then(|command| page.form.criteria(&page.eligibility).map(|criteria| (command, criteria)));
    let (command, criteria) = match parsed {
        Ok(parsed) => parsed,
        Err(errors) => {
            page.errors = errors;
            return unprocessable(&page);
        }
    };
    if page.form.step == "confirm" {
        return match accept(&state, &ctx, id, command, criteria).await {
            Ok(()) => {
                flash::success(&session, "Candidature acceptée", page.eligibility.done()).await?;
                see_other(ShowPath { id }.to_string())
            }
            Err(error) => {
                page.errors = messages::accept_refused(error, id)?;
                unprocessable(&page)
            }
        };
    }
    match preview(&state, &ctx, id, command.clone(), criteria).await {
        Ok(preview) => {
            let sentence = messages::recap(preview, &page.application.person.name);
            let label = messages::accept_button(preview.pass);
            let job = page.posts.iter().find(|post| Some(post.id) == command.job);
            let job = job.map(|post| post.name.clone()).unwrap_or_default();
            let AcceptancePage { layout, application, form, .. } = page;
            ok(&RecapPage { layout, application, job, form, command, sentence, accept: label })
        }
        Err(error) => {
            page.errors = messages::accept_refused(error, id)?;
            unprocessable(&page)
        }
    }
}

async fn page(
    state: &WebState,
    ctx: &Ctx<EmployerActor>,
    layout: Layout,
    id: ApplicationId,
    form: AcceptanceForm,
) -> Result<AcceptancePage, PageError> {
    let application = messages::received(detail(&state.db, &ctx.any(), id).await?, Transition::Accept)?;
    let posts = posts(&state.db, &application).await?;
    let eligibility = Eligibility::of(&application, ctx.today());
    let (today, errors) = (ctx.today(), FieldErrors::default());
    Ok(AcceptancePage { layout, application, posts, eligibility, form, errors, today })
}
