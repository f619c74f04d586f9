//! The code of an attestation, and what the public page answers to it: valid or not, and until when (rule book 03 §4.4,
//! §4.14).

use std::fmt;

use chrono::NaiveDate;

/// Characters of a code: 5 random bits each (Crockford's base 32, without I, L, O and U).
pub const CODE_CHARS: usize = 16;

/// The code printed on an attestation. It names a PASS to who holds the paper: `Debug` does not say it.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct AttestationCode(String);

impl AttestationCode {
    /// Reads a code as people type it: in any case, in groups or not, O for 0, I or L for 1. What has another length or other
    /// characters is no code.
    pub fn parse(typed: &str) -> Option<Self> {
        let is_kept = |character: &char| !character.is_whitespace() && !is_dash(*character);
        let read = typed.chars().filter(is_kept).map(meant).collect::<Option<String>>()?;
        (read.len() == CODE_CHARS).then_some(Self(read))
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Hyphens, those that do not break, and the dashes word processors put in their place.
const fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The character of a code that is meant.
const fn meant(typed: char) -> Option<char> {
    match typed.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        'U' => None,
        upper @ ('0'..='9' | 'A'..='Z') => Some(upper),
        _ => None,
    }
}

/// In groups of four, as it is printed: « 7K2M-9QXA-04RT-CW5D ».
impl fmt::Display for AttestationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, character) in self.0.chars().enumerate() {
            if place > 0 && place.is_multiple_of(4) {
                f.write_str("-")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for AttestationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AttestationCode(…)")
    }
}

/// What is said of a code to whoever types it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The PASS is valid, its last day counted; one that is suspended or starts later is (rule book 03 §4.4).
    Valid {
        /// Its last day.
        until: NaiveDate,
    },
    /// The PASS was valid, and has ended, by itself or because it was closed.
    Over {
        /// Its last day.
        since: NaiveDate,
    },
    /// No PASS has this code: it is mistyped, invented, or of a PASS that was cancelled.
    Unknown,
}

impl Verdict {
    /// Of the PASS that ends on this day, if the code is that of one.
    pub fn of(end: Option<NaiveDate>, today: NaiveDate) -> Self {
        match end {
            Some(until) if today <= until => Self::Valid { until },
            Some(since) => Self::Over { since },
            None => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = AttestationCode::parse("7K2M-9QXA-04RT-CW1D").unwrap();
        assert_eq!(code.as_str(), "7K2M9QXA04RTCW1D");
        assert_eq!(code.to_string(), "7K2M-9QXA-04RT-CW1D");
        for typed in [
            "7k2m9qxa04rtcw1d",
            " 7K2M 9QXA 04RT CW1D ",
            "7K2M\u{2011}9QXA\u{2013}O4RT\u{a0}CWlD",
            "7K2M–9QXA–o4RT–CWiD",
        ] {
            assert_eq!(AttestationCode::parse(typed).as_ref(), Some(&code), "{typed:?}");
        }
        for typed in
            ["", "7K2M-9QXA-04RT-CW1", "7K2M-9QXA-04RT-CW1D5", "7K2M-9QXA-04RT-CWUD", "7K2M-9QXA-04RT-CWÉD"]
        {
            assert_eq!(AttestationCode::parse(typed), None, "{typed:?}");
        }
        assert_eq!(format!("{code:?}"), "AttestationCode(…)");
    }

    /// Rule book 03 §4.4: the last day counts; §4.13: that of a closure is its end.
    #[test]
    fn what_is_said_of_a_code() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (end, today) = (day("2026-05-04"), day("2026-05-04"));
        assert_eq!(Verdict::of(Some(end), today), Verdict::Valid { until: end });
        assert_eq!(Verdict::of(Some(end), day("2026-05-05")), Verdict::Over { since: end });
        assert_eq!(Verdict::of(None, today), Verdict::Unknown);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(code in "[0-9A-HJKMNP-TV-Z]{16}", noise in any::<String>()) {
            let read = AttestationCode::parse(&code).unwrap();
            prop_assert_eq!(read.as_str(), &code);
            prop_assert_eq!(AttestationCode::parse(&read.to_string()), Some(read));
            if let Some(read) = AttestationCode::parse(&noise) {
                prop_assert_eq!(read.as_str().len(), CODE_CHARS);
            }
        }
    }
}
