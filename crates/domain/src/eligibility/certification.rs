//! What the State answered of a criterion, as employers and prescripteurs habilités read it (rule book 03 §2.12).

use chrono::{DateTime, NaiveDate, Utc};

use super::Criterion;

/// The days the State certified a criterion for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertifiedDays {
    /// None: the person does not meet it.
    Nothing,
    /// From a day to another, both included; without end while nothing says otherwise.
    From {
        /// First day.
        first: NaiveDate,
        /// Last day.
        last: Option<NaiveDate>,
    },
}

/// What is kept of the certification of a criterion of a diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certification {
    /// The criterion.
    pub criterion: Criterion,
    /// When the State answered.
    pub at: Option<DateTime<Utc>>,
    /// What it answered; nothing when it could not tell.
    pub days: Option<CertifiedDays>,
}

/// Where a criterion is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CriterionShown {
    /// On an application that was accepted.
    OnHire {
        /// First day of the contract, when it is known.
        starts_on: Option<NaiveDate>,
    },
    /// Anywhere else.
    OnDiagnosis {
        /// First day the diagnosis no longer holds.
        expires_on: NaiveDate,
        /// The day it is, in Paris.
        today: NaiveDate,
    },
}

/// The badge of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificationBadge {
    /// The State did not answer yet.
    InProgress,
    /// It could not tell.
    Impossible,
    /// It certified the criterion for what it is shown on.
    Certified,
    /// It certified nothing, or other days than those of the hire.
    NotCertified,
    /// It certifies it today, and not as long as the diagnosis holds.
    Until(NaiveDate),
    /// It certifies it from a day to come.
    From(NaiveDate),
    /// It certified it for days that are over.
    Expired,
}

impl Criterion {
    /// Whether the State answers for it: « RSA » and « AAH » of level 1, « parent isolé » and « travailleur handicapé » of level 2.
    pub const fn is_certifiable(self) -> bool {
        match self {
            Self::Rsa | Self::Aah | Self::LoneParent | Self::DisabledWorker => true,
            Self::Ass
            | Self::Detld
            | Self::CapBep
            | Self::Senior
            | Self::Young
            | Self::Ase
            | Self::Deld
            | Self::Homeless
            | Self::Refugee
            | Self::Zrr
            | Self::Qpv
            | Self::Justice
            | Self::French
            | Self::Mobility => false,
        }
    }
}

impl Certification {
    /// Whether the State answered: pages show a badge then alone, as long as no instance asks it anything (ADR 38).
    pub const fn is_answered(self) -> bool {
        self.at.is_some()
    }

    /// The badge, in the order of the rule book; none of a criterion that the State does not answer for.
    pub fn badge(self, shown: CriterionShown) -> Option<CertificationBadge> {
        if !self.criterion.is_certifiable() {
            return None;
        }
        Some(match (self.at, self.days, shown) {
            (None, _, _) => CertificationBadge::InProgress,
            (Some(_), None, _) => CertificationBadge::Impossible,
            (Some(_), Some(days), CriterionShown::OnHire { starts_on }) => {
                if starts_on.is_some_and(|day| days.holds(day)) {
                    CertificationBadge::Certified
                } else {
                    CertificationBadge::NotCertified
                }
            }
            (Some(_), Some(days), CriterionShown::OnDiagnosis { expires_on, today }) => {
                days.badge(expires_on, today)
            }
        })
    }
}

impl CertifiedDays {
    /// Whether a day is one of them.
    fn holds(self, day: NaiveDate) -> bool {
        match self {
            Self::Nothing => false,
            Self::From { first, last } => first <= day && last.is_none_or(|last| day <= last),
        }
    }

