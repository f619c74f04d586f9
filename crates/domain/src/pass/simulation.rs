//! « Et si… ? »: what a suspension or a prolongation would do, with nothing written. The rules are those of doing it.

use chrono::NaiveDate;

use super::prolongation::DAYS_BEFORE_CDI;
use super::suspension::{NotSuspendable, StartFacts, SuspensionMistake};
use super::{HeldPass, NotProlongable, Parcours, ProlongationFacts, ProlongationMistake, ProlongationReason};
use crate::organisations::CompanyKind;
use crate::time::{Period, add_days};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhatIf {
    /// To suspend over these days.
    Suspend(Period),
    /// To prolong until this day.
    Prolong {
        /// Why.
        reason: ProlongationReason,
        /// Until when.
        end: NaiveDate,
    },
}

/// What it would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulated {
    /// The parcours as it is.
    pub before: Parcours,
    /// The parcours as it would be.
    pub after: Parcours,
    /// The first day it can be done: today, or later.
    pub on: NaiveDate,
}

/// Why it cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSimulated {
    /// The PASS cannot be suspended that day.
    NotSuspendable(NotSuspendable),
    /// The days of the suspension are wrong.
    Suspension(Vec<SuspensionMistake>),
    /// The PASS cannot be prolonged.
    NotProlongable(NotProlongable),
    /// The prolongation is wrong.
    Prolongation(Vec<ProlongationMistake>),
}

/// What may come after an act, and that it may stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextAct {
    /// To suspend.
    Suspend,
    /// To prolong.
    Prolong,
}

impl Parcours {
    /// From when, this day or later, it can be suspended as it goes; none when it never can again.
    pub fn suspendable_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self.suspension_possible(day) {
            Ok(()) => Some(day),
            Err(NotSuspendable::NotStarted { from }) => self.suspendable_from(from),
            Err(NotSuspendable::Suspended { until }) => self.suspendable_from(add_days(until, 1)),
            Err(NotSuspendable::Expired) => None,
        }
    }

    /// From when, this day or later, it can be prolonged as it goes; none when it never can again.
    pub fn prolongable_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self.prolongation_possible(day) {
            Ok(()) => Some(day),
            Err(NotProlongable::TooEarly { from }) => self.prolongable_from(from),
            Err(NotProlongable::Suspended { until }) => self.prolongable_from(add_days(until, 1)),
            Err(NotProlongable::TooLate { .. } | NotProlongable::Closed) => None,
        }
    }

    /// The first day from this one on when enough of the parcours is behind for this reason: twelve months for a CDI (D12), a day
    /// or two into the window in which it can be prolonged.
    fn ripe_for(&self, reason: ProlongationReason, day: NaiveDate) -> NaiveDate {
        if reason != ProlongationReason::CdiOver57 {
            return day;
        }
        let ripe = |day: &NaiveDate| {
            self.days_run(*day) >= DAYS_BEFORE_CDI && self.prolongation_possible(*day).is_ok()
        };
        (0..=DAYS_BEFORE_CDI).map(|more| add_days(day, more)).find(ripe).unwrap_or(day)
    }

    /// The first day after this one on which something becomes possible that is not yet, and what; none when all is possible
    /// already, or never again.
    pub fn next_possible(&self, day: NaiveDate) -> Option<(NaiveDate, Vec<NextAct>)> {
        let ahead =
            [(self.suspendable_from(day), NextAct::Suspend), (self.prolongable_from(day), NextAct::Prolong)];
        let ahead =
            || ahead.into_iter().filter_map(|(from, act)| Some((from.filter(|from| *from > day)?, act)));
        let first = ahead().map(|(from, _)| from).min()?;
        Some((first, ahead().filter(|(from, _)| *from == first).map(|(_, act)| act).collect()))
    }
}

impl HeldPass {
    /// What bounds the start of a suspension recorded on this day (rule book 03 §5.4).
    pub fn start_facts(&self, recorded_on: NaiveDate) -> StartFacts {
        StartFacts { last_contract: self.last_hire().map(|hire| hire.starts_on), recorded_on }
    }

    /// What bounds a prolongation that an SIAE of this kind declares or asks.
    pub const fn prolongation_facts(&self, kind: CompanyKind) -> ProlongationFacts {
        ProlongationFacts { kind, birth_date: self.birth_date }
    }

