//! SIRET: the 14 digits that name an establishment (ORG-2).

use std::fmt;

/// 14 digits. No Luhn check: public bodies hold SIRETs that fail it (ORG-2, DEC).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Siret(String);

/// The text is not 14 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a SIRET is 14 digits")]
pub struct InvalidSiret;

impl Siret {
    /// Reads a SIRET, whatever parts its digits.
    pub fn parse(text: &str) -> Result<Self, InvalidSiret> {
        let digits: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        if digits.len() == 14 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(digits))
        } else {
            Err(InvalidSiret)
        }
    }

    /// Whether its check digit is right, or the legal unit is La Poste, whose establishments follow another rule. Nothing is
    /// refused for it, since public bodies hold SIRETs that fail it: who types one is told.
    pub fn has_its_key(&self) -> bool {
        let digits = || self.0.bytes().map(|digit| u32::from(digit.saturating_sub(b'0')));
        let doubled = |(place, digit): (usize, u32)| match (place % 2, digit * 2) {
            (0, twice) if twice > 9 => twice - 9,
            (0, twice) => twice,
            _ => digit,
        };
        let is_la_poste = self.siren() == "356000000" && digits().sum::<u32>().is_multiple_of(5);
        is_la_poste || digits().enumerate().map(doubled).sum::<u32>().is_multiple_of(10)
    }

    /// The first 9 digits: the legal unit.
    pub fn siren(&self) -> &str {
        &self.0[..9]
    }

    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_stripped_and_everything_else_is_refused() {
        assert_eq!(Siret::parse("130 005 481 00010").map(|s| s.siren().to_owned()), Ok("130005481".into()));
        assert_eq!(Siret::parse("1300054810001"), Err(InvalidSiret));
        assert_eq!(Siret::parse("1300054810001O"), Err(InvalidSiret));
    }

    /// ORG-2: said, never refused.
    #[test]
    fn the_check_digit_is_known() {
        for (siret, is_right) in [
            ("13000548100010", true),
            ("35600000000048", true),
            ("35600000000010", true),
            ("35600000012345", false),
            ("12345678901234", false),
        ] {
            assert_eq!(Siret::parse(siret).unwrap().has_its_key(), is_right, "{siret}");
        }
    }
}
