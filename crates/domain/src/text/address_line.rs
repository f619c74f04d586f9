//! A line of a postal address.

use std::fmt;

use super::typed;

/// Longest line kept, in characters. An envelope holds 38 (NF Z 10-011); people type more, and it is theirs to cut.
const LONGEST: usize = 200;

/// One line of a postal address: something to read, on one line.
#[derive(Clone, PartialEq, Eq)]
pub struct AddressLine(String);

/// The text is no line of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressLineRefused {
    /// Nothing is left of it.
    #[error("the line is blank")]
    Blank,
    /// More than 200 characters.
    #[error("the line is too long")]
    TooLong,
    /// Several lines, or no letter nor digit.
    #[error("not a line of an address")]
    NotALine,
}

impl AddressLine {
    /// Reads a line: spaces around are dropped, those within count once.
    pub fn parse(text: &str) -> Result<Self, AddressLineRefused> {
        let text = typed(text);
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressLineRefused::Blank);
        }
        if text.chars().count() > LONGEST {
            return Err(AddressLineRefused::TooLong);
        }
        if text.contains('\n') || !text.chars().any(char::is_alphanumeric) {
            return Err(AddressLineRefused::NotALine);
        }
        Ok(Self(text.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")))
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AddressLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressLine(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_that_says_something() {
        for (came, kept) in [
            ("  12 bis, rue de l’Église ", "12 bis, rue de l’Église"),
            ("Bât. C\t2e étage", "Bât. C 2e étage"),
            ("chez Mme  Durand", "chez Mme Durand"),
        ] {
            assert_eq!(AddressLine::parse(came).map(|line| line.0).as_deref(), Ok(kept), "{came}");
        }
        let long = "a".repeat(201);
        for (came, refused) in [
            (" \u{200b}", AddressLineRefused::Blank),
            ("12 rue\nde Metz", AddressLineRefused::NotALine),
            ("--", AddressLineRefused::NotALine),
            (long.as_str(), AddressLineRefused::TooLong),
        ] {
            assert_eq!(AddressLine::parse(came), Err(refused), "{came}");
        }
    }
}
