//! What a DDETS decides of a negative result (rule book 04 §1.15), and what it does to the rest of the platform (§1.16).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::state::HireState;
use crate::code::code;
use crate::ids::ControlHireId;
use crate::time::{add_days, add_months, sub_days};

code! {
    /// Why the result is negative.
    NegativeReason {
        Delay = "delay", "Non respect des délais";
        InvalidProof = "invalid_proof", "Pièce justificative incorrecte";
        MissingProof = "missing_proof", "Pièce justificative manquante";
        Other = "other", "Autre";
    }
}

code! {
    /// What may be decided.
    Sanction {
        Training = "training", "Participation à une session de présentation de l’auto-prescription";
        TemporaryWithdrawal = "temporary_withdrawal", "Retrait temporaire de la capacité d’auto-prescription";
        PermanentWithdrawal = "permanent_withdrawal", "Retrait définitif de la capacité d’auto-prescription";
        SubsidyCut = "subsidy_cut", "Suppression partielle ou totale de l’aide au poste";
        None = "none", "Ne pas sanctionner";
    }
}

/// Why a choice of sanctions is refused; several reasons may hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum SanctionsRefused {
    /// None is chosen.
    #[error("nothing is chosen")]
    Nothing,
    /// A withdrawal is temporary or permanent.
    #[error("a withdrawal is temporary or permanent")]
    TwoWithdrawals,
    /// « Ne pas sanctionner » stands alone.
    #[error("not to sanction stands alone")]
    NoneWithOthers,
}

/// What was chosen, to be detailed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanctions(Vec<Sanction>);

impl Sanctions {
    /// Reads a choice.
    pub fn choose(chosen: impl IntoIterator<Item = Sanction>) -> Result<Self, Vec<SanctionsRefused>> {
        let mut chosen: Vec<_> = chosen.into_iter().collect();
        chosen.sort_unstable();
        chosen.dedup();
        let has = |one| chosen.contains(&one);
        let refused: Vec<_> = [
            (chosen.is_empty(), SanctionsRefused::Nothing),
            (
                has(Sanction::TemporaryWithdrawal) && has(Sanction::PermanentWithdrawal),
                SanctionsRefused::TwoWithdrawals,
            ),
            (has(Sanction::None) && chosen.len() > 1, SanctionsRefused::NoneWithOthers),
        ]
        .into_iter()
        .filter_map(|(holds, refused)| holds.then_some(refused))
        .collect();
        if refused.is_empty() { Ok(Self(chosen)) } else { Err(refused) }
    }

    /// Whether this one is among them.
    pub fn has(&self, one: Sanction) -> bool {
        self.0.contains(&one)
    }

    /// Whether they are notified by registered letter, not by mail: a withdrawal or a cut, whatever stands beside.
    pub fn is_significant(&self) -> bool {
        [Sanction::TemporaryWithdrawal, Sanction::PermanentWithdrawal, Sanction::SubsidyCut]
            .into_iter()
            .any(|one| self.has(one))
    }
}

/// The days when an SIAE may not prescribe to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// The first.
    pub from: NaiveDate,
    /// The last; none when it is permanent.
    pub to: Option<NaiveDate>,
}

/// Why the days of a withdrawal are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawalRefused {
    /// The first day comes too soon: the SIAE has a month.
    #[error("a withdrawal starts on {earliest} at the earliest")]
    FromTooSoon {
        /// The first day it may start.
        earliest: NaiveDate,
    },
    /// The last day comes too soon.
    #[error("a withdrawal ends on {earliest} at the earliest")]
    ToTooSoon {
        /// The same day.
        earliest: NaiveDate,
    },
    /// Corrected, it goes on after the days that were notified, too soon for the SIAE to have its month again.
    #[error("what was notified ends on {latest}")]
    ToTooLate {
        /// The last day it may have, unless it starts a month from now.
        latest: NaiveDate,
    },
    /// It ends before it starts.
    #[error("a withdrawal ends after it starts")]
    Backwards,
}

