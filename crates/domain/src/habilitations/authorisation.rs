//! Whether an organisation is authorised on a day: the same definition as the function `is_authorised` of the schema.

use chrono::NaiveDate;

use crate::organisations::{AuthorisationStatus, PrescriberKind};
use crate::time::Period;

/// What decides whether the members of an organisation are prescripteurs habilités (PRE-11, D15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorisation {
    /// Its kind.
    pub kind: PrescriberKind,
    /// Where its authorisation stands.
    pub status: AuthorisationStatus,
    /// The days of the orders of the prefect that are in force; none when none was entered.
    pub days: Option<Vec<Period>>,
}

impl Authorisation {
    /// Whether it is authorised that day. A right that ended the day before is no right, without anything having been done.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        match self.status {
            AuthorisationStatus::Validated => {
                self.dated().is_none_or(|days| days.iter().any(|period| period.contains(day)))
            }
            AuthorisationStatus::NotSet | AuthorisationStatus::Refused | AuthorisationStatus::NotRequired => {
                false
            }
        }
    }

    /// The last day of the right that runs that day, orders that follow each other without a gap being one right; else of the last it
    /// has. None when it has no end.
    pub fn until(&self, day: NaiveDate) -> Option<NaiveDate> {
        let days = self.dated()?;
        let running = days.iter().find(|period| period.contains(day)).map(|period| period.end);
        running.or_else(|| self.last_day())
    }

    /// The last day of all its orders.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.dated()?.iter().map(|period| period.end).max()
    }

    /// The first day of a right that is still to come.
    pub fn begins_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.dated()?.iter().map(|period| period.start).filter(|start| *start > day).min()
    }

    /// Whether its right rests on the orders of a prefect: it is of another kind, or its kind was changed since, when not (PRE-9).
    pub fn rests_on_orders(&self) -> bool {
        self.status == AuthorisationStatus::Validated && self.kind == PrescriberKind::Ohpd
    }

    /// The days of the orders, for the kind that rests on them: every other is authorised by the order of 1 September 2021.
    fn dated(&self) -> Option<&[Period]> {
        self.days.as_deref().filter(|_| self.kind == PrescriberKind::Ohpd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_right_that_ended_yesterday_is_no_right_today() {
        use AuthorisationStatus::{NotRequired, NotSet, Refused, Validated};
        let five_years = vec![Period { start: day("2021-05-04"), end: day("2026-05-03") }];
        let renewed = vec![five_years[0], Period { start: day("2026-05-04"), end: day("2031-05-03") }];
        for (kind, status, days, on, is_authorised, rule) in [
            (PrescriberKind::Ml, Validated, None, "2026-05-04", true, "PRE-11"),
            (PrescriberKind::Ml, NotSet, None, "2026-05-04", false, "PRE-11"),
            (PrescriberKind::Ml, Refused, None, "2026-05-04", false, "PRE-11"),
            (PrescriberKind::Other, NotRequired, None, "2026-05-04", false, "PRE-11"),
            (PrescriberKind::Ohpd, Validated, Some(&five_years), "2026-05-03", true, "D15, its last day"),
            (PrescriberKind::Ohpd, Validated, Some(&five_years), "2026-05-04", false, "D15, the day after"),
            (PrescriberKind::Ohpd, Validated, Some(&five_years), "2021-05-03", false, "D15, not yet"),
            (PrescriberKind::Ohpd, Validated, Some(&renewed), "2026-05-04", true, "D15, renewed"),
            (PrescriberKind::Ohpd, Refused, Some(&renewed), "2026-05-04", false, "D15, revoked"),
            (PrescriberKind::Ohpd, Validated, Some(&vec![]), "2026-05-04", false, "D15, no order in force"),
            (PrescriberKind::Ohpd, Validated, None, "2026-05-04", true, "no order was entered"),
            (PrescriberKind::Ml, Validated, Some(&five_years), "2026-05-04", true, "national since (PRE-9)"),
        ] {
            let authorisation = Authorisation { kind, status, days: days.cloned() };
            assert_eq!(authorisation.is_on(day(on)), is_authorised, "{kind:?} {status:?} {on}: {rule}");
        }
    }

    /// What a page says of a right that has a gap is true of the day it is read.
    #[test]
    fn a_right_with_a_gap_ends_where_the_gap_begins() {
        let days = |text: &[(&str, &str)]| {
            Some(text.iter().map(|(start, end)| Period { start: day(start), end: day(end) }).collect())
        };
        let ohpd =
            |days| Authorisation { kind: PrescriberKind::Ohpd, status: AuthorisationStatus::Validated, days };
        let right = ohpd(days(&[("2021-05-04", "2026-05-03"), ("2026-06-01", "2031-05-31")]));
        for (on, until, begins) in [
            ("2026-05-03", "2026-05-03", Some("2026-06-01")),
            ("2026-05-04", "2031-05-31", Some("2026-06-01")),
            ("2026-06-01", "2031-05-31", None),
            ("2031-06-01", "2031-05-31", None),
        ] {
            assert_eq!(right.until(day(on)), Some(day(until)), "{on}");
            assert_eq!(right.begins_after(day(on)), begins.map(day), "{on}");
        }
        assert_eq!(ohpd(None).until(day("2026-05-04")), None, "no order was entered");
    }
}
