//! `/pass/{id}/suspension/edition`: the suspension that runs is given other terms (rule book 03 §5.6).

use axum::extract::State;
use iae_domain::pass::suspension::SuspensionAct;

use super::asked::{AskedPass, Posted};
use super::form::FormPage;
use super::recap::{Submission, Words, confirmed, not_done, not_open, submit};
use super::terms::TermsForm;
use crate::error::{PageResult, ok, unprocessable};
use crate::forms::FieldErrors;
use crate::paths::SuspensionEditionPath;
use crate::state::WebState;

const WORDS: Words = Words {
    title: "Vérifier avant de modifier",
    warning: "",
    confirm: "Modifier la suspension",
    kind: "primary",
    done: "Suspension modifiée",
};

/// Shows the suspension as it is, to be changed.
pub async fn get(_: SuspensionEditionPath, asked: AskedPass) -> PageResult {
    match asked.pass.held.may_change(asked.asker).cloned() {
        Ok(running) => {
            let form = TermsForm::of(&running);
            ok(&FormPage::new(asked, Some(&running), form, FieldErrors::default()))
        }
        Err(refused) => not_open(asked, &refused, "Aucune suspension à modifier"),
    }
}

/// Steps as for a new one.
pub async fn post(
    _: SuspensionEditionPath,
    State(state): State<WebState>,
    Posted { asked, form }: Posted<TermsForm>,
) -> PageResult {
    let running = match asked.pass.held.may_change(asked.asker).cloned() {
        Ok(running) => running,
        Err(refused) => return not_done(&state, asked, form.seen.parse().ok(), &refused).await,
    };
    if form.step == "edit" {
        return ok(&FormPage::new(asked, Some(&running), form, FieldErrors::default()));
    }
    let terms = match form.parse(&asked, Some(&running)) {
        Ok(terms) => terms,
        Err(errors) => return unprocessable(&FormPage::new(asked, Some(&running), form, errors)),
    };
    let (confirms, kept, said) = (confirmed(&form.step, &form.seen), form.kept(), form.said(&terms));
    let submission = Submission { act: SuspensionAct::Change(terms), confirms, kept, said, words: WORDS };
    submit(&state, asked, submission, |asked, errors| FormPage::new(asked, Some(&running), form, errors))
        .await
}
