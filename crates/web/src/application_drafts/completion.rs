//! `/application-drafts/{id}/completion`: what the person's file lacks to be proposed (SUB-30, SUB-31). What is known is
//! neither shown nor overwritten; whoever sees a masked file never comes here.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::candidates::complete;
use iae_domain::candidates::{Complete, Missing};
use iae_domain::text::PhoneNumber;
use serde::Deserialize;

use super::messages;
use super::step::{Opened, Posted, StepHeader};
use crate::candidates::fields::FileFields;
use crate::error::{PageError, PageResult, ok};
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::DraftCompletionPath;
use crate::state::WebState;
use crate::transition::OrSay as _;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CompletionForm {
    phone: String,
    #[serde(flatten)]
    file: FileFields,
}

impl CompletionForm {
    /// What is given for what is missing; the rest of what is posted is not read (SUB-31).
    fn parse(&self, missing: Missing, today: NaiveDate) -> Result<Complete, FieldErrors> {
        let mut errors = FieldErrors::default();
        let given = Complete {
            birth_date: missing.birth_date.then(|| self.file.birth_date(&mut errors, today)).flatten(),
            phone: missing.phone.then(|| self.phone(&mut errors)).flatten(),
            france_travail: missing.france_travail.then(|| self.file.france_travail(&mut errors)).flatten(),
            ..Complete::default()
        };
        errors.or(Some(given))
    }

    /// Optional: an application may leave without a phone number.
    fn phone(&self, errors: &mut FieldErrors) -> Option<PhoneNumber> {
        let typed = self.phone.trim();
        let phone = PhoneNumber::parse(typed).ok();
        if phone.is_none() && !typed.is_empty() {
            errors.add("phone", "Ce numéro de téléphone n’est pas valide. Exemple\u{a0}: 06 12 34 56 78");
        }
        phone
    }
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/completion.html")]
pub struct CompletionPage {
    layout: Layout,
    step: StepHeader,
    missing: Missing,
    is_candidate: bool,
    form: CompletionForm,
    errors: FieldErrors,
}

/// Asks for what is missing.
pub async fn get(_: DraftCompletionPath, step: Opened) -> PageResult {
    ok(&CompletionPage::new(step, CompletionForm::default(), FieldErrors::default()))
}

/// Completes the file; denied to whoever sees it masked, whatever they post.
pub async fn post(
    _: DraftCompletionPath,
    State(state): State<WebState>,
    Posted { step, form }: Posted<CompletionForm>,
) -> PageResult {
    let person = step.open.candidate.as_ref().ok_or(PageError::NotFound)?;
    let acted = async {
        let given = form.parse(person.missing, step.ctx.today())?;
        let completed = complete(&state, &step.ctx, person.id, given).await;
        completed.or_say(|refused| messages::completion(refused, person.nir.as_ref()))
    };
    match acted.await {
        Ok(()) => step.go_on(&state).await,
        Err(not_done) => not_done.again(|errors| CompletionPage::new(step, form, errors)),
    }
}

impl CompletionPage {
    fn new(step: Opened, form: CompletionForm, errors: FieldErrors) -> Self {
        let missing = step.open.candidate.as_ref().map(|person| person.missing).unwrap_or_default();
        let is_candidate = step.open.is_candidate();
        Self { step: step.header(), layout: step.layout, missing, is_candidate, form, errors }
    }
}
