//! The PASS number: 5-character issuer prefix and 7 digits (rule book 03 §4.2).

use std::fmt;

use crate::ids::PassId;

/// Highest sequence a number can carry: above it nothing is created.
pub const LAST_SEQUENCE: u32 = 9_999_999;

/// The prefix that names the issuer of a PASS: a setting of each instance, never the national one (D10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerPrefix(String);

/// A PASS number, 12 characters without spaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct PassNumber(String);

/// The text is not an issuer prefix or a PASS number, or the sequence is exhausted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPassNumber {
    /// A prefix is 5 upper-case letters or digits.
    #[error("an issuer prefix is 5 upper-case letters or digits")]
    Prefix,
    /// A number is 12 upper-case letters or digits.
    #[error("a PASS number is 12 upper-case letters or digits")]
    Number,
    /// Every number of the prefix was given.
    #[error("the sequence of PASS numbers is exhausted")]
    Exhausted,
}

fn is_upper_alphanumeric(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

impl IssuerPrefix {
    /// Reads a prefix.
    pub fn parse(text: &str) -> Result<Self, InvalidPassNumber> {
        if text.len() == 5 && is_upper_alphanumeric(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidPassNumber::Prefix)
        }
    }

    /// The 5 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PassNumber {
    /// The number of rank `sequence` under `prefix`.
    pub fn new(prefix: &IssuerPrefix, sequence: u32) -> Result<Self, InvalidPassNumber> {
        if sequence == 0 || sequence > LAST_SEQUENCE {
            return Err(InvalidPassNumber::Exhausted);
        }
        Ok(Self(format!("{}{sequence:07}", prefix.0)))
    }

    /// What this PASS bears until its number is taken, as the last thing before its transaction ends (ADR 45): the prefix and seven
    /// letters drawn from its id, which no number has.
    pub fn provisional(prefix: &IssuerPrefix, pass: PassId) -> Self {
        let letters = pass.0.as_bytes().iter().skip(9).map(|byte| char::from(b'A' + byte % 26));
        Self(prefix.0.chars().chain(letters).collect())
    }

    /// Reads a number, spaces allowed.
    pub fn parse(text: &str) -> Result<Self, InvalidPassNumber> {
        let number: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if number.len() == 12 && is_upper_alphanumeric(&number) {
            Ok(Self(number))
        } else {
            Err(InvalidPassNumber::Number)
        }
    }

    /// The 12 characters, as copied and exchanged.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Grouped 5-2-5, as read aloud and printed.
impl fmt::Display for PassNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", &self.0[..5], &self.0[5..7], &self.0[7..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_padded_and_grouped_5_2_5() {
        let prefix = IssuerPrefix::parse("XXXXX").unwrap();
        let number = PassNumber::new(&prefix, 2_345_678).unwrap();
        assert_eq!(number.as_str(), "XXXXX2345678");
        assert_eq!(number.to_string(), "XXXXX 23 45678");
        assert_eq!(PassNumber::parse("XXXXX 23 45678"), Ok(number));
    }

    #[test]
    fn a_provisional_number_is_read_as_one_and_is_none() {
        let prefix = IssuerPrefix::parse("99999").unwrap();
        let [one, other] =
            [1, 2].map(|id| PassNumber::provisional(&prefix, PassId(uuid::Uuid::from_u128(id))));
        assert_eq!(one.as_str(), "99999AAAAAAB");
        assert_eq!(PassNumber::parse(one.as_str()), Ok(one.clone()));
        assert_ne!(one, other);
    }

    #[test]
    fn the_sequence_stops_at_its_last_number() {
        let prefix = IssuerPrefix::parse("XXXXX").unwrap();
        assert!(PassNumber::new(&prefix, LAST_SEQUENCE).is_ok());
        assert_eq!(PassNumber::new(&prefix, LAST_SEQUENCE + 1), Err(InvalidPassNumber::Exhausted));
        assert_eq!(PassNumber::new(&prefix, 0), Err(InvalidPassNumber::Exhausted), "the first is 1");
    }

    #[test]
    fn prefixes_and_numbers_are_capitals_and_digits_of_one_length() {
        for prefix in ["ABCD", "ABCDEF", "abcde", "ABC-D", "ABCÉ", ""] {
            assert_eq!(IssuerPrefix::parse(prefix), Err(InvalidPassNumber::Prefix), "{prefix}");
        }
        assert_eq!(
            IssuerPrefix::parse("AB123").map(|prefix| prefix.as_str().to_owned()),
            Ok("AB123".to_owned())
        );
        for number in ["ABCDE000000", "ABCDE00000011", "abcde0000001", "ABCDE000-001", ""] {
            assert_eq!(PassNumber::parse(number), Err(InvalidPassNumber::Number), "{number}");
        }
    }
}
