//! What the State answered of the criteria of a diagnosis, beside each (rule book 03 §2.12).

use iae_domain::eligibility::{Certification, CertificationBadge, Criterion, CriterionShown};

use crate::french::date;

/// A criterion, and the badge beside it.
pub(crate) struct CriterionLine {
    pub criterion: Criterion,
    pub badge: Option<CertifiedBadge>,
}

/// What the macro `badge::badge` takes.
pub(crate) struct CertifiedBadge {
    pub label: String,
    pub tone: &'static str,
    pub icon: &'static str,
}

impl CriterionLine {
    /// The criteria of a diagnosis, in their order; `certified` is what the reader may know of what the State answered. What it did not
    /// answer of has no badge (ADR 38).
    pub(crate) fn all(
        criteria: &[Criterion],
        certified: &[Certification],
        shown: CriterionShown,
    ) -> Vec<Self> {
        let badge = |criterion: Criterion| {
            let known = certified.iter().find(|one| one.criterion == criterion && one.is_answered())?;
            known.badge(shown).map(CertifiedBadge::of)
        };
        criteria.iter().map(|one| Self { criterion: *one, badge: badge(*one) }).collect()
    }
}

impl CertifiedBadge {
    fn of(badge: CertificationBadge) -> Self {
        let (label, tone, icon) = match badge {
            CertificationBadge::InProgress => ("En cours de certification".to_owned(), "info", "hourglass"),
            CertificationBadge::Impossible => {
                ("Certification impossible".to_owned(), "neutral", "circle-dashed")
            }
            CertificationBadge::Certified => ("Certifié".to_owned(), "success", "shield"),
            CertificationBadge::NotCertified => ("Non certifié".to_owned(), "warning", "circle-x"),
            CertificationBadge::Until(last) => {
                (format!("Certifié jusqu’au {}", date(last)), "success", "shield")
            }
            CertificationBadge::From(first) => {
                (format!("Certifié à partir du {}", date(first)), "info", "calendar")
            }
            CertificationBadge::Expired => ("Certification expirée".to_owned(), "neutral", "clock"),
        };
        Self { label, tone, icon }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use iae_domain::eligibility::CertifiedDays;

    use super::*;

    /// Only beside what the State answered of, and only as far as the reader may know.
    #[test]
    fn a_badge_stands_beside_its_criterion() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let days = CertifiedDays::From { first: day("2026-06-01"), last: Some(day("2026-08-31")) };
        let at = Some("2026-06-01T08:00:00Z".parse().unwrap());
        let certified = [
            Certification { criterion: Criterion::Aah, at: None, days: None },
            Certification { criterion: Criterion::Rsa, at, days: Some(days) },
        ];
        let shown = CriterionShown::OnDiagnosis { expires_on: day("2026-12-01"), today: day("2026-07-01") };
        let labels = |certified: &[Certification]| {
            let criteria = [Criterion::Rsa, Criterion::Aah, Criterion::Qpv];
            let lines = CriterionLine::all(&criteria, certified, shown);
            lines
                .into_iter()
                .map(|line| line.badge.map(|badge| badge.label.replace('\u{a0}', " ")))
                .collect::<Vec<_>>()
        };
        assert_eq!(labels(&certified), [Some("Certifié jusqu’au 31 août 2026".to_owned()), None, None]);
        assert_eq!(labels(&[]), [None, None, None]);
    }
}
