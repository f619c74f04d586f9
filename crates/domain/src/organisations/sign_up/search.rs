//! What an employer types to find their company: its SIREN, its SIRET or its name (SGN-7).

use crate::organisations::Siret;
use crate::text::folded;

/// Digits of a SIREN.
const SIREN_LENGTH: usize = 9;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompanySearch {
    /// Every company of a legal unit.
    Siren(String),
    /// Those of one establishment.
    Siret(Siret),
    /// Those whose name has all these words, folded.
    Name(Vec<String>),
}

/// Why nothing is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CompanySearchRefused {
    /// Digits alone, and neither nine nor fourteen of them.
    #[error("neither a SIREN nor a SIRET")]
    Digits(usize),
    /// Nothing that a name has.
    #[error("neither a number nor a name")]
    Blank,
}

impl CompanySearch {
    /// Reads what was typed; nothing when nothing was.
    pub fn parse(text: &str) -> Result<Option<Self>, CompanySearchRefused> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let kept: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        if !kept.is_empty() && kept.bytes().all(|b| b.is_ascii_digit()) {
            return match (kept.len(), Siret::parse(&kept)) {
                (SIREN_LENGTH, _) => Ok(Some(Self::Siren(kept))),
                (_, Ok(siret)) => Ok(Some(Self::Siret(siret))),
                (length, Err(_)) => Err(CompanySearchRefused::Digits(length)),
            };
        }
        let words: Vec<String> = folded(text).split_whitespace().map(ToOwned::to_owned).collect();
        if words.is_empty() { Err(CompanySearchRefused::Blank) } else { Ok(Some(Self::Name(words))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_told_apart() {
        let siret = Siret::parse("38012345600011").unwrap();
        for (typed, expected) in [
            ("  ", Ok(None)),
            ("380 123 456", Ok(Some(CompanySearch::Siren("380123456".into())))),
            ("380 123 456 00011", Ok(Some(CompanySearch::Siret(siret)))),
            ("3801234560001", Err(CompanySearchRefused::Digits(13))),
            ("Les Jardins", Ok(Some(CompanySearch::Name(vec!["les".into(), "jardins".into()])))),
            ("Atelier 57", Ok(Some(CompanySearch::Name(vec!["atelier".into(), "57".into()])))),
            ("%", Err(CompanySearchRefused::Blank)),
        ] {
            assert_eq!(CompanySearch::parse(typed), expected, "SGN-7: {typed}");
        }
    }
}
