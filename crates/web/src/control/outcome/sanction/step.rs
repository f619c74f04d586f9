//! The steps of a decision, and what leads from one to the next.

use iae_domain::control::Outcome;

use super::SanctionPage;
use super::form::{Known, OutcomeForm};
use crate::forms::FieldErrors;

/// A step of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Result,
    Choice,
    Details,
    Recap,
}

/// How many steps there are.
pub(super) const TOTAL: u8 = 4;

/// What a form sent leads to.
pub(super) enum Next {
    Show(Step, FieldErrors),
    Read(Outcome),
    Notify(Outcome),
}

impl OutcomeForm {
    /// The step that comes after what is sent; or the first that has mistakes, with them; or the decision.
    pub(super) fn next(&self, known: Known<'_>) -> Next {
        let show = |step| Next::Show(step, FieldErrors::default());
        let step = match self.step.as_str() {
            "back_result" => return show(Step::Result),
            "back_choice" => return show(Step::Choice),
            "back_details" => return show(Step::Details),
            "choice" => Step::Choice,
            "details" => Step::Details,
            "confirm" => Step::Recap,
            _ => Step::Result,
        };
        let mut errors = FieldErrors::default();
        let Some((reason, comment)) = self.result(&mut errors) else {
            return Next::Show(Step::Result, errors);
        };
        if step == Step::Result {
            return show(Step::Choice);
        }
        let Some(chosen) = self.chosen(&mut errors) else { return Next::Show(Step::Choice, errors) };
        if step == Step::Choice {
            return show(Step::Details);
        }
        let sanctions = self.details(&mut errors, &chosen, known);
        if !errors.is_empty() {
            return Next::Show(Step::Details, errors);
        }
        let outcome = Outcome { reason, comment, sanctions };
        if step == Step::Recap { Next::Notify(outcome) } else { Next::Read(outcome) }
    }
}

impl SanctionPage {
    pub(super) const fn rank(&self) -> u8 {
        match self.step {
            Step::Result => 1,
            Step::Choice => 2,
            Step::Details => 3,
            Step::Recap => TOTAL,
        }
    }

    /// What comes next.
    pub(super) const fn next(&self) -> &'static str {
        match self.step {
            Step::Result => "le choix de la sanction",
            Step::Choice => "les précisions",
            Step::Details => "relire la décision avant de la notifier",
            Step::Recap => "",
        }
    }

    /// What this step asks.
    pub(super) const fn asks(&self) -> &'static str {
        match self.step {
            Step::Result => "Résultat négatif\u{a0}: pour quel motif\u{a0}?",
            Step::Choice => "Choix de la sanction",
            Step::Details => "Précisions",
            Step::Recap => "Vérifier avant de notifier",
        }
    }
}
