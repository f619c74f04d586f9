//! The opinion of the departmental commission, and the order of the prefect (guide P2 §1.1).

use chrono::NaiveDate;

use crate::code::code;
use crate::time::{Period, add_months, sub_days};

/// Months an order may run: « une durée de cinq ans, renouvelable ».
pub const LONGEST_MONTHS: u32 = 60;

/// The longest number of an order, in characters.
pub const NUMBER_MAX_CHARS: usize = 100;

code! {
    /// What the departmental commission (CDIAE) said of a request.
    Opinion {
        Favourable = "favourable", "Favorable";
        Unfavourable = "unfavourable", "Défavorable";
        NotGiven = "not_given", "Non rendu";
    }
}

/// The opinion of the commission, as the DDETS recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenOpinion {
    /// What it said.
    pub opinion: Opinion,
    /// When; none when it said nothing.
    pub on: Option<NaiveDate>,
    /// In words; may be empty.
    pub words: String,
}

/// An order of the prefect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its number.
    pub number: String,
    /// The day it was signed.
    pub ordered_on: NaiveDate,
    /// First and last day of the right.
    pub period: Period,
}

/// What is wrong with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrderMistake {
    /// It has no number.
    #[error("the order has no number")]
    NoNumber,
    /// It was signed on a day that is still to come.
    #[error("the order is dated in the future")]
    InTheFuture,
    /// The right starts before the order was signed.
    #[error("the right starts before the order")]
    StartsBeforeIt,
    /// The right ends before it starts.
    #[error("the right ends before it starts")]
    Backwards,
    /// It runs for more than five years.
    #[error("the right may not end after {latest}")]
    TooLong {
        /// Last day it may have.
        latest: NaiveDate,
    },
    /// The right ended already.
    #[error("the right is over")]
    Over,
}

impl Order {
    /// Reads an order, or says all that is wrong with it.
    pub fn new(
        number: &str,
        ordered_on: NaiveDate,
        period: Period,
        today: NaiveDate,
    ) -> Result<Self, Vec<OrderMistake>> {
        let number = number.trim();
        let latest = Self::latest(period.start);
        let mistakes: Vec<OrderMistake> = [
            (number.is_empty(), OrderMistake::NoNumber),
            (ordered_on > today, OrderMistake::InTheFuture),
            (period.start < ordered_on, OrderMistake::StartsBeforeIt),
            (period.end < period.start, OrderMistake::Backwards),
            (period.end > latest, OrderMistake::TooLong { latest }),
            (period.end >= period.start && period.end < today, OrderMistake::Over),
        ]
        .into_iter()
        .filter_map(|(is_so, mistake)| is_so.then_some(mistake))
        .collect();
        if mistakes.is_empty() {
            Ok(Self { number: number.to_owned(), ordered_on, period })
        } else {
            Err(mistakes)
        }
    }

    /// The last day of a right that starts that day and runs five years.
    pub fn latest(start: NaiveDate) -> NaiveDate {
        sub_days(add_months(start, LONGEST_MONTHS), 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Guide P2 §1.1: five years at the most.
    #[test]
    fn an_order_runs_five_years_at_the_most_from_a_day_that_is_not_before_it() {
        use OrderMistake::{Backwards, InTheFuture, NoNumber, Over, StartsBeforeIt, TooLong};
        let latest = day("2031-05-03");
        let table: [(&str, &str, &str, &str, Vec<OrderMistake>); 8] = [
            ("2026-57-12", "2026-05-04", "2026-05-04", "2031-05-03", vec![]),
            ("2026-57-12", "2026-05-04", "2026-05-04", "2026-05-04", vec![]),
            ("2026-57-12", "2026-05-04", "2026-05-04", "2031-05-04", vec![TooLong { latest }]),
            ("2026-57-12", "2026-05-05", "2026-06-01", "2030-06-01", vec![InTheFuture]),
            ("2026-57-12", "2026-05-04", "2026-05-01", "2030-05-01", vec![StartsBeforeIt]),
            ("2026-57-12", "2026-05-01", "2026-06-01", "2026-05-31", vec![Backwards]),
            ("2021-57-12", "2021-01-01", "2021-01-01", "2025-12-31", vec![Over]),
            (" ", "2026-05-04", "2026-05-04", "2031-05-04", vec![NoNumber, TooLong { latest }]),
        ];
        for (number, ordered_on, start, end, expected) in table {
            let period = Period { start: day(start), end: day(end) };
            let order = Order::new(number, day(ordered_on), period, day("2026-05-04"));
            assert_eq!(order.err().unwrap_or_default(), expected, "{number} {ordered_on} {start} {end}");
        }
    }
}
