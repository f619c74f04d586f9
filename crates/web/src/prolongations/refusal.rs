//! `/prolongations/{id}/refusal`: a prescripteur habilité refuses a request, step by step (rule book 03 §6.6): the reason, the
//! explanation, what is proposed when the reason calls for it, then the letter, read before it is sent.

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::pass::prolongation::deny;
use iae_app::pass::prolongation::queries::{Letter, RequestDetail, letter_to_send, request};
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::ids::ProlongationRequestId;
use iae_domain::pass::prolongation::{
    Denial, DenialReason, DenialRefused, ProposedAction, REVIEW_MAX_CHARS, RequestState,
};
use iae_domain::text::Message;
use serde::Deserialize;
use tower_sessions::Session;

use super::show::{again, already_decided};
use crate::choice::Choice;
use crate::error::{PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::pass::prolongation::text;
use crate::paths::{ProlongationRefusalPath, ProlongationRequestPath};
use crate::state::WebState;

/// A step of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Reason,
    Explanation,
    Actions,
    Letter,
}

/// The page.
#[derive(Template)]
#[template(path = "prolongations/refusal.html")]
pub struct RefusalPage {
    layout: Layout,
    request: RequestDetail,
    step: Step,
    form: RefusalForm,
    /// What would be sent, at the last step.
    letter: Option<Letter>,
    errors: FieldErrors,
}

/// What is said at each step; the others are kept in the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RefusalForm {
    reason: String,
    explanation: String,
    actions: Vec<String>,
    details: String,
    /// What is sent: the code of a step, or `back` and the code of the step to come back to.
    step: String,
}

/// What a form sent leads to.
enum Next {
    Show(Step, FieldErrors),
    Read(Denial),
    Deny(Denial),
}

impl RefusalForm {
    fn chosen(&self) -> Option<DenialReason> {
        DenialReason::parse(&self.reason)
    }

    fn proposes_actions(&self) -> bool {
        self.chosen().is_some_and(DenialReason::proposes_actions)
    }

    /// The step that comes after what is sent, with its mistakes; or the refusal.
    fn next(&self) -> Next {
        let step = match self.step.as_str() {
            "back_reason" => return Next::Show(Step::Reason, FieldErrors::default()),
            "back_actions" => return Next::Show(Step::Actions, FieldErrors::default()),
            "back_explanation" => return Next::Show(Step::Explanation, FieldErrors::default()),
            "explanation" => Step::Explanation,
            "actions" => Step::Actions,
            "letter" => Step::Letter,
            _ => Step::Reason,
        };
        let Some(reason) = self.chosen() else {
            return Next::Show(Step::Reason, FieldErrors::one("reason", "Choisissez le motif du refus."));
        };
        if step == Step::Reason {
            return Next::Show(Step::Explanation, FieldErrors::default());
        }
        let mut errors = FieldErrors::default();
        let blank = "Expliquez votre refus\u{a0}: la personne et la structure le liront.";
        let Some(explanation) = text(&mut errors, "explanation", &self.explanation, blank) else {
            return Next::Show(Step::Explanation, errors);
        };
        if step == Step::Explanation && reason.proposes_actions() {
            return Next::Show(Step::Actions, FieldErrors::default());
        }
        match self.denial(reason, explanation) {
            Err(errors) => Next::Show(Step::Actions, errors),
            Ok(denial) if step == Step::Letter => Next::Deny(denial),
            Ok(denial) => Next::Read(denial),
        }
    }

    fn denial(
        &self,
        reason: DenialReason,
        explanation: Message<REVIEW_MAX_CHARS>,
    ) -> Result<Denial, FieldErrors> {
        let mut errors = FieldErrors::default();
        let actions: Vec<ProposedAction> =
            self.actions.iter().filter_map(|code| ProposedAction::parse(code)).collect();
        if reason.proposes_actions() && actions.is_empty() {
            errors.add("actions", NO_ACTION);
        }
        let details = if reason.proposes_actions() {
            text(&mut errors, "details", &self.details, NO_DETAILS)
        } else {
            None
        };
        match Denial::new(reason, explanation, actions, details) {
            Ok(denial) => errors.or(Some(denial)),
            Err(refused) => {
                let (field, message) = match refused {
                    DenialRefused::NoAction => ("actions", NO_ACTION),
                    DenialRefused::NoDetails => ("details", NO_DETAILS),
                };
                errors.add(field, message);
                Err(errors)
            }
        }
    }
}