    /// What doing it would change. A suspension is recorded from its first day on, a prolongation in the last twelve months:
    /// what is asked for later is answered as of that day, were nothing else to happen until then.
    pub fn simulate(
        &self,
        question: WhatIf,
        kind: CompanyKind,
        today: NaiveDate,
    ) -> Result<Simulated, NotSimulated> {
        let before = &self.pass.parcours;
        let (after, on) = match question {
            WhatIf::Suspend(period) => {
                let on = period.start.max(today);
                before.suspension_possible(on).map_err(NotSimulated::NotSuspendable)?;
                let after = before.suspend(period, self.start_facts(on), on);
                (after.map_err(NotSimulated::Suspension)?, on)
            }
            WhatIf::Prolong { reason, end } => {
                let on = match before.prolongation_possible(today) {
                    Ok(()) => today,
                    Err(NotProlongable::TooEarly { from }) => from,
                    Err(refused) => return Err(NotSimulated::NotProlongable(refused)),
                };
                let on = before.ripe_for(reason, on);
                let after = before.prolong(reason, end, self.prolongation_facts(kind), on);
                (after.map_err(NotSimulated::Prolongation)?, on)
            }
        };
        Ok(Simulated { before: before.clone(), after, on })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::pass;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn held() -> HeldPass {
        let pass = pass("2026-01-01", "2027-12-31");
        HeldPass {
            passes: vec![pass.clone()],
            pass,
            hires: vec![],
            running: None,
            relation: super::super::policy::PassRelation::default(),
            birth_date: None,
        }
    }

    #[test]
    fn what_comes_later_is_answered_as_of_its_day() {
        let held = held();
        let today = day("2026-05-04");
        let ask = |question| held.simulate(question, CompanyKind::Aci, today);
        let suspend = |start: &str, end: &str| WhatIf::Suspend(Period { start: day(start), end: day(end) });
        let now = ask(suspend("2026-05-04", "2026-05-31")).unwrap();
        assert_eq!((now.on, now.after.end()), (today, day("2028-01-27")));
        let later = ask(suspend("2026-09-01", "2026-09-30")).unwrap();
        assert_eq!((later.on, later.after.end()), (day("2026-09-01"), day("2028-01-29")));
        let after_the_end = ask(suspend("2028-01-01", "2028-01-31"));
        assert_eq!(after_the_end, Err(NotSimulated::NotSuspendable(NotSuspendable::Expired)));
        let prolong = |end: &str| WhatIf::Prolong { reason: ProlongationReason::Training, end: day(end) };
        let early = ask(prolong("2028-06-30")).unwrap();
        assert_eq!((early.on, early.after.end()), (day("2026-12-31"), day("2028-06-30")));
        let cdi =
            ask(WhatIf::Prolong { reason: ProlongationReason::CdiOver57, end: day("2030-01-01") }).unwrap();
        assert_eq!(cdi.on, day("2027-01-01"), "twelve months of parcours come first");
        assert!(matches!(ask(prolong("2027-12-31")), Err(NotSimulated::Prolongation(_))));
    }

    /// Rule book 03 §5.2, §6.2: neither during a suspension; a prolongation in the last twelve months.
    #[test]
    fn the_next_day_anything_becomes_possible_is_said_with_what() {
        use NextAct::{Prolong, Suspend};
        let issued = Parcours::issued(Period { start: day("2026-01-01"), end: day("2027-12-31") });
        let suspended = |start: &str, end: &str| {
            issued.clone().with_suspension(Period { start: day(start), end: day(end) })
        };
        let late = suspended("2027-02-01", "2027-03-31");
        for (parcours, on, expected) in [
            (issued.clone(), "2025-12-01", Some(("2026-01-01", vec![Suspend]))),
            (issued.clone(), "2026-05-04", Some(("2026-12-31", vec![Prolong]))),
            (issued.clone(), "2027-01-01", None),
            (issued.clone(), "2028-01-01", None),
            (suspended("2026-05-04", "2026-05-31"), "2026-05-04", Some(("2026-06-01", vec![Suspend]))),
            (late.clone(), "2027-02-01", Some(("2027-04-01", vec![Suspend, Prolong]))),
            (late.closed(day("2027-02-20")), "2027-02-21", None),
        ] {
            let expected = expected.map(|(from, acts)| (day(from), acts));
            assert_eq!(parcours.next_possible(day(on)), expected, "{on}: {parcours:?}");
        }
    }
}