    fn badge(self, expires_on: NaiveDate, today: NaiveDate) -> CertificationBadge {
        match self {
            Self::Nothing => CertificationBadge::NotCertified,
            Self::From { first, .. } if today < first => CertificationBadge::From(first),
            Self::From { last: Some(last), .. } if last < today => CertificationBadge::Expired,
            Self::From { last: Some(last), .. } if last < expires_on => CertificationBadge::Until(last),
            Self::From { .. } => CertificationBadge::Certified,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn answered(days: Option<CertifiedDays>) -> Certification {
        let at = Some("2026-05-04T08:00:00Z".parse().unwrap());
        Certification { criterion: Criterion::Rsa, at, days }
    }

    fn days(first: &str, last: Option<&str>) -> CertifiedDays {
        CertifiedDays::From { first: day(first), last: last.map(day) }
    }

    /// Rule book 03 §2.12, its seven lines, on 1 July 2026, of a diagnosis that holds until 1 November.
    #[test]
    fn the_badge_of_a_criterion() {
        use CertificationBadge::*;
        let diagnosis =
            CriterionShown::OnDiagnosis { expires_on: day("2026-11-01"), today: day("2026-07-01") };
        let hire = |starts_on: Option<&str>| CriterionShown::OnHire { starts_on: starts_on.map(day) };
        let june = Some(days("2026-06-01", Some("2026-06-30")));
        for (line, certification, shown, expected) in [
            (1, Certification { at: None, ..answered(None) }, diagnosis, InProgress),
            (1, Certification { at: None, ..answered(None) }, hire(Some("2026-06-10")), InProgress),
            (2, answered(None), diagnosis, Impossible),
            (2, answered(None), hire(Some("2026-06-10")), Impossible),
            (3, answered(june), hire(Some("2026-06-01")), Certified),
            (3, answered(june), hire(Some("2026-06-30")), Certified),
            (3, answered(Some(days("2026-06-01", None))), hire(Some("2027-01-01")), Certified),
            (3, answered(june), hire(Some("2026-05-31")), NotCertified),
            (3, answered(june), hire(Some("2026-07-01")), NotCertified),
            (3, answered(june), hire(None), NotCertified),
            (3, answered(Some(CertifiedDays::Nothing)), hire(Some("2026-06-10")), NotCertified),
            (4, answered(Some(CertifiedDays::Nothing)), diagnosis, NotCertified),
            (5, answered(Some(days("2026-07-01", None))), diagnosis, Certified),
            (5, answered(Some(days("2026-06-01", Some("2026-11-01")))), diagnosis, Certified),
            (5, answered(Some(days("2026-06-01", Some("2026-10-31")))), diagnosis, Until(day("2026-10-31"))),
            (5, answered(Some(days("2026-06-01", Some("2026-07-01")))), diagnosis, Until(day("2026-07-01"))),
            (6, answered(Some(days("2026-07-02", None))), diagnosis, From(day("2026-07-02"))),
            (7, answered(june), diagnosis, Expired),
        ] {
            let badge = certification.badge(shown);
            assert_eq!(badge, Some(expected), "line {line}: {certification:?} {shown:?}");
        }
    }

    /// It answers too when it says that it cannot tell, or that the person does not meet the criterion.
    #[test]
    fn the_state_answered_once_it_said_something() {
        assert!(!Certification { at: None, ..answered(None) }.is_answered());
        assert!(answered(None).is_answered() && answered(Some(CertifiedDays::Nothing)).is_answered());
    }

    #[test]
    fn the_state_answers_for_four_criteria() {
        let certifiable: Vec<_> = Criterion::ALL.iter().filter(|one| one.is_certifiable()).collect();
        let four = [&Criterion::Rsa, &Criterion::Aah, &Criterion::DisabledWorker, &Criterion::LoneParent];
        assert_eq!(certifiable, four);
        let other = Certification { criterion: Criterion::Qpv, ..answered(Some(days("2026-01-01", None))) };
        assert_eq!(other.badge(CriterionShown::OnHire { starts_on: Some(day("2026-06-10")) }), None);
    }
}
