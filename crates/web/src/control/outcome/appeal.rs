//! `/controls/{id}/appeal`: after an appeal, a DDETS annuls or corrects its decision; another takes its place, both are kept (rule book
//! 04 §1.15).

mod form;
mod heavier;
mod recap;
mod step;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use iae_app::control::controls::queries::review::{ControlPage, control};
use iae_app::control::controls::{InForce, Replacement, decision_in_force, replace};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{DecisionRefused, Outcome};
use iae_domain::ids::ControlId;
use tower_sessions::Session;

use form::Asked;
use step::{Next, Step};

use super::sanction::{OutcomeForm, days_refused};
use super::{Controller, last_said};
use crate::control::origin;
use crate::error::{PageError, PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ControlAppealPath, ControlOutcomePath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/outcome/appeal.html")]
pub struct AppealPage {
    layout: Layout,
    of: ControlPage,
    in_force: InForce,
    step: Step,
    form: OutcomeForm,
    /// What would be done, at the last step.
    asked: Option<Asked>,
    today: NaiveDate,
    /// What was decided since the page was read (D32).
    news: Option<String>,
    errors: FieldErrors,
}

impl AppealPage {
    /// The decision in force, to be replaced; a control without any has nothing to appeal.
    async fn load(app: &App, ctx: &Ctx<InspectorActor>, layout: Layout, id: ControlId) -> PageResult<Self> {
        let of = control(app, ctx, id).await?;
        let in_force = decision_in_force(app, &of.control).await?.ok_or(PageError::NotFound)?;
        let form = form::of(&in_force.decision, &of.control);
        let (today, errors) = (ctx.today(), FieldErrors::default());
        Ok(Self { layout, of, in_force, step: Step::Act, form, asked: None, today, news: None, errors })
    }

    /// Where it comes from.
    fn origin(&self) -> (&'static str, String) {
        origin(self.of.control.campaign, self.of.campaign_in_view)
    }

    /// Whether the decision in force annuls the one before: nothing is left to annul.
    fn is_annulled(&self) -> bool {
        self.in_force.decision.outcome().is_none()
    }

    /// Whether what is asked is done already: it annuls what a colleague annulled.
    fn is_done(&self) -> bool {
        self.is_annulled() && form::annuls(&self.form)
    }

    /// The same, as it was filled, once another decision took the place of the one it was made from; the decision, when nothing is left
    /// to annul: what annuls is never asked again as what would decide anew.
    async fn overtaken(mut self, session: &Session) -> PageResult {
        let last = last_said(&self.in_force);
        if self.is_done() {
            let said = format!("{last} Rien de plus n’a été enregistré.");
            let decision = ControlOutcomePath { id: self.of.control.id };
            return flash::done(session, "La décision est déjà annulée", said, decision).await;
        }
        self.form.seen = self.in_force.decision.id.to_string();
        self.step = Step::Act;
        self.news = Some(format!("{last} Ce que vous venez d’envoyer n’a pas été enregistré."));
        page_with(StatusCode::CONFLICT, &self)
    }
}

/// Shows the decision in force, to be annulled or corrected.
pub async fn get(
    ControlAppealPath { id }: ControlAppealPath,
    State(state): State<WebState>,
    Controller(ctx): Controller,
    layout: Layout,
) -> PageResult {
    ok(&AppealPage::load(&state, &ctx, layout, id).await?)
}

/// Goes from step to step, then replaces it. When a colleague did meanwhile, says so, and asks again (409, D32), but for what both annul.
pub async fn post(
    ControlAppealPath { id }: ControlAppealPath,
    State(state): State<WebState>,
    Controller(ctx): Controller,
    session: Session,
    layout: Layout,
    Form(form): Form<OutcomeForm>,
) -> PageResult {
    let page = AppealPage { form, ..AppealPage::load(&state, &ctx, layout, id).await? };
    let seen = page.in_force.decision.id;
    if page.is_done() || page.form.seen != seen.to_string() {
        return page.overtaken(&session).await;
    }
    let (why, decided) = match step::next(&page.form, page.known(), page.is_annulled()) {
        Next::Show(step, errors) if errors.is_empty() => return ok(&AppealPage { step, ..page }),
        Next::Show(step, errors) => return unprocessable(&AppealPage { step, errors, ..page }),
        Next::Read(asked) => return ok(&AppealPage { step: Step::Recap, asked: Some(asked), ..page }),
        Next::Replace(asked) => asked,
    };
    let (title, told) = form::done(&decided, &page.of.company);
    match replace(&state, &ctx, id, Replacement { seen, why, decided }).await {
        Ok(()) => flash::done(&session, title, told, ControlOutcomePath { id }).await,
        Err(Failure::Refused(DecisionRefused::NotInForce)) => {
            let AppealPage { layout, form, .. } = page;
            let page = AppealPage { form, ..AppealPage::load(&state, &ctx, layout, id).await? };
            page.overtaken(&session).await
        }
        Err(Failure::Refused(DecisionRefused::Days(refused))) => {
            unprocessable(&AppealPage { step: Step::Decision, errors: days_refused(refused), ..page })
        }
        Err(Failure::Refused(
            DecisionRefused::NotNegative | DecisionRefused::Notified | DecisionRefused::NothingToAnnul,
        )) => Err(PageError::NotFound),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
