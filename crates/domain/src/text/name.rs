//! A first or a last name.

use std::fmt;

use super::typed;

/// Longest name kept, in characters: the longest that birth certificates of France are known to hold, and some.
const LONGEST: usize = 100;

/// A first or a last name: one line of letters, with what parts them (spaces, hyphens, apostrophes, the dot of an
/// initial, brackets for a name of use). It goes into subjects and sentences of mails sent to anyone, so it can hold
/// neither an address, nor a line of its own, nor nothing that is seen.
#[derive(Clone, PartialEq, Eq)]
pub struct Name(String);

/// The text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameRefused {
    /// Nothing is left of it.
    #[error("the name is blank")]
    Blank,
    /// More than 100 characters.
    #[error("the name is too long")]
    TooLong,
    /// It holds what no name holds: digits, signs, line ends, a word with a dot in it.
    #[error("not a name")]
    NotAName,
}

impl Name {
    /// Reads a name as it is typed: spaces around are dropped, those within count once.
    pub fn parse(text: &str) -> Result<Self, NameRefused> {
        let text = typed(text);
        let text = text.trim();
        if text.is_empty() {
            return Err(NameRefused::Blank);
        }
        if text.chars().count() > LONGEST {
            return Err(NameRefused::TooLong);
        }
        let is_possible = text.chars().all(may_stand) && text.chars().any(char::is_alphabetic);
        if !is_possible || text.split_whitespace().any(is_address_like) || is_stacked(text) {
            return Err(NameRefused::NotAName);
        }
        Ok(Self(text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")))
    }

    /// The name, as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters of any script, their marks, and what parts them in a name.
fn may_stand(c: char) -> bool {
    c.is_alphabetic() || is_mark(c) || is_hyphen(c) || " \u{a0}\u{202f}'’‘ʼ`´.,()".contains(c)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2014}' | '·')
}

/// A dot between letters makes of them an address to a mail reader. « J.-P. » and « J.P. » are initials.
fn is_address_like(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').filter(|part| !part.is_empty()).collect();
    let is_initial = |part: &&str| part.chars().filter(|c| c.is_alphabetic()).count() <= 1;
    parts.len() > 1 && !parts.iter().all(is_initial)
}

/// More than two marks on one letter overflow the lines above.
fn is_stacked(text: &str) -> bool {
    text.chars().collect::<Vec<_>>().windows(3).any(|three| three.iter().all(|c| is_mark(*c)))
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_kept() {
        for (came, kept) in [
            (" Amel ", "Amel"),
            ("Jean-Pierre", "Jean-Pierre"),
            ("d’Arc", "d’Arc"),
            ("N\u{27}Guessan", "N\u{27}Guessan"),
            ("J.-P.", "J.-P."),
            ("J.P.", "J.P."),
            ("Anne  Marie", "Anne Marie"),
            ("Durand (née Müller)", "Durand (née Müller)"),
            ("Đặng", "Đặng"),
            ("Нина", "Нина"),
            ("محمد", "محمد"),
            ("He\u{301}le\u{300}ne", "Hélène"),
            ("Jean\u{200b}ne", "Jeanne"),
            ("O", "O"),
        ] {
            assert_eq!(Name::parse(came).map(|name| name.0).as_deref(), Ok(kept), "{came}");
        }
        assert!(Name::parse(&"é".repeat(100)).is_ok());
    }

    #[test]
    fn what_would_speak_in_a_mail_is_no_name() {
        for (came, refused) in [
            ("", NameRefused::Blank),
            ("\u{a0} \u{3164}\u{2060}", NameRefused::Blank),
            ("Jean\n\nVotre compte est suspendu", NameRefused::NotAName),
            ("Jean\u{2028}Votre compte", NameRefused::NotAName),
            ("Http://evil.example/", NameRefused::NotAName),
            ("evil.example", NameRefused::NotAName),
            ("Jean www.evil.example", NameRefused::NotAName),
            ("a.co", NameRefused::NotAName),
            ("jean@evil.example", NameRefused::NotAName),
            ("<b>Jean</b>", NameRefused::NotAName),
            ("Jean\tPaul", NameRefused::NotAName),
            ("12345", NameRefused::NotAName),
            ("-", NameRefused::NotAName),
            ("\u{2800}", NameRefused::NotAName),
            ("x\u{300}\u{301}\u{302}\u{303}", NameRefused::NotAName),
        ] {
            assert_eq!(Name::parse(came), Err(refused), "{came:?}");
        }
        assert_eq!(Name::parse(&"é".repeat(101)), Err(NameRefused::TooLong));
    }
}
