//! The identifier France Travail gives to people who register (CON-6).

use std::fmt;

use crate::code::code;

/// An identifier of either form, upper-case. Two people may have the same: it is not unique.
#[derive(Clone, PartialEq, Eq)]
pub struct FranceTravailId(String);

/// The text cannot be such an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a France Travail identifier")]
pub struct InvalidFranceTravailId;

impl FranceTravailId {
    /// Reads an identifier: 7 digits then a letter or a digit, or 11 digits, whatever parts them.
    pub fn parse(text: &str) -> Result<Self, InvalidFranceTravailId> {
        let id: String =
            text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_ascii_uppercase();
        let bytes = id.as_bytes();
        let valid = match bytes.len() {
            8 => bytes[..7].iter().all(u8::is_ascii_digit) && bytes[7].is_ascii_alphanumeric(),
            11 => bytes.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        if valid { Ok(Self(id)) } else { Err(InvalidFranceTravailId) }
    }

    /// The identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for FranceTravailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FranceTravailId(…)")
    }
}

code! {
    /// Why a person has no France Travail identifier on their file (rule book 02 §12.1).
    FranceTravailIdMissingReason {
        Forgotten = "FORGOTTEN", "Identifiant France Travail oublié";
        NotRegistered = "NOT_REGISTERED", "Non inscrit auprès de France Travail";
    }
}

/// An identifier, or the reason there is none: one of them, never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FranceTravailAnswer {
    /// The identifier.
    Known(FranceTravailId),
    /// Why there is none.
    Missing(FranceTravailIdMissingReason),
}

impl FranceTravailAnswer {
    /// The identifier, if it is known.
    pub const fn id(&self) -> Option<&FranceTravailId> {
        match self {
            Self::Known(id) => Some(id),
            Self::Missing(_) => None,
        }
    }

    /// The reason there is none.
    pub const fn reason(&self) -> Option<FranceTravailIdMissingReason> {
        match self {
            Self::Known(_) => None,
            Self::Missing(reason) => Some(*reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CON-6.
    #[test]
    fn two_forms() {
        for (typed, kept) in [
            ("1234567A", "1234567A"),
            ("1234567a", "1234567A"),
            ("12345678", "12345678"),
            ("12345678901", "12345678901"),
            (" 1234 567 B ", "1234567B"),
        ] {
            assert_eq!(FranceTravailId::parse(typed).unwrap().as_str(), kept);
        }
        for nonsense in ["", "1234567", "123456AB", "1234567é", "123456789", "1234567890A", "١٢٣٤٥٦٧٨"]
        {
            assert_eq!(FranceTravailId::parse(nonsense), Err(InvalidFranceTravailId), "{nonsense}");
        }
    }
}
