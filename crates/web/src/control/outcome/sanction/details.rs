//! What is asked of a decision, sanction by sanction: the choices, then the fields that each needs.

use chrono::NaiveDate;
use iae_app::control::controls::queries::review::{ControlPage, HireCard};
use iae_domain::control::{ControlledHire, NegativeReason, Sanction, Withdrawal, can_be_cut};
use iae_domain::time::add_months;

use super::form::{FROM, OutcomeForm, TO, line};
use crate::choice::Choice;
use crate::control::outcome::words::{days, motive};
use crate::french::date;

/// The fields of step 3.
pub(in super::super) struct Details {
    /// Whether they must all be filled: after an appeal, only those of what is ticked.
    pub is_owed: bool,
    /// Whether the session of training is asked.
    pub training: bool,
    /// Whether the first day of a withdrawal is.
    pub withdrawal: bool,
    /// Whether its last day is.
    pub end: bool,
    /// Whether percentages are.
    pub cuts: bool,
    /// Why nothing is sanctioned.
    pub leniency: bool,
    /// When a withdrawal may start.
    pub starts: String,
    /// A line for each hire whose subsidy may be cut.
    pub lines: Vec<CutLine>,
}

/// The percentage of a hire.
pub(in super::super) struct CutLine {
    /// Its field.
    pub name: &'static str,
    /// Which hire.
    pub label: String,
    /// What was found.
    pub hint: &'static str,
    /// What was typed.
    pub typed: String,
}

impl Details {
    /// Those of the sanctions that were chosen.
    pub(super) fn of_chosen(form: &OutcomeForm, of: &ControlPage, today: NaiveDate) -> Self {
        let is_temporary = form.has(Sanction::TemporaryWithdrawal);
        Self {
            is_owed: true,
            training: form.has(Sanction::Training),
            withdrawal: is_temporary || form.has(Sanction::PermanentWithdrawal),
            end: is_temporary,
            cuts: form.has(Sanction::SubsidyCut),
            leniency: form.has(Sanction::None),
            starts: starts(None, today),
            lines: lines(form, of),
        }
    }

    /// Those of every sanction, whichever is chosen, `replaced` being the withdrawal that was notified.
    pub(in super::super) fn of_all(
        form: &OutcomeForm,
        of: &ControlPage,
        replaced: Option<Withdrawal>,
        today: NaiveDate,
    ) -> Self {
        Self {
            is_owed: false,
            training: true,
            withdrawal: true,
            end: true,
            cuts: true,
            leniency: true,
            starts: starts(replaced, today),
            lines: lines(form, of),
        }
    }

    /// The names of their fields.
    pub(in super::super) fn names(&self) -> Vec<&'static str> {
        let fields = [
            (self.training, "training"),
            (self.withdrawal, FROM),
            (self.end, TO),
            (self.leniency, "leniency"),
        ];
        let fields = fields.into_iter().filter_map(|(is_shown, name)| is_shown.then_some(name));
        let lines = self.lines.iter().filter(|_| self.cuts).map(|line| line.name);
        fields.chain(lines).collect()
    }
}

fn lines(form: &OutcomeForm, of: &ControlPage) -> Vec<CutLine> {
    let cut = |(hire, card): (&ControlledHire, &HireCard)| CutLine {
        name: line(hire.rank),
        label: format!(
            "Auto-prescription {}\u{a0}: {}, PASS IAE {}",
            hire.rank, card.masked, card.pass_number
        ),
        hint: motive(hire.state()).unwrap_or_default(),
        typed: form.percent(hire.rank).to_owned(),
    };
    of.hires().filter(|(hire, _)| can_be_cut(hire.state())).map(cut).collect()
}

/// When a withdrawal may start.
fn starts(replaced: Option<Withdrawal>, today: NaiveDate) -> String {
    let earliest = date(add_months(today, 1));
    match replaced {
        None => format!("Au plus tôt le {earliest}."),
        Some(notified) => {
            format!("Au plus tôt le {earliest}, sauf pour les jours déjà notifiés, {}.", days(notified))
        }
    }
}

/// The main reasons, one of them chosen.
pub(in super::super) fn reasons(form: &OutcomeForm) -> Vec<Choice> {
    let choice = |reason: &NegativeReason| {
        Choice::new(reason.code(), reason.label()).selected_if(form.reason == reason.code())
    };
    NegativeReason::ALL.iter().map(choice).collect()
}

/// The sanctions, some of them chosen.
pub(in super::super) fn sanctions(form: &OutcomeForm) -> Vec<Choice> {
    let choice = |one: &Sanction| {
        Choice::new(one.code(), one.label()).with_hint(hint(*one)).selected_if(form.has(*one))
    };
    Sanction::ALL.iter().map(choice).collect()
}

const fn hint(one: Sanction) -> &'static str {
    match one {
        Sanction::Training => {
            "Obligatoire dès qu’une irrégularité est constatée. Seule, elle est notifiée par e-mail."
        }
        Sanction::TemporaryWithdrawal | Sanction::PermanentWithdrawal => {
            "Un mois après la décision au plus tôt. Notifié par lettre recommandée."
        }
        Sanction::SubsidyCut => {
            "Pour les auto-prescriptions qui ne sont pas justifiées. Notifiée par lettre recommandée."
        }
        Sanction::None => "Sans aucune autre sanction. Notifié par e-mail, avec vos raisons.",
    }
}
