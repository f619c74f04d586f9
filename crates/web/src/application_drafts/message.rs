//! `/application-drafts/{id}/message`: the message, the CV, and who accompanies the person (§4.9).

mod form;
mod prompts;
mod shown;

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use chrono::NaiveDate;
use iae_app::applications::drafts;
use iae_domain::applications::draft::{DraftMessage, StepChoice};
use iae_domain::documents::DocumentKind;
use serde::Deserialize;

use super::step::{Opened, StepHeader};
use crate::choice::Choice;
use crate::documents::attached::NotAttached;
use crate::documents::upload::Incoming;
use crate::error::{PageResult, not_now, ok, see_other, unprocessable};
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::DraftMessagePath;
use crate::state::WebState;

/// What is shown of the step.
#[derive(Debug, Default, Deserialize)]
pub struct MessageQuery {
    /// Not empty when the prompts are inserted in the message: shown, not kept as long as nothing follows them.
    #[serde(default)]
    prompts: String,
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/message.html")]
pub struct MessagePage {
    layout: Layout,
    step: StepHeader,
    prompts: &'static [&'static str],
    message: DraftMessage,
    is_candidate: bool,
    is_optional: bool,
    has_cv: bool,
    cv_limits: String,
    cv_expected: bool,
    /// The person gets the message by mail.
    is_told: bool,
    /// When what is proposed again was sent.
    proposed_from: Option<NaiveDate>,
    advisors: Vec<Choice>,
    max: String,
    errors: FieldErrors,
}

impl MessagePage {
    fn advisor_label(&self) -> String {
        let name = self.step.candidate.as_deref().unwrap_or("la personne");
        format!("Qui accompagne {name} dans votre organisation")
    }

    /// Who else reads the message.
    const fn message_hint(&self) -> &'static str {
        match (self.is_told, self.is_candidate) {
            (true, true) => "Il vous est aussi envoyé par e-mail et ne pourra plus être modifié.",
            (true, false) => "Il est aussi envoyé à la personne par e-mail et ne pourra plus être modifié.",
            (false, _) => "Il ne pourra plus être modifié.",
        }
    }
}

/// Shows what was written so far.
pub async fn get(
    _: DraftMessagePath,
    State(state): State<WebState>,
    step: Opened,
    Query(query): Query<MessageQuery>,
) -> PageResult {
    let mut message = step.open.draft.message.clone();
    if !query.prompts.is_empty() {
        message.text = prompts::added_to(&message.text, prompts::of(&step.open));
    }
    let colleagues = drafts::colleagues(&state, &step.ctx).await?;
    ok(&shown::page(step, &colleagues, message, FieldErrors::default()))
}

/// Keeps the message and the file. What can be kept is kept, even when the rest is refused.
pub async fn post(
    DraftMessagePath { id }: DraftMessagePath,
    State(state): State<WebState>,
    mut step: Opened,
    incoming: Incoming,
) -> PageResult {
    drafts::may_attach(&state, &step.ctx, id).await?;
    let mut upload = incoming.read(&state, &[("cv", DocumentKind::Cv)]).await?;
    if let Some(elsewhere) = step.elsewhere_for(upload.value("person").parse().ok()) {
        return elsewhere;
    }
    let attached = form::attach(&state, &step.ctx, &step.open, &mut upload).await?;
    if matches!(attached, Ok(true)) {
        step.open = drafts::load(&state, &step.ctx, id).await?;
    }
    let colleagues = drafts::colleagues(&state, &step.ctx).await?;
    let not_attached = attached.err();
    let (message, errors) = form::parse(&step.open, &colleagues, &upload, not_attached.as_ref());
    let inserts_prompts = upload.is_set("insert_prompts");
    if !errors.is_empty() && !inserts_prompts {
        let page = shown::page(step, &colleagues, message, errors);
        return match not_attached {
            Some(NotAttached::NotNow(exhausted)) => not_now(&page, exhausted.until),
            Some(NotAttached::Refused(_)) | None => unprocessable(&page),
        };
    }
    let text = prompts::without_unanswered(&message.text, prompts::of(&step.open));
    let message = DraftMessage { text, ..message };
    if inserts_prompts {
        drafts::save(&state, &step.ctx, &step.open, StepChoice::Message(message)).await?;
        return see_other(format!("{}?prompts=true#message", DraftMessagePath { id }));
    }
    step.save(&state, StepChoice::Message(message)).await
}
