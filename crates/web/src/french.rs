//! Values as a French reader expects them: dates, ages, quantities, identifiers.
//!
//! Pure functions. Templates reach them through [`crate::filters`], sentences in `messages.rs` call them directly.

use chrono::{DateTime, DurationRound as _, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Europe::Paris;
use iae_domain::french::{MONTHS, groups, since};
pub use iae_domain::french::{date, date_time, day_and_month, days, length, of, period, phone, siret};

/// Keeps a number with its unit, or the groups of an identifier, on one line.
const NO_BREAK: char = '\u{a0}';
/// Between thousands.
const NARROW_NO_BREAK: char = '\u{202f}';

/// « 14 h 05 », on the clock of Paris.
pub fn hour(at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&Paris);
    format!("{}{NO_BREAK}h{NO_BREAK}{:02}", at.hour(), at.minute())
}

/// The minute that is sure to have come: what is possible from then on is told by it.
pub fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::minutes(1))
        .map_or(at, |minute| if minute < at { minute + TimeDelta::minutes(1) } else { minute })
}

/// How far a date is from today: « aujourd’hui », « hier », « il y a 12 jours », « dans 3 mois ».
///
/// Days up to two months, then the words of every length.
pub fn age(date: NaiveDate, today: NaiveDate) -> String {
    let days = today.signed_duration_since(date).num_days();
    match days {
        0 => "aujourd’hui".to_owned(),
        1 => "hier".to_owned(),
        -1 => "demain".to_owned(),
        2..=60 => format!("il y a {}", span(days.unsigned_abs())),
        61.. => format!("il y a {}", since(date, today)),
        ..-1 => format!("dans {}", span(days.unsigned_abs())),
    }
}

fn span(count: u64) -> String {
    if count <= 60 { days(count) } else { length(count) }
}

/// « 1 candidature », « 2 candidatures »: French keeps the singular below two.
pub fn plural(count: i64, one: &str, many: &str) -> String {
    format!("{}{NO_BREAK}{}", number(count), agree(count, one, many))
}

/// The word alone, in the number of what it counts: the figure stands elsewhere.
pub fn agree<'a>(count: i64, one: &'a str, many: &'a str) -> &'a str {
    if count.abs() < 2 { one } else { many }
}

/// « 12 345 », thousands kept together by a narrow no-break space.
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * 3 + 3);
    if value < 0 {
        grouped.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(NARROW_NO_BREAK);
        }
        grouped.push(digit);
    }
    grouped
}

/// A sentence of ours with the spaces French keeps on one line: before `:`, `;`, `!`, `?` and inside « », and inside
/// a date.
pub fn spaced(sentence: &str) -> String {
    let mut words = sentence.split(' ');
    let mut before = words.next().unwrap_or_default();
    let mut spaced = before.to_owned();
    for word in words {
        spaced.push(if holds(before, word) { NO_BREAK } else { ' ' });
        spaced.push_str(word);
        before = word;
    }
    spaced
}

/// Whether nothing may part these two words.
fn holds(before: &str, after: &str) -> bool {
    let is_number =
        |word: &str| word == "1er" || word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty();
    let bare = |word: &str| word.trim_end_matches([',', '.', ';', ')']).to_owned();
    let is_month = |word: &str| MONTHS.contains(&word);
    before.ends_with('«')
        || after.starts_with([':', ';', '!', '?', '»'])
        || is_number(before) && is_month(&bare(after))
        || is_month(before) && is_number(&bare(after))
}

/// « moins de 1 km », « 3,2 km », « 27 km »: a decimal only where it helps to choose.
pub fn distance_km(kilometres: f64) -> String {
    if kilometres < 1.0 {
        format!("moins de 1{NO_BREAK}km")
    } else if kilometres < 9.95 {
        format!("{kilometres:.1}{NO_BREAK}km").replace('.', ",").replace(",0", "")
    } else {
        format!("{kilometres:.0}{NO_BREAK}km")
    }
}

/// A social security number in its usual groups, « 1 85 05 78 006 084 36 »; anything else is left as it is.
pub fn nir(nir: &str) -> String {
    match nir.len() {
        13 => groups(nir, &[1, 2, 2, 2, 3, 3]),
        15 => groups(nir, &[1, 2, 2, 2, 3, 3, 2]),
        _ => nir.to_owned(),
    }
}

