//! A place of France, as people and La Poste write it.

use crate::text::folded;

/// Towns whose arrondissements are numbered, and how many they have.
const TOWNS_OF_ARRONDISSEMENTS: [(&str, u8); 3] = [("paris", 20), ("lyon", 9), ("marseille", 16)];

/// What was typed for a commune: « St-Avold », « 57000 Metz », « Metz (57 », « PARIS 16 », « 57036 METZ CEDEX 01 ».
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedPlace {
    /// Its name, folded, abbreviations opened, an arrondissement as INSEE writes it; empty when none was typed.
    pub name: String,
    /// The post code typed before or after it.
    pub post_code: Option<String>,
    /// The code of its département, or how that code begins.
    pub department: Option<String>,
    /// What follows « CEDEX », maybe nothing.
    pub cedex: Option<String>,
}

impl TypedPlace {
    /// Reads what was typed; never fails: what is not understood is part of the name.
    pub fn read(text: &str) -> Self {
        let (before, inside) = text.split_once('(').unwrap_or((text, ""));
        let inside = folded(inside);
        let folded = folded(before);
        let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let cedex = take_cedex(&mut words);
        let post_code = take_post_code(&mut words).or_else(|| is_post_code(&inside).then(|| inside.clone()));
        // « Marseille 13 » is an arrondissement, « Marseille (13) » a département, « Paris CEDEX 16 » an office.
        let district = if cedex.is_none() { district(&words) } else { None };
        let follows = || if district.is_none() { take_department(&mut words) } else { None };
        let department = department(&inside).or_else(follows);
        let name = district.unwrap_or_else(|| opened(&words));
        Self { name, post_code, department, cedex }
    }

    /// The name of the town in a postal address: that of the commune, of its town for an arrondissement, with the
    /// CEDEX that was typed (D24).
    pub fn postal_city(&self, commune: &str) -> String {
        let town = commune.split_once(' ').filter(|(_, rest)| rest.ends_with("Arrondissement"));
        let town = town.map_or(commune, |(town, _)| town);
        match self.cedex.as_deref() {
            None => town.to_owned(),
            Some("") => format!("{town} CEDEX"),
            Some(number) => format!("{town} CEDEX {number}"),
        }
    }
}

fn is_post_code(word: &str) -> bool {
    word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit())
}

/// « CEDEX » ends the name of a town.
fn take_cedex(words: &mut Vec<&str>) -> Option<String> {
    let at = words.iter().position(|word| *word == "cedex").filter(|at| *at > 0)?;
    let number = words.get(at + 1).filter(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let number = number.map(|number| (*number).to_owned()).unwrap_or_default();
    words.truncate(at);
    Some(number)
}

/// A post code stands before or after the name, sometimes in two parts.
fn take_post_code(words: &mut Vec<&str>) -> Option<String> {
    let digits =
        |word: &&str, length: usize| word.len() == length && word.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        [first, ..] if is_post_code(first) => Some(words.remove(0).to_owned()),
        [.., last] if is_post_code(last) => words.pop().map(ToOwned::to_owned),
        [first, second, ..] if digits(first, 2) && digits(second, 3) => {
            let code = format!("{first}{second}");
            words.drain(..2);
            Some(code)
        }
        _ => None,
    }
}

/// « paris 16e arrondissement » for « paris 16 », « lyon 03 », « marseille 1er arr ».
fn district(words: &[&str]) -> Option<String> {
    let (town, number) = match words {
        [town, number] | [town, number, "arrondissement" | "arrondt" | "arr" | "ardt"] => (*town, *number),
        _ => return None,
    };
    let (_, most) = TOWNS_OF_ARRONDISSEMENTS.into_iter().find(|(name, _)| *name == town)?;
    let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = matches!(&number[digits.len()..], "" | "e" | "er" | "eme" | "ere");
    let number: u8 = digits.parse().ok().filter(|number| ordinal && (1..=most).contains(number))?;
    let ordinal = if number == 1 { "er" } else { "e" };
    Some(format!("{town} {number}{ordinal} arrondissement"))
}

/// A code of département, or its beginning, as brackets hold it.
fn department(text: &str) -> Option<String> {
    let plausible = text.len() <= 3 && text.starts_with(|c: char| c.is_ascii_digit());
    // The communes of Corsica are of 2A and 2B; both were 20.
    (plausible && text != "20").then(|| text.to_uppercase())
}