impl Withdrawal {
    /// Reads a withdrawal decided on `today`.
    pub fn decide(
        from: NaiveDate,
        to: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, WithdrawalRefused> {
        let earliest = add_months(today, 1);
        if from < earliest {
            return Err(WithdrawalRefused::FromTooSoon { earliest });
        }
        match to {
            Some(to) if to < earliest => Err(WithdrawalRefused::ToTooSoon { earliest }),
            Some(to) if to < from => Err(WithdrawalRefused::Backwards),
            to => Ok(Self { from, to }),
        }
    }

    /// Reads the withdrawal of a decision that takes the place of another, on `today`. What that one notified already may hold as it
    /// did; anything more gives the SIAE its month, as a first decision does.
    pub fn correct(
        from: NaiveDate,
        to: Option<NaiveDate>,
        replaced: Option<Self>,
        today: NaiveDate,
    ) -> Result<Self, WithdrawalRefused> {
        let Some(replaced) = replaced else { return Self::decide(from, to, today) };
        let earliest = add_months(today, 1);
        let is_notified = |day: NaiveDate| replaced.from <= day && replaced.to.is_none_or(|last| day <= last);
        if from < earliest && !is_notified(from) {
            // Nothing of what was notified is left to be kept, once it is over.
            let is_over = replaced.to.is_some_and(|last| last < from);
            let earliest = if is_over { earliest } else { earliest.min(replaced.from) };
            return Err(WithdrawalRefused::FromTooSoon { earliest });
        }
        if to.is_some_and(|to| to < from) {
            return Err(WithdrawalRefused::Backwards);
        }
        // Days are added after those that were notified: the first of them gives its month too.
        let added = replaced.to.map(|last| add_days(last, 1)).filter(|_| from < earliest);
        match added {
            Some(first) if first < earliest && to.is_none_or(|to| first <= to) => {
                Err(WithdrawalRefused::ToTooLate { latest: sub_days(first, 1) })
            }
            Some(_) | None => Ok(Self { from, to }),
        }
    }

    /// Whether it holds on a day, its bounds included.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// The one that holds on a day, of all those of an SIAE: that which ends last, a permanent one before any other.
    pub fn in_force(all: &[Self], day: NaiveDate) -> Option<Self> {
        let holding = all.iter().copied().filter(|one| one.holds_on(day));
        holding.max_by_key(|one| (one.to.is_none(), one.to))
    }
}

/// Why the cuts of a subsidy are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CutsRefused {
    /// These hires have no percentage, or one that is not from 0 to 100.
    #[error("a percentage is from 0 to 100")]
    Percentages(Vec<ControlHireId>),
    /// A line is of a hire whose subsidy cannot be cut.
    #[error("the hire cannot be cut")]
    NotOfControl,
    /// Nothing is cut.
    #[error("nothing is cut")]
    NothingCut,
}

/// Whether the subsidy of a hire may be cut: nothing came of it, or what came was refused.
pub const fn can_be_cut(state: HireState) -> bool {
    match state {
        HireState::Submitted | HireState::Accepted => false,
        HireState::Pending
        | HireState::Processing
        | HireState::Uploaded
        | HireState::Refused
        | HireState::RefusedTwice => true,
    }
}

/// The cuts to be kept, in percent: a line for each hire that can be cut and for no other, one of them at least above 0.
pub fn cuts(
    can_be_cut: &[ControlHireId],
    typed: &BTreeMap<ControlHireId, Option<u8>>,
) -> Result<Vec<(ControlHireId, u8)>, CutsRefused> {
    if typed.keys().any(|hire| !can_be_cut.contains(hire)) {
        return Err(CutsRefused::NotOfControl);
    }
    let percent = |hire: &ControlHireId| typed.get(hire).copied().flatten().filter(|percent| *percent <= 100);
    let wrong: Vec<_> = can_be_cut.iter().copied().filter(|hire| percent(hire).is_none()).collect();
    if !wrong.is_empty() {
        return Err(CutsRefused::Percentages(wrong));
    }
    let cuts: Vec<_> = can_be_cut
        .iter()
        .filter_map(|hire| percent(hire).filter(|percent| *percent > 0).map(|percent| (*hire, percent)))
        .collect();
    if cuts.is_empty() { Err(CutsRefused::NothingCut) } else { Ok(cuts) }
}

#[cfg(test)]
mod tests;
