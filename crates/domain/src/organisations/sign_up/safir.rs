//! Agencies of France Travail, which their agents join by the code of the agency (PRE-18 to PRE-21).

use std::fmt;

use super::is_professional;
use crate::organisations::invitations::Guest;
use crate::organisations::members::JoinRefused;

/// Digits of a code.
const LENGTH: usize = 5;

/// Fewest digits of a code whose leading zeros a spreadsheet took away (PRE-23).
const SHORTEST: usize = 3;

/// The code of an agency: five digits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct SafirCode(String);

/// The text is no code of an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a SAFIR code is 5 digits")]
pub struct InvalidSafir;

impl SafirCode {
    /// Reads a code, whatever parts its digits; leading zeros that were lost come back (PRE-23, DEC).
    pub fn parse(text: &str) -> Result<Self, InvalidSafir> {
        let digits: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let is_code =
            (SHORTEST..=LENGTH).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if is_code { Ok(Self(format!("{digits:0>LENGTH$}"))) } else { Err(InvalidSafir) }
    }

    /// The five digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafirCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why an agency is not joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SafirRefused {
    /// Only a professional joins an agency.
    #[error("only a professional joins an agency")]
    NotProfessional,
    /// Their address is not that of an agent (PRE-20).
    #[error("not the address of an agent")]
    NotAnAgent,
    /// No agency has this code.
    #[error("no agency has this code")]
    Unknown,
}

/// Joining says the same of their account.
impl From<JoinRefused> for SafirRefused {
    fn from(refused: JoinRefused) -> Self {
        match refused {
            JoinRefused::NotProfessional => Self::NotProfessional,
        }
    }
}

/// Agents join any agency by themselves, by its code; nobody else does (PRE-20).
pub fn may_join_agency(guest: &Guest) -> Result<(), SafirRefused> {
    if !is_professional(guest) {
        return Err(SafirRefused::NotProfessional);
    }
    let is_agent = guest.email.as_ref().is_some_and(|email| email.is_france_travail_agent());
    if is_agent { Ok(()) } else { Err(SafirRefused::NotAnAgent) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::guest;
    use super::*;
    use crate::accounts::UserKind;

    #[test]
    fn a_code_has_five_digits_and_gets_back_the_zeros_it_lost() {
        for (typed, read) in [
            ("57012", Ok("57012")),
            (" 57 012 ", Ok("57012")),
            ("4016", Ok("04016")),
            ("311", Ok("00311")),
            ("31", Err(InvalidSafir)),
            ("570121", Err(InvalidSafir)),
            ("5701O", Err(InvalidSafir)),
            ("", Err(InvalidSafir)),
        ] {
            let found = SafirCode::parse(typed);
            assert_eq!(found.as_ref().map(SafirCode::as_str), read.as_ref().copied(), "{typed}");
        }
    }

    #[test]
    fn only_agents_join_an_agency() {
        for (kind, email, expected) in [
            (UserKind::Professional, "jeanne@francetravail.fr", Ok(())),
            (UserKind::Professional, "jeanne@pole-emploi.fr", Err(SafirRefused::NotAnAgent)),
            (UserKind::Professional, "jeanne@notfrancetravail.fr", Err(SafirRefused::NotAnAgent)),
            (UserKind::Professional, "jeanne@francetravail.fr.exemple.fr", Err(SafirRefused::NotAnAgent)),
            (UserKind::JobSeeker, "jeanne@francetravail.fr", Err(SafirRefused::NotProfessional)),
        ] {
            assert_eq!(may_join_agency(&guest(kind, email)), expected, "PRE-20: {email}");
        }
    }
}
