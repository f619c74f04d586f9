//! The social security number: « numéro d’inscription au répertoire », or NIR (rule book 02 §12.2).

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

use super::Country;
use super::birth_date::MINIMUM_AGE_YEARS;
use crate::code::code;

/// Characters of a NIR, key included (NIR-1).
const LENGTH: usize = 15;

/// The number printed in documentation and on sample cards: nobody's (NIR-6).
const SPECIMEN: &str = "269054958815780";

/// A valid NIR, without spaces, upper-case (NIR-7). Waiting numbers are numbers like the others (NIR-3).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir(String);

/// Why a text is not a NIR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NirRefused {
    /// Fewer than 15 characters (NIR-1).
    #[error("too short")]
    TooShort,
    /// More than 15 characters (NIR-1).
    #[error("too long")]
    TooLong,
    /// Its shape, its month or its key is wrong (NIR-3 to NIR-5).
    #[error("invalid")]
    Invalid,
    /// The number of the sample cards (NIR-6).
    #[error("specimen")]
    Specimen,
}

impl Nir {
    /// Reads a number as people type it: what parts its groups (spaces, dots, hyphens, slashes) does not count.
    pub fn parse(text: &str) -> Result<Self, NirRefused> {
        let nir: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase();
        match nir.chars().count() {
            count if count < LENGTH => return Err(NirRefused::TooShort),
            count if count > LENGTH => return Err(NirRefused::TooLong),
            _ => {}
        }
        let digits = numeric(&nir).ok_or(NirRefused::Invalid)?;
        if !first_digit_is_known(&digits)
            || !month_is_possible(&digits)
            || key(&digits) != digits[13..].parse().ok()
        {
            return Err(NirRefused::Invalid);
        }
        if nir == SPECIMEN { Err(NirRefused::Specimen) } else { Ok(Self(nir)) }
    }

    /// The number, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups 1-2-2-2-3-3-2: « 1 85 05 78 006 084 91 » (NIR-8).
    pub fn grouped(&self) -> String {
        let mut rest = self.0.as_str();
        let mut groups = Vec::with_capacity(7);
        for size in [1, 2, 2, 2, 3, 3, 2] {
            let (group, tail) = rest.split_at(size);
            groups.push(group);
            rest = tail;
        }
        groups.join(" ")
    }

    /// The first digit: who the number was given to.
    pub(super) fn first_digit(&self) -> char {
        self.0.chars().next().unwrap_or_default()
    }

    /// The year of birth, its last two digits.
    pub(super) fn year(&self) -> &str {
        &self.0[1..3]
    }

    /// The month of birth; outside 1 to 12 it says nothing (NIR-4).
    pub(super) fn month(&self) -> Option<u32> {
        self.0[3..5].parse().ok().filter(|month| (1..=12).contains(month))
    }

    /// Where the person was born, as the number says it (NIR-9): an INSEE code of commune or, for département 99,
    /// of country. None for numbers of people whose birth is being established (7 and 8).
    pub fn birth_place_code(&self) -> Option<&str> {
        let known = !matches!(self.first_digit(), '7' | '8');
        known.then(|| &self.0[5..10])
    }

    /// The country that the place of birth is, when the number says one (NIR-9).
    pub fn birth_country(&self) -> Option<Country> {
        self.birth_place_code().and_then(|code| code.strip_prefix("99")).and_then(Country::parse)
    }

    /// About when the person was born, for what was true that month, as far as the number of someone the service takes
    /// says it: its year has two digits (CON-2, CON-4).
    pub fn born_about(&self, today: NaiveDate) -> Option<NaiveDate> {
        if !matches!(self.first_digit(), '1' | '2') {
            return None;
        }
        let year: i32 = self.year().parse().ok()?;
        let youngest = today.year() - i32::try_from(MINIMUM_AGE_YEARS).ok()?;
        let century = if 2000 + year <= youngest { 2000 } else { 1900 };
        NaiveDate::from_ymd_opt(century + year, self.month().unwrap_or(1), 1)
    }
}

/// The number with `2A` and `2B` replaced by what they count for in the key (NIR-2), if the rest is digits.
fn numeric(nir: &str) -> Option<String> {
    if !nir.is_ascii() {
        return None;
    }
    let (start, rest) = nir.split_at(5);
    let (department, end) = rest.split_at(2);
    let department = match department {
        "2A" => "19",
        "2B" => "18",
        other => other,
    };
    let digits = format!("{start}{department}{end}");
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}

/// NIR-3: 1 and 2 for people registered, 3, 4, 7 and 8 for waiting numbers.
fn first_digit_is_known(digits: &str) -> bool {
    digits.starts_with(['1', '2', '3', '4', '7', '8'])
}

/// NIR-4: months 13 to 19 and 43 to 49 do not exist; 20 to 42 and 50 to 99 stand for civil status to be completed.
fn month_is_possible(digits: &str) -> bool {
    digits[3..5].parse().is_ok_and(|month: u8| !matches!(month, 13..=19 | 43..=49))
}

/// NIR-5: 97 minus the remainder of the first 13 digits by 97, from 1 to 97.
fn key(digits: &str) -> Option<u64> {
    digits[..13].parse::<u64>().ok().map(|number| 97 - number % 97)
}

impl fmt::Debug for Nir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nir(…)")
    }
}

code! {
    /// Why a person has no NIR on their file (rule book 02 §12.1).
    NirMissingReason {
        NoNir = "NO_NIR", "Pas de numéro de sécurité sociale";
        NirOfSomeoneElse = "NIR_OF_SOMEONE_ELSE", "Le numéro de sécurité sociale est associé à quelqu’un d’autre";
    }
}

/// A NIR, or the reason there is none: one of them, never both (rule book 02 §12.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NirAnswer {
    /// The number.
    Known(Nir),
    /// Why there is none.
    Missing(NirMissingReason),
}

impl NirAnswer {
    /// The number, if it is known.
    pub const fn nir(&self) -> Option<&Nir> {
        match self {
            Self::Known(nir) => Some(nir),
            Self::Missing(_) => None,
        }
    }

    /// The reason there is none.
    pub const fn reason(&self) -> Option<NirMissingReason> {
        match self {
            Self::Known(_) => None,
            Self::Missing(reason) => Some(*reason),
        }
    }
}

#[cfg(test)]
mod tests;