const ONE_STEP_MORE: &str = "Une étape de plus\u{a0}: ce que vous proposez à la personne.";
const NO_ACTION: &str = "Proposez au moins une suite à la personne.";
const NO_DETAILS: &str = "Précisez ce que vous proposez\u{a0}: avec qui, quand, comment.";

impl RefusalPage {
    fn reasons(&self) -> Vec<Choice> {
        let choice = |reason: &DenialReason| {
            let more = if reason.proposes_actions() { ONE_STEP_MORE } else { "" };
            let is_chosen = self.form.chosen() == Some(*reason);
            Choice::new(reason.code(), reason.label()).with_hint(more).selected_if(is_chosen)
        };
        DenialReason::ALL.iter().map(choice).collect()
    }

    fn actions(&self) -> Vec<Choice> {
        let choice = |action: &ProposedAction| {
            let is_ticked = self.form.actions.iter().any(|code| code == action.code());
            Choice::new(action.code(), action.label()).selected_if(is_ticked)
        };
        ProposedAction::ALL.iter().map(choice).collect()
    }

    /// How many steps there are: one more when something is to be proposed to the person.
    fn total(&self) -> u8 {
        if self.form.proposes_actions() { 4 } else { 3 }
    }

    fn rank(&self) -> u8 {
        match self.step {
            Step::Reason => 1,
            Step::Explanation => 2,
            Step::Actions => 3,
            Step::Letter => self.total(),
        }
    }

    /// What comes next.
    fn next(&self) -> &'static str {
        match self.step {
            Step::Reason => "l’explication",
            Step::Explanation if self.form.proposes_actions() => "ce que vous proposez à la personne",
            Step::Explanation | Step::Actions => "relire la lettre avant de l’envoyer",
            Step::Letter => "",
        }
    }
}

/// Asks for the reason.
pub async fn get(
    ProlongationRefusalPath { id }: ProlongationRefusalPath,
    State(state): State<WebState>,
    ctx: Ctx<AuthorisedPrescriber>,
    layout: Layout,
) -> PageResult {
    let request = pending(&state, &ctx, id).await?;
    let (form, errors) = (RefusalForm::default(), FieldErrors::default());
    ok(&RefusalPage { layout, request, step: Step::Reason, form, letter: None, errors })
}

/// Goes from step to step, then refuses.
pub async fn post(
    ProlongationRefusalPath { id }: ProlongationRefusalPath,
    State(state): State<WebState>,
    ctx: Ctx<AuthorisedPrescriber>,
    session: Session,
    layout: Layout,
    Form(form): Form<RefusalForm>,
) -> PageResult {
    let request = pending(&state, &ctx, id).await?;
    match form.next() {
        Next::Show(step, errors) => {
            let is_mistaken = !errors.is_empty();
            let page = RefusalPage { layout, request, step, form, letter: None, errors };
            if is_mistaken { unprocessable(&page) } else { ok(&page) }
        }
        Next::Read(denial) => {
            let signed_by = layout.user.as_ref().map(|user| user.name.clone()).unwrap_or_default();
            let letter = letter_to_send(&state, request.clone(), denial, (signed_by, ctx.now)).await?;
            let (step, letter, errors) = (Step::Letter, Some(letter), FieldErrors::default());
            ok(&RefusalPage { layout, request, step, form, letter, errors })
        }
        Next::Deny(denial) => match deny(&state, &ctx, id, denial).await {
            Ok(()) => {
                let told = "La structure et la personne reçoivent votre réponse par e-mail. La lettre peut être imprimée.";
                flash::done(&session, "Prolongation refusée", told, ProlongationRequestPath { id }).await
            }
            Err(failure) => again(&state, &ctx, layout, id, failure).await,
        },
    }
}

/// The request, as long as it waits; else the page that says who decided.
async fn pending(
    state: &WebState,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: ProlongationRequestId,
) -> PageResult<RequestDetail> {
    let request = request(state, ctx, id).await?;
    match request.state {
        RequestState::Pending => Ok(request),
        RequestState::Granted | RequestState::Denied | RequestState::Returned => {
            Err(already_decided(state, ctx, id).await?)
        }
    }
}
