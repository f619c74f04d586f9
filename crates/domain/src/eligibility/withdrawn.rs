//! An SIAE whose right to prescribe to itself is withdrawn (rule book 04 §1.16, 03 §2.13): what it may not do, and on which days.

use chrono::NaiveDate;

use super::{AuthorKind, Diagnosis};
use crate::control::Withdrawal;
use crate::ids::ControlId;

/// The right of an SIAE to prescribe to itself is withdrawn on these days; and why what would rest on nothing else is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the right to prescribe to oneself is withdrawn from {}", .days.from)]
pub struct Withdrawn {
    /// The days.
    pub days: Withdrawal,
    /// The control it was decided after.
    pub control: ControlId,
}

impl Withdrawn {
    /// Of all those of an SIAE, the one that holds on a day: that which ends last, a permanent one before any other.
    pub fn in_force(all: &[Self], day: NaiveDate) -> Option<Self> {
        let days: Vec<_> = all.iter().map(|one| one.days).collect();
        let holds = Withdrawal::in_force(&days, day)?;
        all.iter().copied().find(|one| one.days == holds)
    }

    /// The first of those that start after a day, and go on after the one that holds then.
    pub fn coming(all: &[Self], day: NaiveDate) -> Option<Self> {
        let holds = Self::in_force(all, day);
        let goes_on = |one: &Self, last: NaiveDate| one.days.to.is_none_or(|to| last < to);
        let adds =
            |one: &Self| holds.is_none_or(|holds| holds.days.to.is_some_and(|last| goes_on(one, last)));
        let comes = |one: &Self| day < one.days.from && adds(one);
        all.iter().copied().filter(comes).min_by_key(|one| one.days.from)
    }

    /// Refuses what an SIAE with these may not do on a day.
    pub fn check(all: &[Self], day: NaiveDate) -> Result<(), Self> {
        Self::in_force(all, day).map_or(Ok(()), Err)
    }
}

/// Whether a prescripteur habilité answers for the eligibility of a person today, by one of these diagnoses.
pub fn has_prescriber_diagnosis(diagnoses: &[Diagnosis], today: NaiveDate) -> bool {
    diagnoses.iter().any(|one| one.author_kind == AuthorKind::Prescriber && one.is_unexpired(today))
}

/// Whether nobody but the SIAE that hires answers for the eligibility of a person: they hold neither a valid PASS nor a valid
/// diagnosis by a prescripteur habilité. A diagnosis that the SIAE made before is its own word too (W12).
pub const fn rests_on_siae(has_prescriber_diagnosis: bool, has_valid_pass: bool) -> bool {
    !has_valid_pass && !has_prescriber_diagnosis
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CandidateId, DiagnosisId, OrganisationId};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn withdrawn(n: u128, from: &str, to: Option<&str>) -> Withdrawn {
        let days = Withdrawal { from: day(from), to: to.map(day) };
        Withdrawn { days, control: ControlId(uuid::Uuid::from_u128(n)) }
    }

    /// §1.16: bounds included, nothing before nor after; of several, the one that ends last, a permanent one first.
    #[test]
    fn a_withdrawal_holds_from_its_first_day_to_its_last_and_the_longest_is_shown() {
        let short = withdrawn(1, "2027-01-10", Some("2027-03-31"));
        let long = withdrawn(2, "2027-02-01", Some("2027-12-31"));
        let permanent = withdrawn(3, "2028-01-01", None);
        let within = withdrawn(4, "2027-06-01", Some("2027-06-30"));
        let all = [permanent, short, within, long];
        for (on, holds, comes) in [
            ("2027-01-09", None, Some(short)),
            ("2027-01-10", Some(short), Some(long)),
            ("2027-01-31", Some(short), Some(long)),
            ("2027-02-01", Some(long), Some(permanent)),
            ("2027-06-01", Some(long), Some(permanent)),
            ("2027-12-31", Some(long), Some(permanent)),
            ("2028-01-01", Some(permanent), None),
            ("2050-01-01", Some(permanent), None),
        ] {
            assert_eq!(Withdrawn::in_force(&all, day(on)), holds, "{on}");
            assert_eq!(Withdrawn::check(&all, day(on)).err(), holds, "{on}");
            assert_eq!(Withdrawn::coming(&all, day(on)), comes, "{on}");
        }
        assert_eq!(Withdrawn::in_force(&[short], day("2027-03-31")), Some(short));
        assert_eq!(Withdrawn::in_force(&[short], day("2027-04-01")), None);
        assert_eq!(Withdrawn::check(&[], day("2027-04-01")), Ok(()));
    }

    /// §1.16, W12: a valid PASS or a valid diagnosis by a prescripteur habilité, and nothing else, stands without the SIAE.
    #[test]
    fn what_stands_without_the_word_of_the_siae() {
        let diagnosis = |author_kind, expires_on| Diagnosis {
            id: DiagnosisId(uuid::Uuid::from_u128(1)),
            candidate: CandidateId(uuid::Uuid::from_u128(2)),
            author_kind,
            organisation: OrganisationId(uuid::Uuid::from_u128(3)),
            created_at: "2026-12-01T09:00:00Z".parse().unwrap(),
            expires_on: day(expires_on),
        };
        let own = diagnosis(AuthorKind::Employer, "2027-03-03");
        let valid = diagnosis(AuthorKind::Prescriber, "2027-01-11");
        let expired = diagnosis(AuthorKind::Prescriber, "2027-01-10");
        for (held, has_valid_pass, expected) in [
            (vec![], false, true),
            (vec![own.clone()], false, true),
            (vec![expired], false, true),
            (vec![own.clone(), valid.clone()], false, false),
            (vec![valid], false, false),
            (vec![], true, false),
            (vec![own], true, false),
        ] {
            let rests = rests_on_siae(has_prescriber_diagnosis(&held, day("2027-01-10")), has_valid_pass);
            assert_eq!(rests, expected, "{held:?} {has_valid_pass}");
        }
    }
}
