//! Conventions of SIAE and their financial annexes (rule book 01 §3.3).

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::CompanyKind;
use crate::code::code;

/// How long a reactivation by staff protects a convention from automatic deactivation (CMP-10).
pub const REACTIVATION_PROTECTION: TimeDelta = TimeDelta::days(90);
/// From how many deactivations in one run none is made, in the first half of the year (CMP-11).
pub const DEACTIVATIONS_HELD_BACK_FROM: usize = 200;

code! {
    /// State of a financial annex (CMP-9).
    AnnexState {
        Valid = "VALIDE", "Validée";
        Provisional = "PROVISOIRE", "Provisoire";
        Archived = "HISTORISE", "Archivée";
        Cancelled = "ANNULE", "Annulée";
        Entered = "SAISI", "Saisie";
        Draft = "BROUILLON", "Brouillon";
        Closed = "CLOTURE", "Clôturée";
        Rejected = "REJETE", "Rejetée";
    }
}

impl AnnexState {
    /// Whether an annex in this state counts until its end date.
    pub const fn is_valid(self) -> bool {
        match self {
            Self::Valid | Self::Provisional => true,
            Self::Archived
            | Self::Cancelled
            | Self::Entered
            | Self::Draft
            | Self::Closed
            | Self::Rejected => false,
        }
    }
}

/// Number of a financial annex: `ACI051170013A0M1` (ORG-4).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct AnnexNumber(String);

/// The text is not the number of an annex of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the number of a financial annex of that kind")]
pub struct InvalidAnnexNumber;

impl AnnexNumber {
    /// Length of the suffix: `A`, a digit, `M`, a digit.
    const SUFFIX: usize = 4;
    /// Length of what follows the kind in a prefix.
    const AFTER_KIND: usize = 9;

    /// Reads the number of an annex of a kind of SIAE: the kind, 2 digits, a digit or a capital, 6 digits, then
    /// `A` digit `M` digit (renewal, modification).
    pub fn parse(text: &str, kind: CompanyKind) -> Result<Self, InvalidAnnexNumber> {
        let rest = text.strip_prefix(kind.code()).filter(|_| kind.is_siae()).ok_or(InvalidAnnexNumber)?;
        let [d1, d2, any, number @ .., b'A', renewal, b'M', modification] = rest.as_bytes() else {
            return Err(InvalidAnnexNumber);
        };
        let digits = [d1, d2, renewal, modification];
        let well_formed = digits.into_iter().chain(number).all(u8::is_ascii_digit)
            && number.len() == 6
            && (any.is_ascii_digit() || any.is_ascii_uppercase());
        if well_formed { Ok(Self(text.to_owned())) } else { Err(InvalidAnnexNumber) }
    }

    /// The whole number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number without its renewal and modification: what annexes of one line share (CMP-23).
    pub fn prefix(&self) -> &str {
        &self.0[..self.0.len() - Self::SUFFIX]
    }

    /// « ACI 051 17 0013 »: the prefix as papers write it (ORG-4).
    pub fn shown_prefix(&self) -> String {
        let prefix = self.prefix();
        let kind = prefix.len().checked_sub(Self::AFTER_KIND);
        kind.map_or_else(|| prefix.to_owned(), |kind| crate::french::groups(prefix, &[kind, 3, 2, 4]))
    }

    /// « A0 M1 »: the renewal and the modification.
    pub fn shown_suffix(&self) -> String {
        let suffix = self.0.strip_prefix(self.prefix()).unwrap_or_default();
        if suffix.len() == Self::SUFFIX { crate::french::groups(suffix, &[2, 2]) } else { suffix.to_owned() }
    }
}

impl fmt::Display for AnnexNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an annex makes its convention valid: a valid state, and today no later than its last day (CMP-9, DEC).
pub fn annex_is_active(state: AnnexState, last_day: NaiveDate, today: NaiveDate) -> bool {
    state.is_valid() && today <= last_day
}

/// Whether a convention reactivated by staff at that moment is still protected from the weekly sync (CMP-10).
pub fn is_protected(reactivated_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    reactivated_at.is_some_and(|at| now < at + REACTIVATION_PROTECTION)
}

/// Whether a run that would deactivate that many conventions may: between January and June, annexes of the new year
/// arrive late, and many at once is the sign of it (CMP-11).
pub fn may_deactivate(count: usize, today: NaiveDate) -> bool {
    count < DEACTIVATIONS_HELD_BACK_FROM || today.month() > 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_carry_their_kind_and_a_suffix() {
        let number = AnnexNumber::parse("ACI051170013A0M1", CompanyKind::Aci).unwrap();
        assert_eq!((number.as_str(), number.prefix()), ("ACI051170013A0M1", "ACI051170013"));
        let etti = AnnexNumber::parse("ETTI57A123456A9M0", CompanyKind::Etti).unwrap();
        let shown = [number.shown_prefix(), number.shown_suffix(), etti.shown_prefix(), etti.shown_suffix()];
        let plain = shown.map(|text| text.replace('\u{a0}', " "));
        assert_eq!(plain, ["ACI 051 17 0013", "A0 M1", "ETTI 57A 12 3456", "A9 M0"], "ORG-4");
        for (wrong, kind) in [
            ("ACI051170013A0M1", CompanyKind::Ai),
            ("EITI051170013A0M1", CompanyKind::Ei),
            ("ACI051170013", CompanyKind::Aci),
            ("ACI05117001A0M1", CompanyKind::Aci),
            ("ACI05a170013A0M1", CompanyKind::Aci),
            ("ACI051170013B0M1", CompanyKind::Aci),
            ("ACI051170013A0M1 ", CompanyKind::Aci),
            ("GEIQ051170013A0M1", CompanyKind::Geiq),
            ("", CompanyKind::Aci),
        ] {
            assert_eq!(AnnexNumber::parse(wrong, kind), Err(InvalidAnnexNumber), "{wrong}");
        }
    }

    #[test]
    fn an_annex_is_active_until_its_last_day_included() {
        let last = day("2026-12-31");
        assert!(annex_is_active(AnnexState::Provisional, last, last));
        assert!(!annex_is_active(AnnexState::Valid, last, day("2027-01-01")));
        assert!(!annex_is_active(AnnexState::Closed, last, day("2026-01-01")));
        assert_eq!(AnnexState::ALL.iter().filter(|state| state.is_valid()).count(), 2);
    }

    #[test]
    fn a_reactivation_protects_for_90_days() {
        let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse().unwrap();
        assert!(is_protected(Some(at), at + TimeDelta::days(90) - TimeDelta::seconds(1)));
        assert!(!is_protected(Some(at), at + TimeDelta::days(90)));
        assert!(!is_protected(None, at));
    }

    #[test]
    fn two_hundred_deactivations_wait_for_the_summer() {
        assert!(may_deactivate(199, day("2026-01-15")));
        assert!(!may_deactivate(200, day("2026-06-30")));
        assert!(may_deactivate(200, day("2026-07-01")));
        assert!(may_deactivate(3000, day("2026-12-31")));
    }
}
