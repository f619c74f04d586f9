//! What a DDETS decides of a negative result, and what becomes of that decision after an appeal: a decision is never changed, a new
//! one takes its place and both are kept (rule book 04 §1.15, §1.16).

use chrono::{DateTime, NaiveDate, Utc};

use super::controlled::{Control, ControlledHire};
use super::event::ControlChange;
use super::sanction::{NegativeReason, Sanction, Withdrawal, WithdrawalRefused, can_be_cut};
use super::state::CompanyState;
use crate::Changed;
use crate::code::code;
use crate::ids::{ControlDecisionId, ControlHireId, ControlId, UserId};
use crate::text::Message;
use crate::time::{paris_date, sub_months};

/// Months within which another irregular control counts in the grid.
const AGAIN_MONTHS: u32 = 36;

/// Most characters of each text of a decision.
const WORDS_MAX_CHARS: usize = 2_000;

/// What is decided of a negative result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The main reason of the result.
    pub reason: NegativeReason,
    /// The same in words.
    pub comment: Message<WORDS_MAX_CHARS>,
    /// What is decided, the same that step 2 chose.
    pub sanctions: DetailedSanctions,
}

impl Outcome {
    /// Most characters of each text of a decision.
    pub const MAX_CHARS: usize = WORDS_MAX_CHARS;

    /// Whether the days of its withdrawal may be decided on `today`, in the place of those of `replaced`.
    fn check_days(&self, replaced: Option<&Self>, today: NaiveDate) -> Result<(), WithdrawalRefused> {
        let Some(Withdrawal { from, to }) = self.sanctions.withdrawal else { return Ok(()) };
        let notified = replaced.and_then(|outcome| outcome.sanctions.withdrawal);
        Withdrawal::correct(from, to, notified, today)?;
        Ok(())
    }
}

/// Sanctions, with what each needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DetailedSanctions {
    /// The session of training, in words.
    pub training: Option<Message<WORDS_MAX_CHARS>>,
    /// The days when the SIAE may not prescribe to itself.
    pub withdrawal: Option<Withdrawal>,
    /// The share of the subsidy that is cut, hire by hire, in percent.
    pub cuts: Vec<(ControlHireId, u8)>,
    /// Why nothing is sanctioned.
    pub leniency: Option<Message<WORDS_MAX_CHARS>>,
}

impl DetailedSanctions {
    /// Whether they are notified by registered letter, not by mail.
    pub const fn is_significant(&self) -> bool {
        self.withdrawal.is_some() || !self.cuts.is_empty()
    }

    /// The same, as step 2 chose them.
    pub fn chosen(&self) -> Vec<Sanction> {
        let withdrawal = self.withdrawal.map(|days| match days.to {
            Some(_) => Sanction::TemporaryWithdrawal,
            None => Sanction::PermanentWithdrawal,
        });
        [
            self.training.as_ref().map(|_| Sanction::Training),
            withdrawal,
            (!self.cuts.is_empty()).then_some(Sanction::SubsidyCut),
            self.leniency.as_ref().map(|_| Sanction::None),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

code! {
    /// What becomes of the subsidy of an SIAE that was decided of (§1.21: « aide au poste oui/non »).
    Subsidy {
        Cut = "cut", "Oui, supprimée en tout ou en partie";
        Kept = "kept", "Non, maintenue";
    }
}

/// What a decision says: an outcome, or that the one before is annulled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// An outcome.
    Outcome(Outcome),
    /// The decision it takes the place of is annulled, and nothing comes instead.
    Annulled,
}

/// Who reads a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionReader {
    /// The DDETS that decided.
    Ddets,
    /// The SIAE it is about.
    Company,
}

impl DecisionReader {
    /// Whether it reads the detail of what is decided: the DDETS, all of it; the SIAE, what a mail notifies. Of what a registered
    /// letter does, which alone binds (§1.15), the SIAE reads the days of a withdrawal, from the decision on: it is held to them
    /// (§1.16). The rest is in the letter.
    pub const fn reads(self, one: Sanction, is_by_letter: bool) -> bool {
        match (self, one) {
            (Self::Ddets, _)
            | (Self::Company, Sanction::TemporaryWithdrawal | Sanction::PermanentWithdrawal) => true,
            (Self::Company, Sanction::Training | Sanction::SubsidyCut | Sanction::None) => !is_by_letter,
        }
    }
}

/// A decision about the control of an SIAE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlDecision {
    /// Its id.
    pub id: ControlDecisionId,
    /// The control.
    pub control: ControlId,
    /// What it says.
    pub decided: Decided,
    /// The decision it takes the place of, after an appeal, and why.
    pub replaces: Option<(ControlDecisionId, Message<WORDS_MAX_CHARS>)>,
    /// Who decided.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why nothing is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionRefused {
    /// The result is not negative for good: there is nothing to sanction.
    #[error("there is no negative result to decide of")]
    NotNegative,
    /// A decision was notified already: what comes now takes its place.
    #[error("a decision was notified already")]
    Notified,
    /// The decision it would take the place of is not the one in force.
    #[error("another decision is in force")]
    NotInForce,
    /// The decision it would annul annulled another: nothing is left to annul.
    #[error("nothing is in force")]
    NothingToAnnul,
    /// The days of its withdrawal come too soon on the day it is made, whatever they were when its form was read.
    #[error(transparent)]
    Days(#[from] WithdrawalRefused),
}

impl ControlDecision {
    /// What it decides; nothing when it annuls.
    pub const fn outcome(&self) -> Option<&Outcome> {
        match &self.decided {
            Decided::Outcome(outcome) => Some(outcome),
            Decided::Annulled => None,
        }
    }

