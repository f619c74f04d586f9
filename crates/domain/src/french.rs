//! Words of the French language that depend on what stands beside them, for pages and mails alike.

use chrono::{Datelike, NaiveDate};

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

/// First names whose h is mute in usage: « d'Hélène », yet « de Hassan ». Without accents.
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

/// « 3 mars », « 1er avril »: for a date whose year is said elsewhere.
pub fn day_and_month(date: NaiveDate) -> String {
    let ordinal = if date.day() == 1 { "er" } else { "" };
    format!("{}{ordinal} {}", date.day(), MONTHS[date.month0() as usize])
}

/// The name of a person after « de »: « de Karim Benali », « d'Amel Benali ».
pub fn of(name: &str) -> String {
    if elides(name) { format!("d'{name}") } else { format!("de {name}") }
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
            assert_eq!(of(name), format!("d'{name}"));
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
