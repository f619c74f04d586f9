//! Lengths of time, in words.

use chrono::{Datelike as _, NaiveDate};

use super::NO_BREAK;
use crate::time::add_months;

/// Days of a year, and of a month, where a length is said (amends rule book 03 §4.8): never those of the calendar, so that
/// one length has one name, whatever the day it is said.
const YEAR: u64 = 365;
const MONTH: u64 = 30;
const WEEK: u64 = 7;

/// « 1 jour », « 123 jours ».
pub fn days(days: u64) -> String {
    counted(days, "jour", "jours")
}

/// A length in the words nearest to it: « 4 mois » for 123 days, « 2 ans » for 730. Two units that follow each other at
/// the most, the second to the nearest; from a week to a month nothing is rounded.
pub fn length(days: u64) -> String {
    if days < MONTH {
        return two((days / WEEK, "semaine", "semaines"), (days % WEEK, "jour", "jours"));
    }
    let (months, rest) = (days / MONTH, days % MONTH);
    // Past three weeks and a half, another month is nearer than a fourth week.
    let weeks = (rest + WEEK / 2) / WEEK;
    let (months, weeks) = if weeks > 3 { (months + 1, 0) } else { (months, weeks) };
    if months < 12 && days < YEAR {
        return two((months, "mois", "mois"), (weeks, "semaine", "semaines"));
    }
    let (years, rest) = if days < YEAR { (1, 0) } else { (days / YEAR, days % YEAR) };
    // As near to the month before as to the one after: the month before, so that nothing is promised.
    let months = (rest + (MONTH - 1) / 2) / MONTH;
    let (years, months) = if months > 11 { (years + 1, 0) } else { (years, months) };
    two((years, "an", "ans"), (months, "mois", "mois"))
}

/// How long ago a day is, in words: by the calendar, and only what is wholly past, so that nothing is said before it is. Two
/// units that follow each other at the most.
pub fn since(day: NaiveDate, today: NaiveDate) -> String {
    let month_of = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    let apart = u32::try_from(month_of(today) - month_of(day)).unwrap_or(0);
    let months = if add_months(day, apart) > today { apart.saturating_sub(1) } else { apart };
    let rest = today.signed_duration_since(add_months(day, months)).num_days();
    let (rest, months) = (u64::try_from(rest).unwrap_or(0), u64::from(months));
    if months == 0 {
        return two((rest / WEEK, "semaine", "semaines"), (rest % WEEK, "jour", "jours"));
    }
    if months < 12 {
        return two((months, "mois", "mois"), (rest / WEEK, "semaine", "semaines"));
    }
    two((months / 12, "an", "ans"), (months % 12, "mois", "mois"))
}

type Counted = (u64, &'static str, &'static str);

/// « 1 an et 6 mois »; what there is none of is not said.
fn two(first: Counted, second: Counted) -> String {
    let said: Vec<String> = [first, second]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if said.is_empty() { days(0) } else { said.join(" et ") }
}

/// French keeps the singular below two.
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count}{NO_BREAK}{}", if count < 2 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Amends rule book 03 §4.8: units of 365 and 30 days, the nearest words, one word for one length.
    #[test]
    fn a_length_has_one_name_whatever_the_day() {
        for (days, expected) in [
            (0, "0 jour"),
            (1, "1 jour"),
            (6, "6 jours"),
            (7, "1 semaine"),
            (15, "2 semaines et 1 jour"),
            (29, "4 semaines et 1 jour"),
            (30, "1 mois"),
            (33, "1 mois"),
            (34, "1 mois et 1 semaine"),
            (45, "1 mois et 2 semaines"),
            (54, "1 mois et 3 semaines"),
            (55, "2 mois"),
            (61, "2 mois"),
            (92, "3 mois"),
            (123, "4 mois"),
            (149, "5 mois"),
            (354, "11 mois et 3 semaines"),
            (355, "1 an"),
            (364, "1 an"),
            (365, "1 an"),
            (380, "1 an"),
            (381, "1 an et 1 mois"),
            (547, "1 an et 6 mois"),
            (700, "1 an et 11 mois"),
            (710, "1 an et 11 mois"),
            (711, "2 ans"),
            (729, "2 ans"),
            (730, "2 ans"),
            (731, "2 ans"),
            (1_095, "3 ans"),
            (3_652, "10 ans"),
        ] {
            assert_eq!(length(days).replace(NO_BREAK, " "), expected, "{days}");
        }
    }

    /// Only what is wholly past is said.
    #[test]
    fn how_long_ago_is_rounded_down_by_the_calendar() {
        for (day, today, expected) in [
            ("2026-03-15", "2026-03-15", "0 jour"),
            ("2026-03-01", "2026-03-15", "2 semaines"),
            ("2026-02-15", "2026-03-15", "1 mois"),
            ("2026-01-31", "2026-02-28", "1 mois"),
            ("2026-01-31", "2026-02-27", "3 semaines et 6 jours"),
            ("2026-01-13", "2026-03-15", "2 mois"),
            ("2026-01-08", "2026-03-15", "2 mois et 1 semaine"),
            ("2025-03-16", "2026-03-15", "11 mois et 3 semaines"),
            ("2025-03-15", "2026-03-15", "1 an"),
            ("2024-03-16", "2026-03-15", "1 an et 11 mois"),
            ("2024-03-15", "2026-03-15", "2 ans"),
            ("2024-02-29", "2026-02-27", "1 an et 11 mois"),
            ("2020-09-15", "2026-11-29", "6 ans et 2 mois"),
            ("2020-09-29", "2026-11-29", "6 ans et 2 mois"),
            ("2020-09-30", "2026-11-29", "6 ans et 1 mois"),
            ("2016-03-16", "2026-03-15", "9 ans et 11 mois"),
        ] {
            let said = since(day.parse().unwrap(), today.parse().unwrap());
            assert_eq!(said.replace(NO_BREAK, " "), expected, "{day} {today}");
        }
    }

    #[test]
    fn a_longer_length_is_never_said_shorter() {
        let units = [("an", 365), ("mois", 30), ("semaine", 7), ("jour", 1)];
        let said = |days: u64| -> u64 {
            let words = length(days).replace(NO_BREAK, " ");
            let parts = words.split(" et ").map(|part| part.split_once(' ').unwrap());
            let unit = |word: &str| units.iter().find(|(unit, _)| word.starts_with(unit)).unwrap().1;
            parts.map(|(count, word)| count.parse::<u64>().unwrap() * unit(word)).sum()
        };
        for days in 0..1_500 {
            assert!(said(days) <= said(days + 1), "{days}: {}", length(days));
            assert!(
                said(days).abs_diff(days) <= if days < 365 { 10 } else { 19 },
                "{days}: {}",
                length(days)
            );
        }
    }
}