/// « metz 57 »: the département stands after the name, whole.
fn take_department(words: &mut Vec<&str>) -> Option<String> {
    let [_, .., last] = words.as_slice() else { return None };
    let whole = match last.len() {
        2 => last.bytes().all(|b| b.is_ascii_digit()) || matches!(*last, "2a" | "2b"),
        3 => (last.starts_with("97") || last.starts_with("98")) && last.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    let code = if whole { department(last) } else { None };
    words.pop_if(|_| code.is_some());
    code
}

/// The name with what La Poste shortens in full. The last word is left alone: it may not be typed to its end.
fn opened(words: &[&str]) -> String {
    let last = words.len().saturating_sub(1);
    let opened = words.iter().enumerate().map(|(at, word)| match *word {
        "st" if at < last => "saint",
        "ste" if at < last => "sainte",
        "sts" if at < last => "saints",
        "stes" if at < last => "saintes",
        word => word,
    });
    opened.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A part of the place, when it was typed.
    type Said = Option<&'static str>;
    /// What is typed, its name, its post code, its département, its CEDEX.
    type Line = (&'static str, &'static str, Said, Said, Said);

    #[test]
    fn places_are_read_as_people_write_them() {
        let table: &[Line] = &[
            ("Metz", "metz", None, None, None),
            ("St Avold", "saint avold", None, None, None),
            ("ST-AVOLD", "saint avold", None, None, None),
            ("Ste-Marie-aux-Chênes", "sainte marie aux chenes", None, None, None),
            ("Stes Maries de la Mer", "saintes maries de la mer", None, None, None),
            ("Bourg-St-Maurice", "bourg saint maurice", None, None, None),
            ("Strasbourg", "strasbourg", None, None, None),
            ("st", "st", None, None, None),
            ("57000", "", Some("57000"), None, None),
            ("57 000 Metz", "metz", Some("57000"), None, None),
            ("57000 Metz", "metz", Some("57000"), None, None),
            ("Metz 57000", "metz", Some("57000"), None, None),
            ("Metz, 57000", "metz", Some("57000"), None, None),
            ("Metz (57000)", "metz", Some("57000"), None, None),
            ("Metz (57", "metz", None, Some("57"), None),
            ("Metz (57)", "metz", None, Some("57"), None),
            ("Metz (5", "metz", None, Some("5"), None),
            ("Metz 57", "metz", None, Some("57"), None),
            ("Metz (Moselle)", "metz", None, None, None),
            ("Ajaccio (2a)", "ajaccio", None, Some("2A"), None),
            ("Ajaccio (20)", "ajaccio", None, None, None),
            ("Saint-Denis 974", "saint denis", None, Some("974"), None),
            ("PARIS 16", "paris 16e arrondissement", None, None, None),
            ("75016 PARIS 16", "paris 16e arrondissement", Some("75016"), None, None),
            ("Paris 1er arr.", "paris 1er arrondissement", None, None, None),
            ("LYON 03", "lyon 3e arrondissement", None, None, None),
            ("Lyon 3e Arrondissement (69)", "lyon 3e arrondissement", None, Some("69"), None),
            ("Marseille 13", "marseille 13e arrondissement", None, None, None),
            ("Marseille (13)", "marseille", None, Some("13"), None),
            ("Lyon 69", "lyon", None, Some("69"), None),
            ("Paris 75", "paris", None, Some("75"), None),
            ("57036 METZ CEDEX 01", "metz", Some("57036"), None, Some("01")),
            ("METZ CEDEX", "metz", None, None, Some("")),
            ("PARIS CEDEX 16", "paris", None, None, Some("16")),
            ("cedex", "cedex", None, None, None),
            ("", "", None, None, None),
            (" (", "", None, None, None),
        ];
        for (typed, name, post_code, department, cedex) in table {
            let owned = |text: &Said| text.map(ToOwned::to_owned);
            let expected = TypedPlace {
                name: (*name).to_owned(),
                post_code: owned(post_code),
                department: owned(department),
                cedex: owned(cedex),
            };
            assert_eq!(TypedPlace::read(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn cedex_stays_in_the_postal_address_and_arrondissements_do_not() {
        for (typed, commune, city) in [
            ("57036 METZ CEDEX 01", "Metz", "Metz CEDEX 01"),
            ("METZ CEDEX", "Metz", "Metz CEDEX"),
            ("metz", "Metz", "Metz"),
            ("LYON 03", "Lyon 3e Arrondissement", "Lyon"),
            ("st avold", "Saint-Avold", "Saint-Avold"),
        ] {
            assert_eq!(TypedPlace::read(typed).postal_city(commune), city, "D24");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(text in "\\PC*") {
            let _ = TypedPlace::read(&text);
        }

        #[test]
        fn words_and_figures_never_panic(text in "[a-zé0-9 ()-]{0,20}( cedex [0-9]{0,3})?") {
            let _ = TypedPlace::read(&text);
        }
    }
}
