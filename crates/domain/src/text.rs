//! Small texts parsed once at the border and never carried raw inward.

use std::fmt;

/// An e-mail address, lower-cased: two spellings of one address are one address.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Email(String);

/// The text cannot be an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct InvalidEmail;

impl Email {
    /// Reads an address: one `@`, something before it, a dotted domain after it, no space, at most 254 bytes.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let address = text.trim().to_lowercase();
        let Some((user, domain)) = address.split_once('@') else { return Err(InvalidEmail) };
        let plausible = !user.is_empty()
            && domain.contains('.')
            && !domain.contains('@')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.contains("..")
            && address.len() <= 254
            && !address.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"()".contains(c));
        if plausible { Ok(Self(address)) } else { Err(InvalidEmail) }
    }

    /// The address, lower-cased.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the address is a France Travail professional one, forbidden to candidates (USR-9, CON-8).
    pub fn is_france_travail(&self) -> bool {
        self.0.ends_with("@pole-emploi.fr") || self.0.ends_with("@francetravail.fr")
    }

    /// The address with every part reduced to its first letter and stars: `j*****@p****.e******` (CRE-2).
    pub fn redacted(&self) -> String {
        let stars = |part: &str| {
            part.chars().enumerate().map(|(i, c)| if i == 0 { c } else { '*' }).collect::<String>()
        };
        let (user, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let (host, top) = domain.rsplit_once('.').unwrap_or((domain, ""));
        format!("{}@{}.{}", stars(user), stars(host), stars(top))
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A phone number: digits only, French (`0612345678`) or international (`+352621123456`).
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

/// The text cannot be a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number")]
pub struct InvalidPhoneNumber;

impl PhoneNumber {
    /// Reads a number: spaces, dots, hyphens and brackets are dropped, `+33` and `0033` become `0`. A French number
    /// has ten digits; another country's starts with `+` and has 8 to 15.
    pub fn parse(text: &str) -> Result<Self, InvalidPhoneNumber> {
        let digits: String =
            text.chars().filter(|c| !c.is_whitespace() && !['.', '-', '/', '(', ')'].contains(c)).collect();
        let national = digits.strip_prefix("+33").or_else(|| digits.strip_prefix("0033"));
        let number = national.map_or(digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let plausible = match number.strip_prefix('+') {
            Some(rest) => (8..=15).contains(&rest.len()) && is_digits(rest),
            None => number.len() == 10 && number.starts_with('0') && is_digits(&number),
        };
        if plausible { Ok(Self(number)) } else { Err(InvalidPhoneNumber) }
    }

    /// The number, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(…)")
    }
}

/// A text that says something: trimmed, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonBlank(String);

impl NonBlank {
    /// The trimmed text, or none when nothing is left.
    pub fn parse(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        (!trimmed.is_empty()).then(|| Self(trimmed.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

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
    let opened = text.to_lowercase().replace('œ', "oe").replace('æ', "ae");
    let plain: String = opened
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
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
    fn addresses_are_lower_cased_and_nonsense_refused() {
        assert_eq!(Email::parse(" Jeanne@Poste.Example ").unwrap().as_str(), "jeanne@poste.example");
        for nonsense in
            ["", "jeanne", "@poste.example", "a@b", "a b@poste.example", "a@b@c.d", "a@.fr", "a@b..fr"]
        {
            assert_eq!(Email::parse(nonsense), Err(InvalidEmail), "{nonsense}");
        }
    }

    #[test]
    fn phone_numbers_lose_their_punctuation_and_nonsense_is_refused() {
        for (typed, kept) in [
            ("06 12 34 56 78", "0612345678"),
            ("06.12.34.56.78", "0612345678"),
            ("+33 6 12 34 56 78", "0612345678"),
            ("0033 (0)6 12 34 56 78", "0612345678"),
            ("+352 621 123 456", "+352621123456"),
        ] {
            assert_eq!(PhoneNumber::parse(typed).unwrap().as_str(), kept);
        }
        for nonsense in ["", "0612", "06123456789", "6123456789", "au bureau", "+", "+12a45678"] {
            assert_eq!(PhoneNumber::parse(nonsense), Err(InvalidPhoneNumber), "{nonsense}");
        }
    }

    #[test]
    fn redaction_keeps_first_letters() {
        assert_eq!(Email::parse("jeanne@poste.example").unwrap().redacted(), "j*****@p****.e******");
    }

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
