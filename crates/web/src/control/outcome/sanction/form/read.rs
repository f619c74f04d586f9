//! What is typed of a decision, as the rules read it: every mistake beside its field.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use iae_domain::control::{
    Control, CutsRefused, DetailedSanctions, NegativeReason, Outcome, Sanction, Sanctions, Withdrawal, cuts,
};
use iae_domain::ids::ControlHireId;
use iae_domain::text::Message;

use super::super::messages;
use super::{CUTS, FROM, OutcomeForm, TO, line};
use crate::forms::FieldErrors;

/// The name of a percentage begins so, and ends by the rank of its hire.
const CUT: &str = "cut_";

/// What a form is read by.
#[derive(Debug, Clone, Copy)]
pub(in super::super::super) struct Known<'a> {
    /// The control that is decided of.
    pub control: &'a Control,
    /// The withdrawal of the decision that is replaced.
    pub replaced: Option<Withdrawal>,
    /// The day it is decided.
    pub today: NaiveDate,
}

/// Words that are asked for.
pub(in super::super::super) fn words<const MOST: usize>(
    errors: &mut FieldErrors,
    field: &'static str,
    typed: &str,
    blank: &str,
) -> Option<Message<MOST>> {
    errors.check_length(field, typed.trim(), MOST);
    let words = Message::parse(typed).ok();
    if words.is_none() {
        errors.add(field, blank);
    }
    words
}

impl OutcomeForm {
    /// Step 1.
    pub(in super::super) fn result(
        &self,
        errors: &mut FieldErrors,
    ) -> Option<(NegativeReason, Message<{ Outcome::MAX_CHARS }>)> {
        let reason = NegativeReason::parse(&self.reason);
        if reason.is_none() {
            errors.add("reason", messages::NO_REASON);
        }
        reason.zip(words(errors, "comment", &self.comment, messages::NO_COMMENT))
    }

    /// Step 2, with every mistake.
    pub(in super::super) fn chosen(&self, errors: &mut FieldErrors) -> Option<Sanctions> {
        let chosen = self.sanctions.iter().filter_map(|code| Sanction::parse(code));
        Sanctions::choose(chosen).map_err(|refused| errors.add("sanctions", messages::choice(&refused))).ok()
    }

    /// Step 3: what the chosen sanctions need; whole when there is no mistake.
    pub(in super::super) fn details(
        &self,
        errors: &mut FieldErrors,
        chosen: &Sanctions,
        known: Known<'_>,
    ) -> DetailedSanctions {
        let is_temporary = chosen.has(Sanction::TemporaryWithdrawal);
        let mut details = DetailedSanctions::default();
        if chosen.has(Sanction::Training) {
            details.training = words(errors, "training", &self.training, messages::NO_TRAINING);
        }
        if is_temporary || chosen.has(Sanction::PermanentWithdrawal) {
            details.withdrawal = self.withdrawal(errors, is_temporary, known);
        }
        if chosen.has(Sanction::SubsidyCut) {
            details.cuts = self.cuts(errors, known.control);
        }
        if chosen.has(Sanction::None) {
            details.leniency = words(errors, "leniency", &self.leniency, messages::NO_LENIENCY);
        }
        details
    }

    /// The three steps at once: after an appeal they are one page.
    pub(in super::super::super) fn outcome(
        &self,
        errors: &mut FieldErrors,
        known: Known<'_>,
    ) -> Option<Outcome> {
        let result = self.result(errors);
        let chosen = self.chosen(errors);
        let sanctions = chosen.map(|chosen| self.details(errors, &chosen, known));
        let (reason, comment) = result?;
        Some(Outcome { reason, comment, sanctions: sanctions? })
    }

    fn withdrawal(
        &self,
        errors: &mut FieldErrors,
        is_temporary: bool,
        known: Known<'_>,
    ) -> Option<Withdrawal> {
        let from = errors.day(FROM, &self.withdrawn_from);
        if from.is_none() {
            errors.add(FROM, messages::NO_FIRST_DAY);
        }
        let to = if is_temporary { errors.day(TO, &self.withdrawn_to) } else { None };
        if is_temporary && to.is_none() {
            errors.add(TO, messages::NO_LAST_DAY);
        }
        let from = from?;
        if is_temporary && to.is_none() {
            return None;
        }
        let read = |from| Withdrawal::correct(from, to, known.replaced, known.today);
        let refused = match read(from) {
            Ok(withdrawal) => return Some(withdrawal),
            Err(refused) => refused,
        };
        // What is wrong with the last day is said at once, as it would be when the first is mended.
        if let Some(earliest) = messages::add_day(errors, refused)
            && let Err(refused) = read(earliest)
        {
            messages::add_day(errors, refused);
        }
        None
    }

    fn cuts(&self, errors: &mut FieldErrors, control: &Control) -> Vec<(ControlHireId, u8)> {
        let cuttable: Vec<_> = control.cuttable().map(|hire| hire.id).collect();
        let of_rank = |rank: &str| control.hires.iter().find(|hire| hire.rank.to_string() == rank);
        let lines = self.lines.iter().filter_map(|(name, typed)| Some((name.strip_prefix(CUT)?, typed)));
        let typed: Option<BTreeMap<_, _>> =
            lines.map(|(rank, typed)| Some((of_rank(rank)?.id, percent(typed)))).collect();
        match typed.ok_or(CutsRefused::NotOfControl).and_then(|typed| cuts(&cuttable, &typed)) {
            Ok(cuts) => return cuts,
            Err(CutsRefused::Percentages(wrong)) => {
                for hire in control.hires.iter().filter(|hire| wrong.contains(&hire.id)) {
                    errors.add(line(hire.rank), messages::no_percent(hire.rank));
                }
            }
            Err(CutsRefused::NotOfControl) => errors.add(CUTS, messages::FOREIGN_LINE),
            Err(CutsRefused::NothingCut) => errors.add(CUTS, messages::NOTHING_CUT),
        }
        vec![]
    }
}

/// « 50 », or « 50 % ».
fn percent(typed: &str) -> Option<u8> {
    let typed = typed.trim();
    typed.strip_suffix('%').unwrap_or(typed).trim_end().parse().ok()
}
