//! What is left of a PASS, said to a person (rule book 03 §4.8).

use chrono::{Datelike as _, NaiveDate};

use crate::time::{Period, add_days, add_months};

/// Under this many days an estimate would say nothing more than the count.
const ESTIMATED_FROM: i64 = 7;

/// « 123 jours (Environ 4 mois) »: the count, then from a week on an estimate in calendar years and months, or in
/// weeks and days, counted from `today`.
pub fn remaining(period: Period, today: NaiveDate) -> String {
    in_words(period.days_left(today), today)
}

fn in_words(days: i64, today: NaiveDate) -> String {
    let count = format!("{days} {}", if days.abs() < 2 { "jour" } else { "jours" });
    if days < ESTIMATED_FROM { count } else { format!("{count} ({})", estimate(days.unsigned_abs(), today)) }
}

/// The two largest units that follow each other, the second left out when there is none of it.
fn estimate(days: u64, today: NaiveDate) -> String {
    let end = add_days(today, days);
    let months = whole_months(today, end);
    let rest = (end - add_months(today, months)).num_days();
    let parts = [
        (i64::from(months / 12), "an", "ans"),
        (i64::from(months % 12), "mois", "mois"),
        (rest / 7, "semaine", "semaines"),
        (rest % 7, "jour", "jours"),
    ];
    let Some(largest) = parts.iter().position(|(count, ..)| *count > 0) else { return String::new() };
    let said: Vec<String> = parts
        .iter()
        .skip(largest)
        .take(2)
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    let about = if largest < 2 { "Environ " } else { "" };
    format!("{about}{}", said.join(" et "))
}

fn whole_months(from: NaiveDate, to: NaiveDate) -> u32 {
    let months = (to.year() - from.year()) * 12 + to.month().cast_signed() - from.month().cast_signed();
    let months = u32::try_from(months).unwrap_or(0);
    if add_months(from, months) > to { months.saturating_sub(1) } else { months }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rule_book() {
        let today = "2026-03-01".parse().unwrap();
        for (days, expected) in [
            (0, "0 jour"),
            (1, "1 jour"),
            (6, "6 jours"),
            (7, "7 jours (1 semaine)"),
            (15, "15 jours (2 semaines et 1 jour)"),
            (123, "123 jours (Environ 4 mois)"),
            (365, "365 jours (Environ 1 an)"),
            (730, "730 jours (Environ 1 an et 11 mois)"),
        ] {
            assert_eq!(in_words(days, today), expected, "{days}");
        }
    }

    #[test]
    fn units_that_do_not_follow_each_other_are_not_said_together() {
        let today = "2026-03-01".parse().unwrap();
        assert_eq!(in_words(368, today), "368 jours (Environ 1 an)");
        assert_eq!(in_words(31 + 3, today), "34 jours (Environ 1 mois)");
        assert_eq!(in_words(31 + 14, today), "45 jours (Environ 1 mois et 2 semaines)");
    }

    #[test]
    fn a_pass_that_has_not_started_keeps_all_its_days() {
        let period = Period { start: "2026-04-01".parse().unwrap(), end: "2028-03-30".parse().unwrap() };
        assert!(remaining(period, "2026-03-01".parse().unwrap()).starts_with("730 jours"));
    }
}
