//! Dates of a PASS IAE: its length, its state, the days left (rule book 03 §4.3, §4.4, §4.8).

use chrono::NaiveDate;

use super::Pass;
use crate::code::code;
use crate::eligibility::Diagnosis;
use crate::time::{Period, add_days, sub_days};

/// Length of a PASS, both bounds counted: 24 months of parcours counted as 730 days (rule book 03 §4.3; code du
/// travail, art. L. 5132-5 and following for the 24 months).
pub const PASS_DAYS: u64 = 730;

/// Days under which employers are told that a PASS ends soon (rule book 03 §4.8).
pub const ENDS_SOON_DAYS: u64 = 90;

/// Months before the end from which a prolongation may be asked (rule book 03 §0, `prolongation_window`).
pub const PROLONGATION_WINDOW_MONTHS: u32 = 12;

/// Last day of a PASS that starts on `start`: `start` + 729 days, not "two calendar years".
pub fn default_end(start: NaiveDate) -> NaiveDate {
    add_days(start, PASS_DAYS - 1)
}

/// The period of a PASS that starts on `start`.
pub fn default_period(start: NaiveDate) -> Period {
    Period { start, end: default_end(start) }
}

code! {
    /// State of a PASS on a day, evaluated in the order of rule book 03 §4.4.
    PassState {
        Expired = "expired", "PASS IAE expiré";
        Suspended = "suspended", "PASS IAE valide (suspendu)";
        Valid = "valid", "PASS IAE valide";
        Future = "future", "PASS IAE valide (non démarré)";
    }
}

/// Last day a single diagnosis is shown as valid, when it is on `today` (rule book 03 §2.7): that of the PASS issued from
/// it as long as this one is valid, else its own. A PASS that came from another diagnosis does not count.
pub fn diagnosis_shown_until(diagnosis: &Diagnosis, passes: &[Pass], today: NaiveDate) -> Option<NaiveDate> {
    let issued_from_it = passes.iter().filter(|pass| pass.diagnosis == diagnosis.id);
    shown_until(diagnosis.expires_on, issued_from_it.map(|pass| pass.parcours.end()).max(), today)
}

/// The same for a diagnosis that no longer holds from `expires_on` on, when the PASS issued from it, if any, ends on
/// `pass_end`.
pub fn shown_until(
    expires_on: NaiveDate,
    pass_end: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let own = || (today < expires_on).then(|| sub_days(expires_on, 1));
    pass_end.filter(|end| today <= *end).or_else(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use super::super::tests::pass;
    use crate::eligibility::AuthorKind;
    use crate::ids::{DiagnosisId, OrganisationId};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_pass_lasts_730_days_whatever_the_leap_years() {
        assert_eq!(default_end(day("2024-01-01")), day("2025-12-30"), "29 February 2024 is inside");
        assert_eq!(default_end(day("2026-01-01")), day("2027-12-31"));
        assert_eq!(default_end(day("2026-03-01")), day("2028-02-28"));
    }

    /// Rule book 03 §2.7, last paragraph but one.
    #[test]
    fn a_diagnosis_is_shown_valid_until_the_end_of_the_pass_issued_from_it() {
        let from_it = pass("2026-05-01", "2028-04-29");
        let other = Pass { diagnosis: DiagnosisId(uuid::Uuid::from_u128(79)), ..from_it.clone() };
        let diagnosis = Diagnosis {
            id: from_it.diagnosis,
            candidate: from_it.candidate,
            author_kind: AuthorKind::Prescriber,
            organisation: OrganisationId(uuid::Uuid::from_u128(1)),
            created_at: from_it.created_at,
            expires_on: day("2026-11-01"),
        };
        for (passes, today, expected) in [
            (vec![], "2026-10-31", Some("2026-10-31")),
            (vec![], "2026-11-01", None),
            (vec![from_it.clone()], "2026-10-31", Some("2028-04-29")),
            (vec![from_it.clone()], "2028-04-29", Some("2028-04-29")),
            (vec![from_it], "2028-04-30", None),
            (vec![other], "2026-11-01", None),
        ] {
            let shown = diagnosis_shown_until(&diagnosis, &passes, day(today));
            assert_eq!(shown, expected.map(day), "{passes:?} on {today}");
        }
    }

    proptest! {
        #[test]
        fn every_pass_has_730_days_and_loses_one_a_day(offset in 0_i64..20_000, elapsed in 0_i64..800) {
            let start = day("2000-01-01") + chrono::TimeDelta::days(offset);
            let period = default_period(start);
            prop_assert_eq!(period.days(), 730);
            let left = period.days_left(start + chrono::TimeDelta::days(elapsed));
            prop_assert_eq!(left, (730 - elapsed).max(0));
        }
    }
}
