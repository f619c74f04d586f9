//! `/controls/{id}/sanction`: a DDETS decides of a negative result, step by step (rule book 04 §1.15): its reason, the sanctions, what
//! each needs, then what will be notified, read before it is.

mod details;
mod form;
mod messages;
mod notify;
mod recap;
mod step;

use askama::Template;
use axum::extract::State;
use iae_app::control::controls::queries::review::{ControlPage, control};
use iae_app::{App, Ctx};
use iae_domain::actor::InspectorActor;
use iae_domain::control::Outcome;
use tower_sessions::Session;

pub(super) use details::{Details, reasons, sanctions};
pub(super) use form::{Known, OutcomeForm, words};
pub(super) use messages::{days as days_refused, told};
use notify::{already, meanwhile, notify};
use recap::Recap;
pub(super) use recap::{by_mail, decided, sanctioned};
use step::{Next, Step, TOTAL};

use super::Controller;
use super::card::DecisionAside;
use crate::choice::Choice;
use crate::error::{PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::ControlSanctionPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/outcome/sanction.html")]
pub struct SanctionPage {
    layout: Layout,
    of: ControlPage,
    aside: DecisionAside,
    step: Step,
    form: OutcomeForm,
    /// What would be notified, at the last step.
    outcome: Option<Outcome>,
    errors: FieldErrors,
}

impl SanctionPage {
    async fn load(
        app: &App,
        ctx: &Ctx<InspectorActor>,
        layout: Layout,
        of: ControlPage,
        step: Step,
    ) -> PageResult<Self> {
        let mut aside = DecisionAside::load(app, ctx, &of.control).await?;
        aside.is_opened = step == Step::Result;
        let (form, outcome, errors) = (OutcomeForm::default(), None, FieldErrors::default());
        Ok(Self { layout, of, aside, step, form, outcome, errors })
    }

    fn reasons(&self) -> Vec<Choice> {
        reasons(&self.form)
    }

    fn sanctions(&self) -> Vec<Choice> {
        sanctions(&self.form)
    }

    fn details(&self) -> Details {
        Details::of_chosen(&self.form, &self.of, self.aside.today)
    }

    fn recap(&self) -> Option<Recap> {
        self.outcome.as_ref().map(|outcome| Recap::of(outcome, &self.of, self.aside.today))
    }

    /// What the other steps said.
    fn kept(&self) -> Vec<(&'static str, String)> {
        let shown = match self.step {
            Step::Result => vec!["reason", "comment"],
            Step::Choice => vec!["sanctions"],
            Step::Details => self.details().names(),
            Step::Recap => vec![],
        };
        self.form.kept(&shown, &self.of.control)
    }
}

/// Asks for the reason of the result, as long as it waits for its decision; once there is one, leads to it.
pub async fn get(
    ControlSanctionPath { id }: ControlSanctionPath,
    State(state): State<WebState>,
    Controller(ctx): Controller,
    session: Session,
    layout: Layout,
) -> PageResult {
    let of = control(&state, &ctx, id).await?;
    if !of.control.awaits_decision() {
        return already(&state, &session, &of).await;
    }
    ok(&SanctionPage::load(&state, &ctx, layout, of, Step::Result).await?)
}

/// Goes from step to step, then decides.
pub async fn post(
    ControlSanctionPath { id }: ControlSanctionPath,
    State(state): State<WebState>,
    Controller(ctx): Controller,
    session: Session,
    layout: Layout,
    Form(form): Form<OutcomeForm>,
) -> PageResult {
    let of = control(&state, &ctx, id).await?;
    let next = form.next(Known { control: &of.control, replaced: None, today: ctx.today() });
    if !of.control.awaits_decision() {
        let sent = match &next {
            Next::Notify(outcome) => Some(outcome),
            Next::Show(..) | Next::Read(_) => None,
        };
        return meanwhile(&state, &ctx, &session, &of, sent).await;
    }
    match next {
        Next::Show(step, errors) => {
            let page = SanctionPage::load(&state, &ctx, layout, of, step).await?;
            let is_mistaken = !errors.is_empty();
            let page = SanctionPage { form, errors, ..page };
            if is_mistaken { unprocessable(&page) } else { ok(&page) }
        }
        Next::Read(outcome) => {
            let page = SanctionPage::load(&state, &ctx, layout, of, Step::Recap).await?;
            ok(&SanctionPage { form, outcome: Some(outcome), ..page })
        }
        Next::Notify(outcome) => match notify(&state, &ctx, &session, &of, outcome).await? {
            Ok(done) => Ok(done),
            Err(refused) => {
                let page = SanctionPage::load(&state, &ctx, layout, of, Step::Details).await?;
                unprocessable(&SanctionPage { form, errors: days_refused(refused), ..page })
            }
        },
    }
}