    /// The decision it takes the place of.
    pub fn replaced(&self) -> Option<ControlDecisionId> {
        self.replaces.as_ref().map(|(replaced, _)| *replaced)
    }
}

/// The decisions on one control, in the order in which each took the place of the one before: the last one is in force. `ids` gives
/// the id of one, and of the one it replaces. When they were made does not say it: two servers have two clocks.
pub fn in_order<T>(
    mut made: Vec<T>,
    ids: impl Fn(&T) -> (ControlDecisionId, Option<ControlDecisionId>),
) -> Vec<T> {
    let mut ordered = Vec::with_capacity(made.len());
    let mut replaced: Option<ControlDecisionId> = None;
    while let Some(place) = made.iter().position(|one| ids(one).1 == replaced) {
        let next = made.swap_remove(place);
        replaced = Some(ids(&next).0);
        ordered.push(next);
    }
    ordered
}

impl Control {
    /// Whether the result is negative for good, the campaign ended or not: the DDETS may decide of it (§1.15).
    pub fn is_refused_for_good(&self) -> bool {
        self.reviewed.is_final(self.phase)
            && self.reviewed.state(self.raw(), self.phase) == CompanyState::Refused
    }

    /// Whether a negative result waits for its first decision.
    pub fn awaits_decision(&self) -> bool {
        self.is_refused_for_good() && self.notified_at.is_none()
    }

    /// The hires whose subsidy may be cut.
    pub fn cuttable(&self) -> impl Iterator<Item = &ControlledHire> {
        self.hires.iter().filter(|hire| can_be_cut(hire.state()))
    }

    /// The DDETS decides of the negative result, and notifies it: the month that the SIAE has before a withdrawal runs from `at`.
    pub fn decide_outcome(
        &self,
        id: ControlDecisionId,
        outcome: Outcome,
        by: UserId,
        at: DateTime<Utc>,
    ) -> Result<Changed<ControlDecision>, DecisionRefused> {
        if !self.is_refused_for_good() {
            return Err(DecisionRefused::NotNegative);
        }
        if self.notified_at.is_some() {
            return Err(DecisionRefused::Notified);
        }
        outcome.check_days(None, paris_date(at))?;
        let decided = Decided::Outcome(outcome);
        Ok(self.decision(ControlDecision { id, control: self.id, decided, replaces: None, by, at }))
    }

    /// After an appeal, a new decision takes the place of the one in force, which `seen` must be: it annuls it, or corrects it.
    pub fn replace_decision(
        &self,
        in_force: &ControlDecision,
        (id, seen, why): (ControlDecisionId, ControlDecisionId, Message<WORDS_MAX_CHARS>),
        decided: Decided,
        (by, at): (UserId, DateTime<Utc>),
    ) -> Result<Changed<ControlDecision>, DecisionRefused> {
        if in_force.id != seen {
            return Err(DecisionRefused::NotInForce);
        }
        if in_force.decided == Decided::Annulled && decided == Decided::Annulled {
            return Err(DecisionRefused::NothingToAnnul);
        }
        if let Decided::Outcome(outcome) = &decided {
            outcome.check_days(in_force.outcome(), paris_date(at))?;
        }
        let replaces = Some((seen, why));
        Ok(self.decision(ControlDecision { id, control: self.id, decided, replaces, by, at }))
    }

    fn decision(&self, decision: ControlDecision) -> Changed<ControlDecision> {
        let replaces = decision.replaced();
        let change = match &decision.decided {
            Decided::Annulled => ControlChange::DecisionAnnulled { decision: decision.id, replaces },
            Decided::Outcome(outcome) => ControlChange::Decided {
                decision: decision.id,
                replaces,
                reason: outcome.reason,
                sanctions: outcome.sanctions.chosen(),
                withdrawal: outcome.sanctions.withdrawal,
                cuts: outcome.sanctions.cuts.clone(),
            },
        };
        let event = self.event(change);
        Changed::new(decision, event)
    }
}

/// Whether an SIAE was found irregular within three years of a day, what the grid of sanctions asks: by the days its other negative
/// controls ended on, those whose decision was annulled left aside.
pub fn was_irregular(negative: impl IntoIterator<Item = DateTime<Utc>>, today: NaiveDate) -> bool {
    let since = sub_months(today, AGAIN_MONTHS);
    negative.into_iter().any(|ended| paris_date(ended) >= since)
}

#[cfg(test)]
mod tests;
