//! Words of the French language that depend on what stands beside them, for pages and mails alike.

mod length;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use crate::time::paris_time;

pub use length::{days, length, since};

/// Keeps the groups of an identifier, or a number with its unit, on one line.
const NO_BREAK: char = '\u{a0}';

/// From January on.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// First names whose h is mute in usage: « d’Hélène », yet « de Hassan ». Without accents.
const MUTE_H: [&str; 17] = [
    "hector",
    "helen",
    "heloise",
    "henri",
    "hermine",
    "herve",
    "hilaire",
    "hippolyte",
    "honor",
    "horace",
    "hortense",
    "hubert",
    "hugo",
    "huguette",
    "humbert",
    "hyacinthe",
    "hyppolite",
];

/// « 3 mars 2026 », « 1er avril 2026 ».
pub fn date(date: NaiveDate) -> String {
    format!("{} {}", day_and_month(date), date.year())
}

/// « 3 mars 2026 à 14 h 05 », on the clock of Paris.
pub fn date_time(at: DateTime<Utc>) -> String {
    let at = paris_time(at);
    format!("{} à {}{NO_BREAK}h{NO_BREAK}{:02}", date(at.date()), at.hour(), at.minute())
}

/// « 3 mars », « 1er avril »: for a date whose year is said elsewhere.
pub fn day_and_month(date: NaiveDate) -> String {
    let ordinal = if date.day() == 1 { "er" } else { "" };
    format!("{}{ordinal} {}", date.day(), MONTHS[date.month0() as usize])
}

/// « du 1er janvier 2024 au 30 décembre 2025 »; the year is said once when both ends share it.
pub fn period(start: NaiveDate, end: NaiveDate) -> String {
    if start == end {
        return format!("le {}", date(start));
    }
    let from = if start.year() == end.year() { day_and_month(start) } else { date(start) };
    format!("du {from} au {}", date(end))
}

/// The name of a person after « de »: « de Karim Benali », « d’Amel Benali ».
pub fn of(name: &str) -> String {
    if elides(name) { format!("d’{name}") } else { format!("de {name}") }
}

/// A French phone number in pairs, « 06 12 34 56 78 »; foreign numbers are left as they are.
pub fn phone(phone: &str) -> String {
    let national = phone.strip_prefix("+33").map(|rest| format!("0{rest}"));
    let digits = national.as_deref().unwrap_or(phone);
    if digits.len() == 10 && digits.starts_with('0') {
        groups(digits, &[2, 2, 2, 2, 2])
    } else {
        phone.to_owned()
    }
}

/// A SIRET in its usual groups, « 123 456 789 00012 »; anything else is left as it is.
pub fn siret(siret: &str) -> String {
    if siret.len() == 14 { groups(siret, &[3, 3, 3, 5]) } else { siret.to_owned() }
}

/// Cuts an identifier of ASCII characters; one with other characters is left whole.
pub fn groups(text: &str, lengths: &[usize]) -> String {
    if !text.is_ascii() {
        return text.to_owned();
    }
    let mut rest = text;
    let mut grouped = String::new();
    for length in lengths {
        let (group, tail) = rest.split_at(*length);
        if !grouped.is_empty() {
            grouped.push(NO_BREAK);
        }
        grouped.push_str(group);
        rest = tail;
    }
    grouped
}

/// Whether « de » loses its vowel before this name.
fn elides(name: &str) -> bool {
    let first_word = name.split([' ', '-']).next().unwrap_or_default();
    let letters: String = first_word.chars().flat_map(char::to_lowercase).map(without_accent).collect();
    let mut following = letters.chars().skip(1);
    match letters.chars().next() {
        // Ouassim, Ouarda: « ou » before a vowel is heard as a consonant.
        Some('o') => !(following.next() == Some('u') && following.next().is_some_and(is_vowel)),
        Some(first) if is_vowel(first) => true,
        // Yves and Ysé begin with a vowel, Yanis and Yohan with a consonant.
        Some('y') => following.next().is_some_and(|second| !is_vowel(second) && second.is_alphabetic()),
        Some('h') => MUTE_H.iter().any(|start| letters.starts_with(start)),
        Some(_) | None => false,
    }
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'œ' | 'æ')
}

const fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ı' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_month_is_ordinal_and_only_the_first() {
        let day = |text: &str| text.parse().map(date).unwrap();
        assert_eq!(day("2026-04-01"), "1er avril 2026");
        assert_eq!(day("2026-08-11"), "11 août 2026");
        assert_eq!(day("2026-12-21"), "21 décembre 2026");
    }

    #[test]
    fn a_french_phone_number_is_read_in_pairs() {
        let plain = |number: &str| phone(number).replace(NO_BREAK, " ");
        assert_eq!(plain("0612345678"), "06 12 34 56 78");
        assert_eq!(plain("+33612345678"), "06 12 34 56 78");
        assert_eq!(plain("+32470123456"), "+32470123456");
    }

    #[test]
    fn de_loses_its_vowel_before_a_vowel_that_is_heard() {
        for name in [
            "Amel Benali",
            "Élodie Kaya",
            "ÉMILIE",
            "Inès",
            "Ömer",
            "Oumar Diop",
            "Ugo",
            "Œdipe",
            "Eugène",
            "A… B…",
            "Yves Klein",
            "Yvonne",
            "Ysé",
            "Hélène Fournier",
            "Henri",
            "Hervé LANG",
            "Héloïse",
            "Hugo",
            "Anne-Marie",
        ] {
            assert_eq!(of(name), format!("d’{name}"));
        }
    }

    #[test]
    fn de_stays_before_a_consonant_and_before_what_sounds_like_one() {
        for name in [
            "Karim",
            "Nadia",
            "Yanis",
            "Yohan",
            "Youssef",
            "Hassan",
            "Hicham",
            "Houria",
            "Hugues",
            "Ouassim",
            "Ouarda",
            "Çelik",
            "Šárka",
            "D… A…",
            "Y… K…",
            "H… F…",
            "",
        ] {
            assert_eq!(of(name), format!("de {name}"));
        }
    }
}
