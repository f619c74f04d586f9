//! What a decision makes heavier than the one it takes the place of. An appeal is made against what was decided, and normally does not
//! make it worse: whoever does so is told, and nothing is refused.

use chrono::NaiveDate;

use super::decision::DetailedSanctions;
use super::sanction::{Sanction, Withdrawal};
use crate::ids::ControlHireId;

/// Something that becomes heavier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heavier {
    /// A sanction that was not decided before.
    New(Sanction),
    /// The withdrawal has more days, or has no end any more.
    Withdrawal {
        /// As it was notified.
        before: Withdrawal,
        /// As it would be.
        after: Withdrawal,
    },
    /// More of the subsidy of a hire is cut, in percent.
    Cut {
        /// The hire.
        hire: ControlHireId,
        /// As it was notified.
        before: u8,
        /// As it would be.
        after: u8,
    },
}

/// All that `after` makes heavier than `before`, in the order of the sanctions.
pub fn heavier(before: &DetailedSanctions, after: &DetailedSanctions) -> Vec<Heavier> {
    let training = before.training.is_none() && after.training.is_some();
    let training = training.then_some(Heavier::New(Sanction::Training));
    training.into_iter().chain(withdrawal(before, after)).chain(cuts(before, after)).collect()
}

fn withdrawal(before: &DetailedSanctions, after: &DetailedSanctions) -> Option<Heavier> {
    let days = after.withdrawal?;
    match before.withdrawal {
        None if days.to.is_some() => Some(Heavier::New(Sanction::TemporaryWithdrawal)),
        None => Some(Heavier::New(Sanction::PermanentWithdrawal)),
        Some(notified) if is_longer(notified, days) => {
            Some(Heavier::Withdrawal { before: notified, after: days })
        }
        Some(_) => None,
    }
}

/// Whether a withdrawal lasts longer than another: of two without end, the one that starts first does.
fn is_longer(before: Withdrawal, after: Withdrawal) -> bool {
    let lasts = |from: NaiveDate, to: NaiveDate| to.signed_duration_since(from);
    match (before.to, after.to) {
        (None, None) => after.from < before.from,
        (None, Some(_)) => false,
        (Some(_), None) => true,
        (Some(notified), Some(last)) => lasts(before.from, notified) < lasts(after.from, last),
    }
}

fn cuts(before: &DetailedSanctions, after: &DetailedSanctions) -> Vec<Heavier> {
    if before.cuts.is_empty() {
        return if after.cuts.is_empty() { vec![] } else { vec![Heavier::New(Sanction::SubsidyCut)] };
    }
    let notified = |hire| before.cuts.iter().find(|(cut, _)| *cut == hire).map_or(0, |(_, percent)| *percent);
    let cut = |(hire, after): &(ControlHireId, u8)| {
        let before = notified(*hire);
        (before < *after).then_some(Heavier::Cut { hire: *hire, before, after: *after })
    };
    after.cuts.iter().filter_map(cut).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::text::Message;

    fn withdrawn(from: &str, to: Option<&str>) -> DetailedSanctions {
        let day = |text: &str| text.parse().unwrap();
        let withdrawal = Some(Withdrawal { from: day(from), to: to.map(day) });
        DetailedSanctions { withdrawal, ..DetailedSanctions::default() }
    }

    fn cut(cuts: &[(u128, u8)]) -> DetailedSanctions {
        let cuts = cuts.iter().map(|(hire, percent)| (ControlHireId(Uuid::from_u128(*hire)), *percent));
        DetailedSanctions { cuts: cuts.collect(), ..DetailedSanctions::default() }
    }

    #[test]
    fn what_an_appeal_makes_heavier_is_told() {
        let training = || DetailedSanctions {
            training: Message::parse("Le 4 mars, à Metz.").ok(),
            ..DetailedSanctions::default()
        };
        let leniency = DetailedSanctions {
            leniency: Message::parse("La bonne foi est établie.").ok(),
            ..DetailedSanctions::default()
        };
        assert_eq!(heavier(&leniency, &training()), [Heavier::New(Sanction::Training)]);
        assert!(heavier(&training(), &training()).is_empty());
        assert!(heavier(&training(), &leniency).is_empty());
        let (half_a_year, for_good) =
            (withdrawn("2027-01-01", Some("2027-06-30")), withdrawn("2027-01-01", None));
        assert_eq!(
            heavier(&training(), &half_a_year),
            [Heavier::New(Sanction::TemporaryWithdrawal)],
            "the session that is left out is no heavier"
        );
        assert_eq!(heavier(&training(), &for_good), [Heavier::New(Sanction::PermanentWithdrawal)]);
        assert_eq!(heavier(&training(), &cut(&[(1, 5)])), [Heavier::New(Sanction::SubsidyCut)]);
        let all = DetailedSanctions { training: training().training, cuts: cut(&[(1, 5)]).cuts, ..for_good };
        assert_eq!(
            heavier(&leniency, &all),
            [
                Heavier::New(Sanction::Training),
                Heavier::New(Sanction::PermanentWithdrawal),
                Heavier::New(Sanction::SubsidyCut)
            ]
        );
    }

    /// Moved, it lasts as long: the SIAE loses no day more.
    #[test]
    fn a_withdrawal_is_heavier_when_it_lasts_longer() {
        let notified = ("2027-01-01", Some("2027-06-30"));
        for (before, after, expected) in [
            (notified, ("2027-01-01", Some("2027-06-30")), false),
            (notified, ("2027-01-01", Some("2027-07-01")), true),
            (notified, ("2026-12-31", Some("2027-06-30")), true),
            (notified, ("2027-01-01", Some("2027-06-29")), false),
            (notified, ("2027-03-01", Some("2027-08-28")), false),
            (notified, ("2027-12-01", None), true),
            (("2027-01-01", None), ("2027-01-01", Some("2040-01-01")), false),
            (("2027-01-01", None), ("2027-01-01", None), false),
            (("2027-01-01", None), ("2026-12-31", None), true),
            (("2027-01-01", None), ("2027-01-02", None), false),
        ] {
            let (one, other) = (withdrawn(before.0, before.1), withdrawn(after.0, after.1));
            let told = heavier(&one, &other);
            assert_eq!(!told.is_empty(), expected, "{before:?} {after:?}: {told:?}");
        }
    }

    #[test]
    fn a_cut_is_heavier_hire_by_hire() {
        let hire = |number| ControlHireId(Uuid::from_u128(number));
        let told = heavier(&cut(&[(1, 40), (2, 50)]), &cut(&[(1, 41), (2, 50), (3, 10)]));
        assert_eq!(
            told,
            [
                Heavier::Cut { hire: hire(1), before: 40, after: 41 },
                Heavier::Cut { hire: hire(3), before: 0, after: 10 }
            ]
        );
        assert!(heavier(&cut(&[(1, 40), (2, 50)]), &cut(&[(1, 40)])).is_empty());
        assert!(heavier(&cut(&[(1, 40)]), &cut(&[])).is_empty());
    }
}
