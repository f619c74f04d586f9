//! `/applications/{id}/refusal`: declines an application (rule book 02 §5.2).

mod drafts;

use askama::Template;
use axum::extract::State;
use iae_app::applications::detail::ApplicationDetail;
use iae_app::applications::refuse;
use iae_domain::applications::{RefusalReason, Refuse, SenderKind, Transition};
use iae_domain::text::{MESSAGE_MAX_CHARS, Message};
use serde::Deserialize;

use super::messages;
use super::received::{Answer, PostedAnswer, ReceivedApplication, Seen};
use crate::choice::Choice;
use crate::error::{PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::RefusalPath;
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "applications/refusal.html")]
pub struct RefusalPage {
    layout: Layout,
    application: ApplicationDetail,
    seen: Seen,
    form: RefusalForm,
    errors: FieldErrors,
}

impl RefusalPage {
    fn new(
        ReceivedApplication { layout, application, seen, .. }: ReceivedApplication,
        form: RefusalForm,
        errors: FieldErrors,
    ) -> Self {
        Self { layout, application, seen, form, errors }
    }

    /// The reasons offered to this kind of company, in their order of display (REF-7).
    fn reasons(&self) -> Vec<Choice> {
        let offered = |reason: &&RefusalReason| reason.is_offered_to(self.application.company.kind);
        let choice = |reason: &RefusalReason| {
            Choice::new(reason.code(), reason.label()).selected_if(self.form.reason == reason.code())
        };
        RefusalReason::ALL.iter().filter(offered).map(choice).collect()
    }

    fn asks_for_prescriber(&self) -> bool {
        asks_for_prescriber(&self.application)
    }

    /// The page with the message proposed for the reason; nothing is done yet.
    fn proposed(mut self) -> PageResult {
        let Some(reason) = RefusalReason::parse(&self.form.reason) else {
            let message = "Choisissez d’abord le motif\u{a0}: le texte proposé en dépend.";
            return unprocessable(&Self { errors: FieldErrors::one("reason", message), ..self });
        };
        drafts::to_person(reason, self.application.company.kind).clone_into(&mut self.form.answer);
        drafts::to_prescriber(reason).clone_into(&mut self.form.answer_to_prescriber);
        ok(&self)
    }

    fn prescriber(&self) -> &'static str {
        messages::prescriber(&self.application.sender)
    }
}

/// Whether a prescriber or an orienteur sent it: they are owed a message of their own (REF-2).
const fn asks_for_prescriber(application: &ApplicationDetail) -> bool {
    match application.sender.kind {
        SenderKind::Prescriber => true,
        SenderKind::Candidate | SenderKind::Employer => false,
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
    /// Whether the message to the person is for whoever accompanies them too.
    #[serde(default)]
    same_message: bool,
    #[serde(default)]
    step: String,
    #[serde(default)]
    seen: String,
}

impl Answer for RefusalForm {
    fn seen(&self) -> &str {
        &self.seen
    }
}

impl RefusalForm {
    /// Something was written apart: more than the text proposed for the reason.
    fn holds_two_messages(&self, reason: Option<RefusalReason>) -> bool {
        let apart = self.answer_to_prescriber.trim();
        !apart.is_empty() && reason.is_none_or(|reason| drafts::to_prescriber(reason).trim() != apart)
    }

    /// The refusal, or every mistake at once: those of the rules that the page can ask as well.
    fn parse(&self, application: &ApplicationDetail) -> Result<Refuse, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reason = RefusalReason::parse(&self.reason);
        match reason {
            None => errors.add("reason", "Choisissez le motif."),
            Some(reason) if !reason.is_offered_to(application.company.kind) => {
                errors.add("reason", messages::REASON_NOT_OFFERED);
            }
            Some(_) => {}
        }
        let blank = "Écrivez un message à la personne\u{a0}: elle attend une réponse.";
        let answer = errors.message("answer", &self.answer, blank);
        if self.same_message && self.holds_two_messages(reason) {
            errors.add("answer_to_prescriber", messages::TWO_MESSAGES);
        }
        if !self.same_message {
            errors.check_length("answer_to_prescriber", &self.answer_to_prescriber, MESSAGE_MAX_CHARS);
            let is_owed = asks_for_prescriber(application);
            if is_owed && self.answer_to_prescriber.trim().is_empty() {
                errors.add("answer_to_prescriber", messages::ANSWER_TO_PRESCRIBER_MISSING);
            }
        }
        let command = reason.zip(answer).map(|(reason, answer)| Refuse {
            reason,
            shared_with_candidate: self.shared_with_candidate,
            answer_to_prescriber: if self.same_message {
                Some(answer.clone())
            } else {
                Message::parse(&self.answer_to_prescriber).ok()
            },
            answer,
        });
        errors.or(command)
    }
}

/// Asks for the reason and the messages.
pub async fn get(_: RefusalPath, State(state): State<WebState>, received: ReceivedApplication) -> PageResult {
    let received = received.to(&state, Transition::Refuse).await?;
    ok(&RefusalPage::new(received, RefusalForm::default(), FieldErrors::default()))
}

/// Declines the application; or, on the step « draft », writes the message proposed for the reason and asks again.
pub async fn post(
    _: RefusalPath,
    State(state): State<WebState>,
    PostedAnswer { received, form }: PostedAnswer<RefusalForm>,
) -> PageResult {
    let received = received.to(&state, Transition::Refuse).await?;
    if form.step == "draft" {
        return RefusalPage::new(received, form, FieldErrors::default()).proposed();
    }
    let acted = async {
        let command = form.parse(&received.application)?;
        let declined = refuse(&state, &received.ctx, received.id, received.seen.state, command).await;
        declined.or_say(messages::refuse_refused)
    };
    match acted.await {
        Ok(()) => received.answered("Candidature déclinée").await,
        Err(not_done) => {
            received
                .again(&state, not_done, |received, errors| RefusalPage::new(received, form, errors))
                .await
        }
    }
}
