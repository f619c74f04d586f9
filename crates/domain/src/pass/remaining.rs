//! What is left of a PASS, said to a person (rule book 03 §4.8).

use chrono::NaiveDate;

use super::Parcours;
use crate::french;

/// Under this many days words would say nothing more than the count.
const SAID_FROM: u64 = 7;

/// « 123 jours (4 mois) »: the count, then from a week on the same length in the words nearest to it.
pub fn remaining(parcours: &Parcours, today: NaiveDate) -> String {
    in_words(parcours.remaining_days(today))
}

/// « 730 jours (2 ans) ».
pub fn in_words(days: u64) -> String {
    let count = french::days(days);
    if days < SAID_FROM { count } else { format!("{count} ({})", french::length(days)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those of the rule book, as amended: units of 365 and 30 days.
    #[test]
    fn the_count_and_its_words() {
        for (days, expected) in [
            (0, "0 jour"),
            (1, "1 jour"),
            (6, "6 jours"),
            (7, "7 jours (1 semaine)"),
            (15, "15 jours (2 semaines et 1 jour)"),
            (123, "123 jours (4 mois)"),
            (365, "365 jours (1 an)"),
            (730, "730 jours (2 ans)"),
        ] {
            assert_eq!(in_words(days).replace('\u{a0}', " "), expected, "{days}");
        }
    }

    #[test]
    fn a_fresh_pass_says_two_years_on_any_day() {
        for start in ["2026-03-01", "2024-01-01", "2027-12-31"] {
            let start = start.parse().unwrap();
            let said = remaining(&Parcours::starting(start), start);
            assert_eq!(said.replace('\u{a0}', " "), "730 jours (2 ans)", "{start}");
        }
    }

    #[test]
    fn a_pass_that_has_not_started_keeps_all_its_days() {
        let parcours = Parcours::starting("2026-04-01".parse().unwrap());
        assert!(remaining(&parcours, "2026-03-01".parse().unwrap()).starts_with("730\u{a0}jours"));
    }
}
