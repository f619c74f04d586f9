//! `/pass/{id}/closure`: closes a PASS after more than a year of suspension (rule book 03 §4.13, §12 X2; D7).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::Failure;
use iae_app::pass::{close, preview_closure};
use iae_domain::candidates::ShownName;
use iae_domain::ids::PassId;
use iae_domain::pass::closure::{ClosureReason, NotClosable};
use serde::Deserialize;

use super::asked::{AskedPass, Posted};
use super::messages;
use super::recap::{RecapPage, Words, confirmed, effects, news, waiting};
use crate::choice::Choice;
use crate::error::{PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::forms::FieldErrors;
use crate::french::spaced;
use crate::layout::Layout;
use crate::paths::ClosurePath;
use crate::state::WebState;

const WORDS: Words = Words {
    title: "Clôturer le PASS IAE\u{a0}?",
    warning: "Le parcours prend fin aujourd’hui, et les jours restants sont perdus. La personne reçoit le motif et la date par \
              e-mail. Une clôture ne se reprend pas.",
    confirm: "Clôturer le PASS IAE",
    kind: "danger",
    done: "PASS IAE clôturé",
};

const NOTHING_DONE: &str = "Rien n’a été changé";

/// The page.
#[derive(Template)]
#[template(path = "pass/suspension/closure.html")]
pub struct ClosurePage {
    layout: Layout,
    id: PassId,
    holder: ShownName,
    form: ClosureForm,
    errors: FieldErrors,
}

/// Why it is closed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ClosureForm {
    reason: String,
    step: String,
    seen: String,
}

impl ClosurePage {
    fn new(asked: AskedPass, form: ClosureForm, errors: FieldErrors) -> Self {
        let AskedPass { layout, id, pass, .. } = asked;
        Self { layout, id, holder: pass.holder, form, errors }
    }

    fn reasons(&self) -> Vec<Choice> {
        let choice = |reason: &ClosureReason| {
            Choice::new(reason.code(), reason.label()).selected_if(reason.code() == self.form.reason)
        };
        ClosureReason::ALL.iter().map(choice).collect()
    }
}

fn not_possible(asked: AskedPass, refused: NotClosable, title: &str) -> PageResult {
    asked.refused(StatusCode::CONFLICT, title, &messages::not_closable(refused))
}

/// Asks why.
pub async fn get(_: ClosurePath, asked: AskedPass) -> PageResult {
    match asked.pass.held.may_close(asked.today()) {
        Ok(()) => ok(&ClosurePage::new(asked, ClosureForm::default(), FieldErrors::default())),
        Err(refused) => not_possible(asked, refused, "Ce PASS IAE ne peut pas être clôturé aujourd’hui"),
    }
}

/// Step « confirm » closes, step « edit » comes back to the reason; any other says what it would do, and writes nothing.
pub async fn post(
    _: ClosurePath,
    State(state): State<WebState>,
    Posted { mut asked, form }: Posted<ClosureForm>,
) -> PageResult {
    if let Err(refused) = asked.pass.held.may_close(asked.today()) {
        return not_possible(asked, refused, NOTHING_DONE);
    }
    if form.step == "edit" {
        return ok(&ClosurePage::new(asked, form, FieldErrors::default()));
    }
    let Some(reason) = ClosureReason::parse(&form.reason) else {
        let errors = FieldErrors::one("reason", messages::REASON_NOT_OFFERED);
        return unprocessable(&ClosurePage::new(asked, form, errors));
    };
    let (mut status, mut told) = (StatusCode::OK, None);
    if let Some(seen) = confirmed(&form.step, &form.seen) {
        match close(&state, &asked.ctx, asked.id, seen, reason).await {
            Ok(()) => return asked.done(WORDS.done).await,
            Err(Failure::Refused(NotClosable::EndMoved { .. })) => {
                asked = asked.reread(&state).await?;
                status = StatusCode::CONFLICT;
                told = Some(news(&state, &asked).await?);
            }
            Err(Failure::Refused(refused)) => return not_possible(asked, refused, NOTHING_DONE),
            Err(Failure::App(error)) => return Err(error.into()),
        }
    }
    match preview_closure(&state, &asked.ctx, asked.id, reason).await {
        Ok(effect) => {
            let reason = [("Motif", reason.label().to_owned())].into_iter();
            let waiting = waiting(&state, &asked, &effect).await?;
            let rows = reason.chain(effects(&effect, asked.today())).chain(waiting);
            let rows = rows.map(|(label, value)| (label, spaced(&value))).collect();
            let kept = vec![("reason", form.reason)];
            page_with(status, &RecapPage::new(asked, WORDS, rows, kept, &effect, told))
        }
        Err(Failure::Refused(refused)) => not_possible(asked, refused, NOTHING_DONE),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
