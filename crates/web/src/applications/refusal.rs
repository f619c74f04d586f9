//! `/applications/{id}/refusal`: declines an application (rule book 02 §5.2).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::applications::detail::{ApplicationDetail, detail};
use iae_app::applications::{RefuseError, refuse};
use iae_domain::actor::EmployerActor;
use iae_domain::applications::{
    RefusalReason, Refuse, RefuseRefused, SenderKind, TEXT_MAX_CHARS, Transition,
};
use iae_domain::text::NonBlank;
use serde::Deserialize;
use tower_sessions::Session;

use super::messages;
use crate::choice::Choice;
use crate::error::{PageResult, ok, see_other, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ApplicationPath, RefusalPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "applications/refusal.html")]
pub struct RefusalPage {
    layout: Layout,
    application: ApplicationDetail,
    form: RefusalForm,
    errors: FieldErrors,
}

impl RefusalPage {
    /// The reasons offered to this kind of company, in their order of display (REF-7).
    fn reasons(&self) -> Vec<Choice> {
        let offered = |reason: &&RefusalReason| reason.is_offered_to(self.application.company.kind);
        let choice = |reason: &RefusalReason| {
            Choice::new(reason.code(), reason.label()).selected_if(self.form.reason == reason.code())
        };
        RefusalReason::ALL.iter().filter(offered).map(choice).collect()
    }

    /// Whether a prescriber or an orienteur sent it: they are owed a message of their own (REF-2).
    fn asks_for_prescriber(&self) -> bool {
        match self.application.sender.kind {
            SenderKind::Prescriber => true,
            SenderKind::Candidate | SenderKind::Employer => false,
        }
    }

    fn prescriber(&self) -> &'static str {
        messages::prescriber(&self.application.sender)
    }
}

/// What is asked.
#[derive(Debug, Default, Deserialize)]
pub struct RefusalForm {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    shared_with_candidate: bool,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    answer_to_prescriber: String,
    #[serde(default)]
    step: String,
}

impl RefusalForm {
    fn parse(&self) -> Result<Refuse, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reason = RefusalReason::parse(&self.reason);
        if reason.is_none() {
            errors.add("reason", "Choisissez le motif.");
        }
        let answer = NonBlank::parse(&self.answer);
        if answer.is_none() {
            errors.add("answer", "Écrivez un message à la personne\u{a0}: elle attend une réponse.");
        }
        errors.check_length("answer", &self.answer, TEXT_MAX_CHARS);
        errors.check_length("answer_to_prescriber", &self.answer_to_prescriber, TEXT_MAX_CHARS);
        let command = reason.zip(answer).map(|(reason, answer)| Refuse {
            reason,
            shared_with_candidate: self.shared_with_candidate,
            answer,
            answer_to_prescriber: NonBlank::parse(&self.answer_to_prescriber),
        });
        errors.or(command)
    }
}

/// Asks for the reason and the messages.
pub async fn get(
    RefusalPath { id }: RefusalPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    let application = messages::received(detail(&state.db, &ctx.any(), id).await?, Transition::Refuse)?;
    let form = RefusalForm::default();
    ok(&RefusalPage { layout, application, form, errors: FieldErrors::default() })
}

/// Declines the application; or, on the step « draft », writes the message proposed for the reason and asks again.
pub async fn post(
    RefusalPath { id }: RefusalPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
    session: Session,
    Form(mut form): Form<RefusalForm>,
) -> PageResult {
    if form.step == "draft" {
        let application = messages::received(detail(&state.db, &ctx.any(), id).await?, Transition::Refuse)?;
        let mut errors = FieldErrors::default();
        match RefusalReason::parse(&form.reason) {
            Some(reason) => {
                messages::refusal_draft(reason, application.company.kind).clone_into(&mut form.answer);
            }
            None => errors.add("reason", "Choisissez d'abord le motif\u{a0}: le texte proposé en dépend."),
        }
        let page = RefusalPage { layout, application, form, errors };
        return if page.errors.is_empty() { ok(&page) } else { unprocessable(&page) };
    }
    let errors = match form.parse() {
        Ok(command) => match refuse(&state, &ctx, id, command).await {
            Ok(()) => {
                flash::success(&session, "Candidature déclinée", "Votre réponse est envoyée.").await?;
                return see_other(ApplicationPath { id }.to_string());
            }
            Err(RefuseError::Refused(RefuseRefused::AlreadyProcessed(_))) => {
                return Err(messages::already_processed(id));
            }
            Err(RefuseError::Refused(refused)) => messages::refuse_refused(refused),
            Err(RefuseError::App(error)) => return Err(error.into()),
        },
        Err(errors) => errors,
    };
    let application = messages::received(detail(&state.db, &ctx.any(), id).await?, Transition::Refuse)?;
    unprocessable(&RefusalPage { layout, application, form, errors })
}
