//! The drawing of a PASS: dates as percentages of its width.

use chrono::NaiveDate;
use iae_app::pass::queries::Contract;
use iae_domain::pass::Parcours;
use iae_domain::time::Period;

use crate::french;

/// Left of the drawing kept free, and right of it, in percent: labels need room.
const MARGIN: f64 = 1.0;

/// Where the bar of the parcours stands, in pixels from the top.
const PARCOURS_Y: usize = 28;

/// Where things stand in the drawing, as the macros of `timeline.html` take them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timeline {
    /// Said to those who do not see the drawing.
    pub description: String,
    /// Height of the drawing: one line a contract.
    pub height: String,
    /// The parcours.
    pub parcours: Bar,
    /// What was suspended, as gaps.
    pub suspensions: Vec<Bar>,
    /// What was prolonged, as added lengths.
    pub prolongations: Vec<Bar>,
    /// The contracts, each on its line.
    pub contracts: Vec<Bar>,
    /// Today, or another day that counts, when it is inside the drawing.
    pub mark: Option<Mark>,
    /// First and last day.
    pub bounds: [Mark; 2],
}

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    pub x: String,
    pub width: String,
    pub y: String,
}

/// A place with its words; `anchor` keeps them inside the drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub x: String,
    pub label: String,
    pub anchor: &'static str,
}

impl Timeline {
    /// As it is, seen from today.
    pub(super) fn today(parcours: &Parcours, contracts: &[Contract], today: NaiveDate) -> Self {
        Self::of(parcours, contracts, today, "Aujourd’hui".to_owned())
    }

    /// The same, seen from a day of this name.
    pub(super) fn of(parcours: &Parcours, contracts: &[Contract], day: NaiveDate, named: String) -> Self {
        let period = parcours.period();
        let starts = contracts.iter().map(|contract| contract.starts_on);
        let ends = contracts.iter().filter_map(|contract| contract.ends_on);
        let scale = Scale(Period {
            start: starts.fold(period.start, NaiveDate::min),
            end: ends.fold(period.end, NaiveDate::max),
        });
        let contract = |(line, contract): (usize, &Contract)| {
            scale.bar(contract.starts_on, contract.ends_on.unwrap_or(period.end), 90 + 16 * line)
        };
        let prolonged: Vec<_> =
            parcours.placed_prolongations().into_iter().map(|(_, placed)| placed).collect();
        let drawn = |periods: &[Period]| {
            periods.iter().map(|one| scale.bar(one.start, one.end.min(period.end), PARCOURS_Y)).collect()
        };
        Self {
            description: description(parcours, contracts.len()),
            height: (96 + 16 * contracts.len()).to_string(),
            parcours: scale.bar(period.start, period.end, PARCOURS_Y),
            suspensions: drawn(parcours.suspensions()),
            prolongations: drawn(&prolonged),
            contracts: contracts.iter().enumerate().map(contract).collect(),
            mark: scale.0.contains(day).then(|| scale.mark(day, named)),
            bounds: [
                scale.mark(period.start, french::date(period.start)),
                scale.mark(period.end, french::date(period.end)),
            ],
        }
    }
}

/// « Parcours du … au … ; 1 suspension ; 2 contrats. »
fn description(parcours: &Parcours, contracts: usize) -> String {
    let Period { start, end } = parcours.period();
    let mut parts = vec![format!("Parcours {}", french::period(start, end))];
    for (count, one, many) in [
        (parcours.suspensions().len(), "suspension", "suspensions"),
        (parcours.prolongations().len(), "prolongation", "prolongations"),
        (contracts, "contrat", "contrats"),
    ] {
        if count > 0 {
            parts.push(french::plural(i64::try_from(count).unwrap_or(i64::MAX), one, many));
        }
    }
    format!("{}.", parts.join("\u{a0}; "))
}

/// The days the drawing covers.
#[derive(Debug, Clone, Copy)]
struct Scale(Period);

impl Scale {
    fn x(self, day: NaiveDate) -> f64 {
        let days = |span: i64| f64::from(i32::try_from(span).unwrap_or(i32::MAX));
        let share = days((day - self.0.start).num_days()) / days(self.0.days().max(1));
        MARGIN + share.clamp(0.0, 1.0) * (100.0 - 2.0 * MARGIN)
    }

    fn bar(self, start: NaiveDate, end: NaiveDate, y: usize) -> Bar {
        let x = self.x(start);
        let width = (self.x(end.succ_opt().unwrap_or(end)) - x).max(0.5);
        Bar { x: percent(x), width: percent(width), y: y.to_string() }
    }

    fn mark(self, day: NaiveDate, label: String) -> Mark {
        let x = self.x(day);
        let anchor = if x < 15.0 {
            "start"
        } else if x > 85.0 {
            "end"
        } else {
            "middle"
        };
        Mark { x: percent(x), label, anchor }
    }
}

fn percent(value: f64) -> String {
    format!("{value:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_drawn_in_proportion_and_never_outside() {
        let scale = Scale(Period { start: day("2026-01-01"), end: day("2026-04-10") });
        assert_eq!(percent(scale.x(day("2026-01-01"))), "1.00");
        assert_eq!(percent(scale.x(day("2026-02-20"))), "50.00", "50 days of 100");
        assert_eq!(percent(scale.x(day("2030-01-01"))), "99.00");
        assert_eq!(scale.bar(day("2026-01-01"), day("2026-04-10"), 28).width, "98.00", "both ends counted");
    }

    #[test]
    fn what_happened_is_said_to_those_who_do_not_see_it() {
        let parcours = Parcours::starting(day("2026-01-01"))
            .with_suspension(Period { start: day("2026-03-01"), end: day("2026-03-31") });
        let drawn = Timeline::today(&parcours, &[], day("2026-05-01"));
        let said = "Parcours du 1er janvier 2026 au 30 janvier 2028 ; 1 suspension.";
        assert_eq!(drawn.description.replace('\u{a0}', " "), said);
        assert_eq!((drawn.suspensions.len(), drawn.prolongations.len()), (1, 0));
    }
}
