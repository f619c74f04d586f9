//! Phone numbers.

use std::fmt;

use super::typed;

/// A phone number: digits only, French (`0612345678`) or international (`+352621123456`).
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

/// The text cannot be a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number")]
pub struct InvalidPhoneNumber;

impl PhoneNumber {
    /// Reads a number: spaces, dots, hyphens and brackets are dropped, `00` is `+`, and `+33` becomes `0`. A French
    /// number has ten digits, the second of which is no zero; another country's starts with its code and has 8 to 15.
    pub fn parse(text: &str) -> Result<Self, InvalidPhoneNumber> {
        let digits: String =
            typed(text).chars().filter(|c| !c.is_whitespace() && !is_punctuation(*c)).collect();
        // Ten digits, the first two zeros: a French number mistyped rather than one from abroad.
        let abroad = digits.strip_prefix("00").filter(|_| digits.len() > 10);
        let number = abroad.map_or_else(|| digits.clone(), |rest| format!("+{rest}"));
        let number = match number.strip_prefix("+33") {
            Some(rest) => format!("0{}", rest.trim_start_matches('0')),
            None => number,
        };
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let plausible = match number.strip_prefix('+') {
            Some(rest) => (8..=15).contains(&rest.len()) && !rest.starts_with('0') && is_digits(rest),
            None => {
                number.len() == 10
                    && number.starts_with('0')
                    && !number.starts_with("00")
                    && is_digits(&number)
            }
        };
        if plausible { Ok(Self(number)) } else { Err(InvalidPhoneNumber) }
    }

    /// The number, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What people part digits with, the dashes of word processors included.
const fn is_punctuation(c: char) -> bool {
    matches!(c, '.' | '-' | '/' | '(' | ')' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '·' | '•')
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_lose_their_punctuation_and_nonsense_is_refused() {
        for (came, kept) in [
            ("06 12 34 56 78", "0612345678"),
            ("06.12.34.56.78", "0612345678"),
            ("06\u{2011}12\u{2011}34\u{2011}56\u{2011}78", "0612345678"),
            ("\u{202a}06 12 34 56 78\u{202c}", "0612345678"),
            ("+33 6 12 34 56 78", "0612345678"),
            ("0033 (0)6 12 34 56 78", "0612345678"),
            ("+33 (0)6 12 34 56 78", "0612345678"),
            ("+352 621 123 456", "+352621123456"),
            ("00352 621 123 456", "+352621123456"),
            ("+32 2 123 45 67", "+3221234567"),
            ("0032 2 123 45 67", "+3221234567"),
            ("0049 30 12345678", "+493012345678"),
        ] {
            assert_eq!(PhoneNumber::parse(came).map(|number| number.0).as_deref(), Ok(kept), "{came}");
        }
        for nonsense in [
            "",
            "0612",
            "06123456789",
            "6123456789",
            "0012345678",
            "000352621123456",
            "+0352621123456",
            "au bureau",
            "+",
            "+12a45678",
            "00",
        ] {
            assert_eq!(PhoneNumber::parse(nonsense), Err(InvalidPhoneNumber), "{nonsense}");
        }
    }
}
