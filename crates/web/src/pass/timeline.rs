//! The drawing of a PASS: dates as percentages of its width.

use chrono::NaiveDate;
use iae_app::pass::queries::PassDetail;
use iae_domain::time::Period;

use crate::french;

/// Left of the drawing kept free, and right of it, in percent: labels need room.
const MARGIN: f64 = 1.0;

/// Where things stand in the drawing, as the macros of `timeline.html` take them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timeline {
    /// Said to those who do not see the drawing.
    pub description: String,
    /// Height of the drawing: one line a contract.
    pub height: String,
    /// The parcours.
    pub parcours: Bar,
    /// The contracts, each on its line.
    pub contracts: Vec<Bar>,
    /// Today, when it is inside the drawing.
    pub today: Option<Mark>,
    /// First and last day, and from when a prolongation may be asked.
    pub bounds: [Mark; 3],
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
    pub(super) fn of(pass: &PassDetail, prolongation_from: NaiveDate, today: NaiveDate) -> Self {
        let starts = pass.contracts.iter().map(|contract| contract.starts_on);
        let ends = pass.contracts.iter().filter_map(|contract| contract.ends_on);
        let scale = Scale(Period {
            start: starts.fold(pass.period().start, NaiveDate::min),
            end: ends.fold(pass.period().end, NaiveDate::max),
        });
        let contract = |(line, contract): (usize, &iae_app::pass::queries::Contract)| {
            scale.bar(contract.starts_on, contract.ends_on.unwrap_or(pass.period().end), 90 + 16 * line)
        };
        let mark = |day: NaiveDate, label: String| {
            let x = scale.x(day);
            let anchor = if x < 15.0 {
                "start"
            } else if x > 85.0 {
                "end"
            } else {
                "middle"
            };
            Mark { x: percent(x), label, anchor }
        };
        let Period { start, end } = pass.period();
        Self {
            description: format!(
                "Parcours {}\u{a0}; {}\u{a0}; prolongation possible à partir du {}.",
                french::period(start, end),
                french::plural(i64::try_from(pass.contracts.len()).unwrap_or(0), "contrat", "contrats"),
                french::date(prolongation_from),
            ),
            height: (96 + 16 * pass.contracts.len()).to_string(),
            parcours: scale.bar(start, end, 28),
            contracts: pass.contracts.iter().enumerate().map(contract).collect(),
            today: scale.0.contains(today).then(|| mark(today, "Aujourd’hui".to_owned())),
            bounds: [
                mark(start, french::date(start)),
                mark(prolongation_from, "Prolongation possible".to_owned()),
                mark(end, french::date(end)),
            ],
        }
    }
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
}