/// « dans 12 secondes », « dans une minute », « dans 3 minutes ».
pub fn in_seconds(seconds: u64) -> String {
    match seconds {
        0 | 1 => "dans une seconde".to_owned(),
        2..=59 => format!("dans {seconds} secondes"),
        60..=89 => "dans une minute".to_owned(),
        _ => format!("dans {} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// No-break spaces as plain ones, so that expectations can be read.
    fn plain(text: &str) -> String {
        text.replace([NO_BREAK, NARROW_NO_BREAK], " ")
    }

    #[test]
    fn nothing_parts_a_sign_from_its_word_nor_a_day_from_its_month() {
        assert_eq!(
            spaced("Le dossier dit : « Sans numéro ». Pourquoi ? Du 1er janvier 2026 au 20 mars 2026."),
            "Le dossier dit\u{a0}: «\u{a0}Sans numéro\u{a0}». Pourquoi\u{a0}? \
             Du 1er\u{a0}janvier\u{a0}2026 au 20\u{a0}mars\u{a0}2026."
        );
        assert_eq!(spaced("3 critères de niveau 2"), "3 critères de niveau 2");
        assert_eq!(spaced(""), "");
    }

    #[test]
    fn a_time_is_told_on_the_clock_of_paris_in_summer_and_in_winter() {
        let summer = Utc.with_ymd_and_hms(2026, 7, 14, 22, 5, 0).unwrap();
        let winter = Utc.with_ymd_and_hms(2026, 1, 14, 22, 5, 0).unwrap();
        assert_eq!(plain(&date_time(summer)), "15 juillet 2026 à 0 h 05");
        assert_eq!(plain(&date_time(winter)), "14 janvier 2026 à 23 h 05");
    }

    #[test]
    fn what_opens_within_a_minute_is_told_by_the_next_one() {
        let at = |seconds, millis| {
            Utc.with_ymd_and_hms(2026, 11, 27, 20, 53, seconds).unwrap() + TimeDelta::milliseconds(millis)
        };
        assert_eq!(whole_minute(at(0, 0)), at(0, 0));
        for late in [at(0, 1), at(41, 0), at(59, 999)] {
            assert_eq!(plain(&date_time(whole_minute(late))), "27 novembre 2026 à 21 h 54");
        }
    }

    #[test]
    fn a_period_says_a_shared_year_once() {
        assert_eq!(period(day("2024-01-01"), day("2025-12-30")), "du 1er janvier 2024 au 30 décembre 2025");
        assert_eq!(period(day("2026-03-03"), day("2026-04-05")), "du 3 mars au 5 avril 2026");
        assert_eq!(period(day("2026-03-03"), day("2026-03-03")), "le 3 mars 2026");
    }

    #[test]
    fn an_age_is_in_days_then_in_the_words_of_lengths_in_both_directions() {
        let today = day("2026-03-15");
        let ages = [
            ("2026-03-15", "aujourd’hui"),
            ("2026-03-14", "hier"),
            ("2026-03-16", "demain"),
            ("2026-03-03", "il y a 12 jours"),
            ("2026-03-18", "dans 3 jours"),
            ("2026-01-14", "il y a 60 jours"),
            ("2026-01-13", "il y a 2 mois"),
            ("2024-04-14", "il y a 1 an et 11 mois"),
            ("2024-03-16", "il y a 1 an et 11 mois"),
            ("2024-03-15", "il y a 2 ans"),
            ("2026-06-15", "dans 3 mois"),
            ("2036-03-14", "dans 10 ans"),
        ];
        for (date, expected) in ages {
            assert_eq!(plain(&age(day(date), today)), expected, "{date}");
        }
    }

    #[test]
    fn zero_and_one_are_singular_in_french() {
        let counted = |count| plain(&plural(count, "candidature", "candidatures"));
        assert_eq!(counted(0), "0 candidature");
        assert_eq!(counted(1), "1 candidature");
        assert_eq!(counted(2), "2 candidatures");
        assert_eq!(counted(12_345), "12 345 candidatures");
    }

    #[test]
    fn thousands_are_grouped_by_three() {
        let numbers = [(0, "0"), (999, "999"), (1_000, "1 000"), (-1_234_567, "−1 234 567")];
        for (value, expected) in numbers {
            assert_eq!(plain(&number(value)), expected);
        }
    }

    #[test]
    fn a_distance_has_a_decimal_only_under_ten_kilometres() {
        let distances =
            [(0.4, "moins de 1 km"), (1.0, "1 km"), (3.24, "3,2 km"), (9.97, "10 km"), (27.4, "27 km")];
        for (kilometres, expected) in distances {
            assert_eq!(plain(&distance_km(kilometres)), expected);
        }
    }

    #[test]
    fn identifiers_are_grouped_and_odd_ones_left_alone() {
        assert_eq!(plain(&nir("185057800608436")), "1 85 05 78 006 084 36");
        assert_eq!(plain(&nir("1850578006084")), "1 85 05 78 006 084");
        assert_eq!(nir("18505"), "18505");
        assert_eq!(plain(&siret("12345678900012")), "123 456 789 00012");
        assert_eq!(siret("é234567890123"), "é234567890123");
    }
}
