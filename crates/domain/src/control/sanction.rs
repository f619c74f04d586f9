//! What a DDETS decides of a negative result (rule book 04 §1.15), and what it does to the rest of the platform (§1.16).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::state::HireState;
use crate::code::code;
use crate::ids::ApplicationId;
use crate::time::add_months;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    Percentages(Vec<ApplicationId>),
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
    can_be_cut: &[ApplicationId],
    typed: &BTreeMap<ApplicationId, Option<u8>>,
) -> Result<Vec<(ApplicationId, u8)>, CutsRefused> {
    if typed.keys().any(|hire| !can_be_cut.contains(hire)) {
        return Err(CutsRefused::NotOfControl);
    }
    let percent = |hire: &ApplicationId| typed.get(hire).copied().flatten().filter(|percent| *percent <= 100);
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
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// §1.15, step 2: all the choices there can be.
    #[test]
    fn which_sanctions_go_together() {
        use Sanction as S;
        for bits in 0..32_u32 {
            let chosen: Vec<_> = S::ALL
                .iter()
                .enumerate()
                .filter(|(rank, _)| bits & (1 << rank) != 0)
                .map(|(_, one)| *one)
                .collect();
            let has = |one| chosen.contains(&one);
            let mut expected = Vec::new();
            if chosen.is_empty() {
                expected.push(SanctionsRefused::Nothing);
            }
            if has(S::TemporaryWithdrawal) && has(S::PermanentWithdrawal) {
                expected.push(SanctionsRefused::TwoWithdrawals);
            }
            if has(S::None) && chosen.len() > 1 {
                expected.push(SanctionsRefused::NoneWithOthers);
            }
            let read = Sanctions::choose(chosen.clone());
            assert_eq!(read.clone().err().unwrap_or_default(), expected, "{chosen:?}");
            if let Ok(read) = read {
                let alone = [vec![S::Training], vec![S::None]];
                assert_eq!(read.is_significant(), !alone.contains(&chosen), "{chosen:?}");
            }
        }
    }

    /// §1.15, step 3: a month later at the earliest, 31 January included.
    #[test]
    fn a_withdrawal_starts_a_month_later() {
        use WithdrawalRefused::*;
        for (from, to, today, expected) in [
            ("2026-12-28", None, "2026-11-28", None),
            ("2026-12-27", None, "2026-11-28", Some(FromTooSoon { earliest: day("2026-12-28") })),
            ("2026-11-27", None, "2026-11-28", Some(FromTooSoon { earliest: day("2026-12-28") })),
            ("2027-02-28", None, "2027-01-31", None),
            ("2026-12-28", Some("2026-12-28"), "2026-11-28", None),
            ("2026-12-28", Some("2027-06-30"), "2026-11-28", None),
            ("2026-12-28", Some("2026-12-27"), "2026-11-28", Some(ToTooSoon { earliest: day("2026-12-28") })),
            ("2027-02-01", Some("2027-01-31"), "2026-11-28", Some(Backwards)),
        ] {
            let read = Withdrawal::decide(day(from), to.map(day), day(today));
            assert_eq!(read.err(), expected, "{from} {to:?}");
        }
    }

    #[test]
    fn the_withdrawal_that_ends_last_is_shown() {
        let one = |from, to: Option<&str>| Withdrawal { from: day(from), to: to.map(day) };
        let (short, long) = (one("2027-01-01", Some("2027-03-31")), one("2027-02-01", Some("2027-12-31")));
        let permanent = one("2027-03-15", None);
        let all = [permanent, long, short];
        for (on, expected) in [
            ("2026-12-31", None),
            ("2027-01-01", Some(short)),
            ("2027-02-01", Some(long)),
            ("2027-03-14", Some(long)),
            ("2027-03-15", Some(permanent)),
            ("2040-01-01", Some(permanent)),
        ] {
            assert_eq!(Withdrawal::in_force(&all, day(on)), expected, "{on}");
        }
        assert_eq!(Withdrawal::in_force(&[short], day("2027-03-31")), Some(short), "its last day included");
        assert_eq!(Withdrawal::in_force(&[short], day("2027-04-01")), None);
    }

    #[test]
    fn every_hire_that_can_be_cut_has_its_percentage() {
        let hire = |n| ApplicationId(uuid::Uuid::from_u128(n));
        let of_control = [hire(1), hire(2)];
        let read = |typed: &[(u128, Option<u8>)]| {
            cuts(&of_control, &typed.iter().map(|(n, percent)| (hire(*n), *percent)).collect())
        };
        assert_eq!(read(&[(1, Some(0)), (2, Some(100))]), Ok(vec![(hire(2), 100)]));
        assert_eq!(read(&[(1, Some(1)), (2, Some(50))]), Ok(vec![(hire(1), 1), (hire(2), 50)]));
        assert_eq!(read(&[(1, Some(0)), (2, Some(0))]), Err(CutsRefused::NothingCut));
        assert_eq!(read(&[(1, Some(101)), (2, None)]), Err(CutsRefused::Percentages(vec![hire(1), hire(2)])));
        assert_eq!(read(&[(1, Some(10))]), Err(CutsRefused::Percentages(vec![hire(2)])));
        assert_eq!(read(&[(1, Some(10)), (2, Some(0)), (3, Some(10))]), Err(CutsRefused::NotOfControl));
    }

    #[test]
    fn what_was_accepted_or_not_reviewed_is_not_cut() {
        use HireState::*;
        let cut: Vec<_> = HireState::ALL.iter().copied().filter(|state| can_be_cut(*state)).collect();
        assert_eq!(cut, [Refused, RefusedTwice, Uploaded, Processing, Pending]);
    }
}
