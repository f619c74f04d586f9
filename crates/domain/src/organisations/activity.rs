//! Whether a company may act today: active, in grace, or expired (rule book 01 §3.4).

use chrono::{DateTime, TimeDelta, Utc};

use super::CompanyKind;
use crate::code::code;

/// How long members keep access after their convention is deactivated (rule book 01 §3.4, "Grace").
pub const GRACE: TimeDelta = TimeDelta::days(30);

code! {
    /// Where a company's record comes from (rule book 01 §3.2).
    CompanySource {
        Asp = "ASP", "Export ASP";
        Geiq = "GEIQ", "Export GEIQ";
        UserCreated = "USER_CREATED", "Utilisateur (antenne)";
        StaffCreated = "STAFF_CREATED", "Équipe du service";
    }
}

/// What decides the activity of a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActivityFacts {
    /// Its kind.
    pub kind: CompanyKind,
    /// Its source.
    pub source: CompanySource,
    /// Whether staff or its members let it be found.
    pub is_searchable: bool,
    /// The state of its convention, when it has one.
    pub convention: Option<ConventionFacts>,
}

/// The state of a convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConventionFacts {
    /// Stored flag, set by the weekly sync and by staff (CMP-10).
    pub is_active: bool,
    /// When it was last deactivated.
    pub deactivated_at: Option<DateTime<Utc>>,
}

/// The activity of a company at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// Everything is allowed.
    Active,
    /// Members keep access until this moment; nobody finds it nor joins it.
    Grace {
        /// End of the grace period.
        until: DateTime<Utc>,
    },
    /// It is no longer among the organisations of its members.
    Expired,
}

/// The one definition of an active company (CMP-16, CMP-17). The SQL of searches and sessions uses the view
/// `company_activity`, which a test compares with this function.
pub fn activity(facts: &ActivityFacts, now: DateTime<Utc>) -> Activity {
    let by_kind = match facts.kind {
        CompanyKind::Geiq => true,
        CompanyKind::Opcs => facts.is_searchable,
        CompanyKind::Aci | CompanyKind::Ai | CompanyKind::Ei | CompanyKind::Eiti | CompanyKind::Etti => false,
    };
    let by_convention = facts.convention.is_some_and(|convention| convention.is_active);
    if by_kind || facts.source == CompanySource::StaffCreated || by_convention {
        return Activity::Active;
    }
    let until = facts.convention.and_then(|convention| convention.deactivated_at).map(|at| at + GRACE);
    match until {
        Some(until) if now <= until => Activity::Grace { until },
        Some(_) | None => Activity::Expired,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn siae(convention: Option<ConventionFacts>) -> ActivityFacts {
        ActivityFacts { kind: CompanyKind::Ei, source: CompanySource::Asp, is_searchable: true, convention }
    }

    #[test]
    fn a_siae_lives_by_its_convention() {
        let now = Utc.with_ymd_and_hms(2026, 5, 1, 12, 0, 0).unwrap();
        let deactivated = |days| {
            Some(ConventionFacts { is_active: false, deactivated_at: Some(now - TimeDelta::days(days)) })
        };
        let active = Some(ConventionFacts { is_active: true, deactivated_at: None });
        assert_eq!(activity(&siae(active), now), Activity::Active);
        assert!(matches!(activity(&siae(deactivated(30)), now), Activity::Grace { .. }));
        assert_eq!(activity(&siae(deactivated(31)), now), Activity::Expired);
        assert_eq!(activity(&siae(None), now), Activity::Expired, "CMP-17: no convention, expired");
    }

    #[test]
    fn an_opcs_is_active_once_staff_made_it_searchable() {
        let now = Utc.with_ymd_and_hms(2026, 5, 1, 12, 0, 0).unwrap();
        let opcs = |is_searchable| ActivityFacts {
            kind: CompanyKind::Opcs,
            source: CompanySource::UserCreated,
            is_searchable,
            convention: None,
        };
        assert_eq!(activity(&opcs(true), now), Activity::Active);
        assert_eq!(activity(&opcs(false), now), Activity::Expired, "CMP-16");
    }
}
