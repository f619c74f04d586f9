//! `/attestation`: anyone who is handed an attestation types its code, and reads whether the PASS is valid and until when,
//! nothing else. The address is printed: it is short, and the code is never part of one.

use askama::Template;
use axum::extract::State;
use iae_app::pass::attestation::check;
use iae_app::{Ctx, Error, budgets};
use iae_domain::pass::attestation::Verdict;
use serde::Deserialize;

use crate::error::{AllowedFrom, PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::AttestationPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "pass/attestation.html")]
pub struct AttestationPage {
    layout: Layout,
    form: CodeForm,
    verdict: Option<Verdict>,
    errors: FieldErrors,
}

/// The code, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    code: String,
}

impl AttestationPage {
    fn title(&self) -> &'static str {
        match self.verdict {
            None => "Vérifier une attestation de PASS IAE",
            Some(Verdict::Valid { .. }) => "Ce PASS IAE est valide",
            Some(Verdict::Over { .. }) => "Ce PASS IAE n’est plus valide",
            Some(Verdict::Unknown) => "Aucun PASS IAE ne porte ce code",
        }
    }
}

/// Asks for the code.
pub async fn get(_: AttestationPath, layout: Layout) -> PageResult {
    let (form, errors) = (CodeForm::default(), FieldErrors::default());
    ok(&AttestationPage { layout, form, verdict: None, errors })
}

/// Answers. A code that is wrong, cut short or of a PASS that was cancelled gets one answer, and is counted.
pub async fn post(
    _: AttestationPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    from: budgets::Visitor,
    layout: Layout,
    UncheckedForm(form): UncheckedForm<CodeForm>,
) -> PageResult {
    if form.code.trim().is_empty() {
        let errors = FieldErrors::one("code", "Saisissez le code imprimé sur l’attestation.");
        return unprocessable(&AttestationPage { layout, form, verdict: None, errors });
    }
    let verdict = check(&state, &ctx, from, &form.code).await.map_err(|error| match error {
        Error::Exhausted(exhausted) => {
            tracing::warn!("too many unknown codes of attestations from one address");
            let retry_after = AllowedFrom(exhausted.until).seconds_left(ctx.now);
            PageError::TooManyRequests { retry_after }
        }
        error => error.into(),
    })?;
    ok(&AttestationPage { layout, form, verdict: Some(verdict), errors: FieldErrors::default() })
}
