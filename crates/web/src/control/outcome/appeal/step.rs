//! The steps of what is decided after an appeal: what becomes of the decision, what a new one says, what will be done.

use iae_domain::control::{Decided, Withdrawal};

use super::AppealPage;
use super::form::{self, Act, Asked};
use super::recap::Recap;
use crate::choice::Choice;
use crate::control::outcome::sanction::{Details, Known, OutcomeForm, reasons, sanctions};
use crate::control::outcome::words;
use crate::forms::FieldErrors;

/// A step of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Act,
    /// Of a correction only.
    Decision,
    Recap,
}

/// What a form sent leads to.
pub(super) enum Next {
    Show(Step, FieldErrors),
    Read(Asked),
    Replace(Asked),
}

/// The step that comes after what is sent; or the first that has mistakes, with them; or what is done.
pub(super) fn next(form: &OutcomeForm, known: Known<'_>, is_annulled: bool) -> Next {
    let show = |step| Next::Show(step, FieldErrors::default());
    let step = match form.step.as_str() {
        "back_act" => return show(Step::Act),
        "back_decision" => return show(Step::Decision),
        "decision" => Step::Decision,
        "confirm" => Step::Recap,
        _ => Step::Act,
    };
    let (act, why) = match form::act(form, is_annulled) {
        Ok(asked) => asked,
        Err(errors) => return Next::Show(Step::Act, errors),
    };
    let decided = match act {
        Act::Annul => Decided::Annulled,
        Act::Correct if step == Step::Act => return show(Step::Decision),
        Act::Correct => {
            let mut errors = FieldErrors::default();
            let outcome = form.outcome(&mut errors, known);
            match errors.or(outcome) {
                Ok(outcome) => Decided::Outcome(outcome),
                Err(errors) => return Next::Show(Step::Decision, errors),
            }
        }
    };
    if step == Step::Recap { Next::Replace((why, decided)) } else { Next::Read((why, decided)) }
}

impl AppealPage {
    /// What this step asks.
    pub(super) fn asks(&self) -> &'static str {
        match (self.step, form::annuls(&self.form)) {
            (Step::Act, _) => "Le recours",
            (Step::Decision, _) => "La nouvelle décision",
            (Step::Recap, true) => "Vérifier avant d’annuler",
            (Step::Recap, false) => "Vérifier avant de remplacer",
        }
    }

    pub(super) fn acts(&self) -> Vec<Choice> {
        form::acts(&self.form)
    }

    pub(super) fn reasons(&self) -> Vec<Choice> {
        reasons(&self.form)
    }

    pub(super) fn sanctions(&self) -> Vec<Choice> {
        sanctions(&self.form)
    }

    pub(super) fn details(&self) -> Details {
        Details::of_all(&self.form, &self.of, self.replaced(), self.today)
    }

    pub(super) fn recap(&self) -> Option<Recap> {
        let asked = self.asked.as_ref()?;
        Some(Recap::of(asked, &self.in_force.decision, &self.of, self.today))
    }

    /// What is in force, in short.
    pub(super) fn decided(&self) -> Vec<&'static str> {
        words::labels(&self.in_force.decision)
    }

    pub(super) fn replaced(&self) -> Option<Withdrawal> {
        self.in_force.decision.outcome().and_then(|outcome| outcome.sanctions.withdrawal)
    }

    pub(super) fn known(&self) -> Known<'_> {
        Known { control: &self.of.control, replaced: self.replaced(), today: self.today }
    }

    /// What the other steps said, and the decision that was seen (D32).
    pub(super) fn kept(&self) -> Vec<(&'static str, String)> {
        let shown = match self.step {
            Step::Decision => [vec!["reason", "comment", "sanctions"], self.details().names()].concat(),
            Step::Act | Step::Recap => vec![],
        };
        let mut kept = self.form.kept(&shown, &self.of.control);
        if self.step != Step::Act {
            kept.extend([("act", self.form.act.clone()), ("why", self.form.why.clone())]);
        }
        kept.push(("seen", self.form.seen.clone()));
        kept
    }
}
