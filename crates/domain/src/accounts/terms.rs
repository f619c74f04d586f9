//! The terms of the service, version by version (SES-9 to SES-11). Their texts are in `templates/accounts/terms/`.

use chrono::NaiveDate;

/// The days from which each version applies, the oldest first: `YYYY-MM-DD`, which sorts as it reads.
pub const TERMS: &[&str] = &["2026-01-05"];

/// The terms shown are not those that apply any more (SES-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("newer terms apply")]
pub struct NewerTerms;

/// The version that applies on `today`, in Paris: the latest whose day has come; the first before it.
pub fn current_terms(today: NaiveDate) -> &'static str {
    let today = today.to_string();
    let applies = |version: &&&str| **version <= today.as_str();
    TERMS.iter().rev().find(applies).or(TERMS.first()).copied().unwrap_or_default()
}

/// Whether who accepted this version, or none, has to accept another (SES-10).
pub fn are_outdated(accepted: Option<&str>, today: NaiveDate) -> bool {
    accepted.is_none_or(|accepted| accepted < current_terms(today))
}

/// Accepts the version that was shown, as long as it is the one that applies.
pub fn accept_terms(shown: &str, today: NaiveDate) -> Result<&'static str, NewerTerms> {
    let current = current_terms(today);
    if shown == current { Ok(current) } else { Err(NewerTerms) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_the_day_applies_and_older_ones_are_outdated() {
        assert!(TERMS.is_sorted() && TERMS.iter().all(|version| version.parse::<NaiveDate>().is_ok()));
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(current_terms(day("2026-01-05")), "2026-01-05");
        assert_eq!(current_terms(day("2025-12-31")), "2026-01-05", "the first, before its day");
        for (accepted, outdated) in [(None, true), (Some("2025-01-01"), true), (Some("2026-01-05"), false)] {
            assert_eq!(are_outdated(accepted, day("2026-05-04")), outdated, "{accepted:?}");
        }
        assert_eq!(accept_terms("2026-01-05", day("2026-05-04")), Ok("2026-01-05"));
        assert_eq!(accept_terms("2025-01-01", day("2026-05-04")), Err(NewerTerms));
    }
}
