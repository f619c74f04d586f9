//! `/pass/{id}/suspension`: suspends a PASS (rule book 03 §5, §12 X1; D6).

use axum::extract::State;
use iae_domain::pass::suspension::SuspensionAct;

use super::asked::{AskedPass, Posted};
use super::form::FormPage;
use super::recap::{Submission, Words, confirmed, not_done, not_open, submit};
use super::terms::TermsForm;
use crate::error::{PageResult, ok, unprocessable};
use crate::forms::FieldErrors;
use crate::paths::SuspensionPath;
use crate::state::WebState;

const WORDS: Words = Words {
    title: "Vérifier avant de suspendre",
    warning: "",
    confirm: "Suspendre le PASS IAE",
    kind: "primary",
    done: "PASS IAE suspendu",
};

/// Asks for the days and the reason; or says why the PASS cannot be suspended, and who decides.
pub async fn get(_: SuspensionPath, asked: AskedPass) -> PageResult {
    let today = asked.today();
    match asked.pass.held.may_suspend(asked.asker, today) {
        Ok(()) => ok(&FormPage::new(asked, None, TermsForm::new(today), FieldErrors::default())),
        Err(refused) => not_open(asked, &refused, "Ce PASS IAE ne peut pas être suspendu aujourd’hui"),
    }
}

/// Step « confirm » suspends, step « edit » comes back to the form; any other says what it would do, and writes nothing.
pub async fn post(
    _: SuspensionPath,
    State(state): State<WebState>,
    Posted { asked, form }: Posted<TermsForm>,
) -> PageResult {
    if let Err(refused) = asked.pass.held.may_suspend(asked.asker, asked.today()) {
        return not_done(&state, asked, form.seen.parse().ok(), &refused).await;
    }
    if form.step == "edit" {
        return ok(&FormPage::new(asked, None, form, FieldErrors::default()));
    }
    let terms = match form.parse(&asked, None) {
        Ok(terms) => terms,
        Err(errors) => return unprocessable(&FormPage::new(asked, None, form, errors)),
    };
    let submission = Submission {
        confirms: confirmed(&form.step, &form.seen),
        kept: form.kept(),
        said: form.said(&terms),
        act: SuspensionAct::Suspend(terms),
        words: WORDS,
    };
    submit(&state, asked, submission, |asked, errors| FormPage::new(asked, None, form, errors)).await
}
