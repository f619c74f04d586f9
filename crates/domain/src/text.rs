//! Small texts parsed once at the border and never carried raw inward.

mod address_line;
mod email;
mod message;
mod name;
mod phone;
mod typed;

pub use address_line::{AddressLine, AddressLineRefused};
pub use email::{Email, InvalidEmail};
pub use message::{MESSAGE_MAX_CHARS, Message, MessageRefused};
pub use name::{Name, NameRefused};
pub use phone::{InvalidPhoneNumber, PhoneNumber};
pub use typed::typed;

/// « Prénom NOM »: how a person is named everywhere, however the name was typed (rule book 01 §1.2). The SQL function
/// `full_name` does the same.
pub fn full_name(first_name: &str, last_name: &str) -> String {
    let mut starts_word = true;
    let mut name = String::with_capacity(first_name.len() + last_name.len() + 1);
    for letter in first_name.chars() {
        if starts_word {
            name.extend(letter.to_uppercase());
        } else {
            name.extend(letter.to_lowercase());
        }
        starts_word = !letter.is_alphanumeric();
    }
    name.push(' ');
    name.push_str(&last_name.to_uppercase());
    name
}

/// « Marie Durand » → « M… D… »: what someone who may not see an identity sees (USR-11, PII-4).
/// Hyphenated words count once.
pub(crate) fn masked(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .map(|first| format!("{}…", first.to_uppercase()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Lower-cased, without accents, ligatures opened, hyphens and apostrophes as spaces, spaces collapsed: what
/// searches compare. The SQL function `folded` does the same for stored columns.
pub fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = text
        .to_lowercase()
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    // A ligature may carry an accent itself.
    let opened = plain.replace('œ', "oe").replace('æ', "ae");
    opened.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words looked for, folded; what holds neither letter nor digit is one word, as it was typed: it is found in no folded
/// text, and asks for something all the same.
pub fn folded_words(text: &str) -> Vec<String> {
    let words: Vec<String> = folded(text).split_whitespace().map(ToOwned::to_owned).collect();
    let typed = Some(text.trim()).filter(|typed| words.is_empty() && !typed.is_empty());
    typed.map(ToOwned::to_owned).into_iter().chain(words).collect()
}

/// What an address asks for, of at most so many characters: what is kept of it is kept whole when it is read again.
pub fn shortened(text: &str, most: usize) -> String {
    let shown: String = text.chars().filter(|c| !c.is_control()).collect();
    let kept: String = shown.trim().chars().take(most).collect();
    kept.trim_end().to_owned()
}

/// The département of a post code (ORG-3, CON-7), none when it is not 5 digits.
pub fn department_of_post_code(post_code: &str) -> Option<String> {
    if post_code.len() != 5 || !post_code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(match &post_code[..3] {
        "200" | "201" | "207" => "2A".to_owned(),
        "202" | "204" | "206" => "2B".to_owned(),
        overseas if overseas.starts_with("97") || overseas.starts_with("98") => overseas.to_owned(),
        _ => post_code[..2].to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_named_alike_however_their_name_was_typed() {
        for (first, last, shown) in [
            ("Amel", "Benali", "Amel BENALI"),
            ("JEAN-PIERRE", "müller", "Jean-Pierre MÜLLER"),
            ("élodie marie", "d'Arc", "Élodie Marie D'ARC"),
        ] {
            assert_eq!(full_name(first, last), shown);
        }
    }

    #[test]
    fn names_are_masked_word_by_word() {
        assert_eq!(masked("DE LA TOUR Anne"), "D… L… T… A…");
        assert_eq!(masked("Jean-Pierre élan"), "J… É…");
    }

    #[test]
    fn folding_ignores_case_accents_and_hyphens() {
        assert_eq!(folded("Saint-Étienne-du-Rouvray"), "saint etienne du rouvray");
        assert_eq!(folded("L'Œuvre d’art"), "l oeuvre d art");
        assert_eq!(folded("Ǽgidius"), "aegidius");
    }

    #[test]
    fn what_is_looked_for_is_never_nothing_once_something_is_typed() {
        for (typed, words) in [
            (" Élodie  d'Arc ", &["elodie", "d", "arc"][..]),
            ("_", &["_"]),
            (" % _ ", &["% _"]),
            ("  ", &[]),
        ] {
            assert_eq!(folded_words(typed), words, "{typed:?}");
        }
    }

    #[test]
    fn what_an_address_asks_for_is_cut_where_reading_it_again_cuts_nothing() {
        for (asked, kept) in
            [("  Metz ", "Metz"), ("\u{1} Metz", "Metz"), ("un mot de trop", "un mot"), ("", "")]
        {
            assert_eq!(shortened(asked, 7), kept, "{asked:?}");
            assert_eq!(shortened(kept, 7), kept);
        }
    }

    #[test]
    fn departments_follow_the_post_code() {
        for (post_code, department) in
            [("57000", "57"), ("20000", "2A"), ("20200", "2B"), ("97400", "974"), ("98800", "988")]
        {
            assert_eq!(department_of_post_code(post_code).as_deref(), Some(department));
        }
        assert_eq!(department_of_post_code("5700"), None);
    }
}
