//! The person is informed beforehand and consents to what is shared with one company (guide de la prescription,
//! partie 2, §2.2).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{CandidateChange, CandidateEvent, SituationPoint, Topic};
use crate::Changed;
use crate::ids::{CandidateId, ConsentId, OrganisationId, UserId};

/// One thing shared with the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SharedItem {
    /// Names and birth date.
    Identity,
    /// Phone, e-mail, address.
    Contact,
    /// The message of the application.
    Message,
    /// The CV.
    Cv,
    /// The eligibility diagnosis and its criteria.
    Diagnosis,
    /// One point of the situation.
    Situation(Topic),
}

impl SharedItem {
    /// The stored code: a point of the situation goes under its topic's.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Contact => "contact",
            Self::Message => "message",
            Self::Cv => "cv",
            Self::Diagnosis => "diagnosis",
            Self::Situation(topic) => topic.code(),
        }
    }

    /// What the person is told.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Identity => "Nom, prénom et date de naissance",
            Self::Contact => "Coordonnées : téléphone, e-mail et adresse",
            Self::Message => "Le message de candidature",
            Self::Cv => "Le CV",
            Self::Diagnosis => "L'éligibilité à l'IAE et ses critères administratifs",
            Self::Situation(topic) => topic.label(),
        }
    }
}

/// Everything an application shares with the company: who the person is, the message, the CV if there is one, the
/// diagnosis if one holds, and the points of the situation chosen one by one.
pub fn shared_items(has_cv: bool, has_diagnosis: bool, points: &[SituationPoint]) -> Vec<SharedItem> {
    let mut items = vec![SharedItem::Identity, SharedItem::Contact, SharedItem::Message];
    items.extend(has_cv.then_some(SharedItem::Cv));
    if has_diagnosis {
        items.push(SharedItem::Diagnosis);
        items.extend(
            points.iter().filter(|point| point.shared).map(|point| SharedItem::Situation(point.topic)),
        );
    }
    items
}

/// A consent to be written; never changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// The person.
    pub candidate: CandidateId,
    /// The organisation that recorded it.
    pub organisation: OrganisationId,
    /// The professional who recorded it.
    pub recorded_by: UserId,
    /// The company the information is shared with.
    pub company: OrganisationId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// What is shared.
    pub items: Vec<SharedItem>,
}

/// What the professional declares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// The person was informed beforehand.
    pub informed: bool,
    /// The person consents to every item.
    pub consents: bool,
}

/// Why there is no consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsentRefused {
    /// The person was not informed beforehand.
    #[error("the person was not informed")]
    NotInformed,
    /// The person did not consent.
    #[error("the person did not consent")]
    NotGiven,
}

/// Records the consent, which the two declarations make together.
pub fn consent(declaration: Declaration, consent: Consent) -> Result<Changed<Consent>, ConsentRefused> {
    if !declaration.informed {
        return Err(ConsentRefused::NotInformed);
    }
    if !declaration.consents {
        return Err(ConsentRefused::NotGiven);
    }
    let change = CandidateChange::ConsentRecorded { consent: consent.id };
    let event = CandidateEvent { candidate: consent.candidate, change };
    Ok(Changed::new(consent, event))
}

#[cfg(test)]
mod tests {
    use super::super::Assessment;
    use super::*;

    fn point(topic: Topic, shared: bool) -> SituationPoint {
        SituationPoint { topic, assessment: Assessment::Obstacle, note: String::new(), shared }
    }

    #[test]
    fn only_points_chosen_one_by_one_are_shared() {
        let points = [point(Topic::Mobility, true), point(Topic::Health, false)];
        let shared = shared_items(true, true, &points);
        assert!(shared.contains(&SharedItem::Situation(Topic::Mobility)));
        assert!(!shared.contains(&SharedItem::Situation(Topic::Health)));
        assert!(shared.contains(&SharedItem::Cv));
    }

    #[test]
    fn without_a_diagnosis_that_holds_nothing_of_the_situation_leaves() {
        let shared = shared_items(false, false, &[point(Topic::Mobility, true)]);
        assert_eq!(shared, [SharedItem::Identity, SharedItem::Contact, SharedItem::Message]);
    }

    #[test]
    fn a_consent_needs_information_and_agreement() {
        let id = |n| uuid::Uuid::from_u128(n);
        let recorded = |informed, consents| {
            let new = Consent {
                id: ConsentId(id(1)),
                candidate: CandidateId(id(2)),
                organisation: OrganisationId(id(3)),
                recorded_by: UserId(id(4)),
                company: OrganisationId(id(5)),
                recorded_at: DateTime::UNIX_EPOCH,
                items: shared_items(false, false, &[]),
            };
            consent(Declaration { informed, consents }, new).map(|changed| changed.into_parts().1.len())
        };
        assert_eq!(recorded(false, true), Err(ConsentRefused::NotInformed));
        assert_eq!(recorded(true, false), Err(ConsentRefused::NotGiven));
        assert_eq!(recorded(true, true), Ok(1), "kept with its audit row");
    }
}
