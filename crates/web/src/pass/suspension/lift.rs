//! `/pass/{id}/suspension/lift`: the suspension that runs ends for a return, or is removed for good (rule book 03 §5.6).

use askama::Template;
use axum::extract::State;
use iae_domain::candidates::ShownName;
use iae_domain::ids::PassId;
use iae_domain::pass::Parcours;
use iae_domain::pass::suspension::{Suspension, SuspensionAct};
use iae_domain::time::{Period, sub_days};
use serde::Deserialize;

use super::asked::{AskedPass, Posted};
use super::recap::{Submission, Words, confirmed, not_done, not_open, put_aside, submit};
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::FieldErrors;
use crate::french;
use crate::layout::Layout;
use crate::paths::SuspensionLiftPath;
use crate::state::WebState;

const RETURN: &str = "return";
const REMOVE: &str = "remove";

const LIFTED: Words = Words {
    title: "Vérifier avant de lever la suspension",
    warning: "",
    confirm: "Lever la suspension",
    kind: "primary",
    done: "Suspension levée",
};

const REMOVED: Words = Words {
    title: "Supprimer la suspension\u{a0}?",
    warning: "Les jours mis de côté par cette suspension sont perdus pour la personne\u{a0}: ils seront comptés comme des jours de \
              parcours. S’il s’agit d’un retour, levez plutôt la suspension.",
    confirm: "Supprimer la suspension",
    kind: "danger",
    done: "Suspension supprimée",
};

/// The page.
#[derive(Template)]
#[template(path = "pass/suspension/lift.html")]
pub struct LiftPage {
    layout: Layout,
    id: PassId,
    holder: ShownName,
    period: Period,
    form: LiftForm,
    errors: FieldErrors,
}

/// What is chosen: a return on a day, or the removal.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct LiftForm {
    action: String,
    back_on: String,
    step: String,
    seen: String,
}

impl LiftForm {
    /// What is asked, or the mistakes; an action nobody offers is no form of ours.
    fn parse(&self) -> PageResult<Result<SuspensionAct, FieldErrors>> {
        let mut errors = FieldErrors::default();
        Ok(match self.action.as_str() {
            "" => Err(FieldErrors::one(
                "action",
                "Dites si la personne revient, ou si la suspension est à supprimer.",
            )),
            REMOVE => Ok(SuspensionAct::Remove),
            RETURN => {
                let back_on = errors.day("back_on", &self.back_on);
                if back_on.is_none() {
                    errors.add("back_on", "Indiquez le premier jour du retour.");
                }
                errors.or(back_on.map(|back_on| SuspensionAct::Lift { back_on }))
            }
            _ => return Err(PageError::Malformed),
        })
    }

    fn kept(&self) -> Vec<(&'static str, String)> {
        vec![("action", self.action.clone()), ("back_on", self.back_on.clone())]
    }
}

impl LiftPage {
    fn new(asked: AskedPass, running: &Suspension, form: LiftForm, errors: FieldErrors) -> Self {
        let AskedPass { layout, id, pass, .. } = asked;
        Self { layout, id, holder: pass.holder, period: running.period, form, errors }
    }

    fn actions(&self) -> [Choice; 2] {
        [
            Choice::new(RETURN, "La personne revient").with_hint(
                "La suspension prend fin la veille. Les jours qui restaient de la suspension ne sont plus mis de côté.",
            ),
            Choice::new(REMOVE, "Supprimer définitivement la suspension").with_hint(
                "Comme si elle n’avait pas eu lieu : tous les jours qu’elle a mis de côté sont perdus.",
            ),
        ]
        .map(|choice| {
            let is_chosen = choice.value == self.form.action;
            choice.selected_if(is_chosen)
        })
    }

    fn return_hint(&self) -> String {
        format!(
            "Pour un retour, du {} au {}",
            french::date(iae_domain::time::add_days(self.period.start, 1)),
            french::date(sub_days(self.period.end, 1))
        )
    }
}

/// Asks what is done of it.
pub async fn get(_: SuspensionLiftPath, asked: AskedPass) -> PageResult {
    match asked.pass.held.may_change(asked.asker).cloned() {
        Ok(running) => {
            let back_on = Parcours::proposed_return(running.period, asked.today()).to_string();
            let form = LiftForm { back_on, ..LiftForm::default() };
            ok(&LiftPage::new(asked, &running, form, FieldErrors::default()))
        }
        Err(refused) => not_open(asked, &refused, "Aucune suspension à lever"),
    }
}

/// Step « confirm » does it, step « edit » comes back to the choice; any other says what it would do, and writes nothing.
pub async fn post(
    _: SuspensionLiftPath,
    State(state): State<WebState>,
    Posted { asked, form }: Posted<LiftForm>,
) -> PageResult {
    let running = match asked.pass.held.may_change(asked.asker).cloned() {
        Ok(running) => running,
        Err(refused) => return not_done(&state, asked, form.seen.parse().ok(), &refused).await,
    };
    if form.step == "edit" {
        return ok(&LiftPage::new(asked, &running, form, FieldErrors::default()));
    }
    let act = match form.parse()? {
        Ok(act) => act,
        Err(errors) => return unprocessable(&LiftPage::new(asked, &running, form, errors)),
    };
    let days = |period: Period| french::period(period.start, period.end);
    let (words, said) = match &act {
        SuspensionAct::Lift { back_on } => {
            let kept = Period { end: sub_days(*back_on, 1), ..running.period };
            (LIFTED, vec![("Suspension", days(kept)), ("Jours mis de côté", put_aside(kept))])
        }
        SuspensionAct::Suspend(_) | SuspensionAct::Change(_) | SuspensionAct::Remove => {
            (REMOVED, vec![("Suspension supprimée", days(running.period))])
        }
    };
    let confirms = confirmed(&form.step, &form.seen);
    let submission = Submission { act, confirms, kept: form.kept(), said, words };
    submit(&state, asked, submission, |asked, errors| LiftPage::new(asked, &running, form, errors)).await
}
