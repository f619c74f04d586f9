//! The person is informed beforehand and consents to what is shared with one company (guide de la prescription,
//! partie 2, §2.2).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{CandidateChange, CandidateEvent, Topic};
use crate::Changed;
use crate::ids::{CandidateId, ConsentId, DiagnosisId, OrganisationId, UserId};

/// One thing shared with the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
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
    /// Everything but the points of the situation, in display order.
    const FIXED: [Self; 5] = [Self::Identity, Self::Contact, Self::Message, Self::Cv, Self::Diagnosis];

    /// The item stored under `code`, if there is one.
    pub fn parse(code: &str) -> Option<Self> {
        let fixed = Self::FIXED.into_iter().find(|item| item.code() == code);
        fixed.or_else(|| Topic::parse(code).map(Self::Situation))
    }

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
            Self::Diagnosis => "L’éligibilité à l’IAE et ses critères administratifs",
            Self::Situation(topic) => topic.label(),
        }
    }
}

impl From<SharedItem> for &'static str {
    fn from(item: SharedItem) -> Self {
        item.code()
    }
}

impl TryFrom<String> for SharedItem {
    type Error = String;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or_else(|| format!("no shared item is called {code}"))
    }
}

/// What leaves with an application: what the person is told, item by item, and the diagnosis it speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// The items, in the order they are told.
    pub items: Vec<SharedItem>,
    /// The diagnosis that holds, if one does: another one says other things under the same items.
    pub diagnosis: Option<DiagnosisId>,
}

impl Sharing {
    /// Everything an application shares with the company: who the person is, the message, the CV if there is one, the
    /// diagnosis if one holds, and the points of the situation chosen one by one.
    pub fn of(has_cv: bool, diagnosis: Option<(DiagnosisId, &[Topic])>) -> Self {
        let mut items = vec![SharedItem::Identity, SharedItem::Contact, SharedItem::Message];
        items.extend(has_cv.then_some(SharedItem::Cv));
        if let Some((_, topics)) = diagnosis {
            items.push(SharedItem::Diagnosis);
            let shared = Topic::ALL.iter().filter(|topic| topics.contains(topic));
            items.extend(shared.copied().map(SharedItem::Situation));
        }
        Self { items, diagnosis: diagnosis.map(|(id, _)| id) }
    }

    /// The same, the CV named whether there is one yet or not: what is told before a file is chosen.
    #[must_use]
    pub fn with_cv(&self) -> Self {
        let mut told = self.clone();
        if !told.items.contains(&SharedItem::Cv) {
            let after = told.items.iter().position(|item| *item == SharedItem::Message);
            told.items.insert(after.map_or(0, |index| index + 1), SharedItem::Cv);
        }
        told
    }

    /// The same in one word: what a form carries to say what it showed.
    pub fn mark(&self) -> String {
        let codes: Vec<_> = self.items.iter().map(|item| item.code()).collect();
        format!("{} {}", codes.join(","), self.diagnosis.map(|id| id.to_string()).unwrap_or_default())
    }
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
    pub sharing: Sharing,
}

/// What the professional declares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// The person was informed beforehand.
    pub informed: bool,
    /// The person consents to every item.
    pub consents: bool,
    /// What they were told would be shared.
    #[serde(default)]
    pub shown: Sharing,
}

impl Declaration {
    /// Whether it covers what would be shared now: what was shown, no more, no less, nothing else in its place.
    pub fn covers(&self, sharing: &Sharing) -> Result<(), ConsentRefused> {
        if !self.informed {
            Err(ConsentRefused::NotInformed)
        } else if !self.consents {
            Err(ConsentRefused::NotGiven)
        } else if self.shown != *sharing {
            Err(ConsentRefused::Outdated)
        } else {
            Ok(())
        }
    }
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
    /// The person consented to something else than what would be shared now.
    #[error("what would be shared is not what the person consented to")]
    Outdated,
}

/// Records the consent, which the two declarations make together over what was shown.
pub fn consent(declaration: &Declaration, consent: Consent) -> Result<Changed<Consent>, ConsentRefused> {
    declaration.covers(&consent.sharing)?;
    let change = CandidateChange::ConsentRecorded { consent: consent.id };
    let event = CandidateEvent { candidate: consent.candidate, change };
    Ok(Changed::new(consent, event))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnosis(n: u128) -> DiagnosisId {
        DiagnosisId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn only_points_chosen_one_by_one_are_shared() {
        let sharing = Sharing::of(true, Some((diagnosis(1), &[Topic::Mobility])));
        assert!(sharing.items.contains(&SharedItem::Situation(Topic::Mobility)));
        assert!(!sharing.items.contains(&SharedItem::Situation(Topic::Health)));
        assert!(sharing.items.contains(&SharedItem::Cv));
    }

    #[test]
    fn without_a_diagnosis_that_holds_nothing_of_the_situation_leaves() {
        let sharing = Sharing::of(false, None);
        assert_eq!(sharing.items, [SharedItem::Identity, SharedItem::Contact, SharedItem::Message]);
        assert_eq!(sharing.with_cv(), Sharing::of(true, None));
    }

    #[test]
    fn every_item_is_read_back_from_its_code() {
        let every = Sharing::of(true, Some((diagnosis(1), Topic::ALL)));
        assert_eq!(every.items.len(), SharedItem::FIXED.len() + Topic::ALL.len());
        for item in every.items {
            assert_eq!(SharedItem::parse(item.code()), Some(item));
        }
    }

    #[test]
    fn a_consent_needs_information_agreement_and_what_was_shown() {
        let id = |n| uuid::Uuid::from_u128(n);
        let sharing = Sharing::of(false, Some((diagnosis(1), &[Topic::Mobility])));
        let recorded = |informed, consents, shown: &Sharing| {
            let new = Consent {
                id: ConsentId(id(1)),
                candidate: CandidateId(id(2)),
                organisation: OrganisationId(id(3)),
                recorded_by: UserId(id(4)),
                company: OrganisationId(id(5)),
                recorded_at: DateTime::UNIX_EPOCH,
                sharing: sharing.clone(),
            };
            let declaration = Declaration { informed, consents, shown: shown.clone() };
            consent(&declaration, new).map(|changed| changed.into_parts().1.len())
        };
        assert_eq!(recorded(false, true, &sharing), Err(ConsentRefused::NotInformed));
        assert_eq!(recorded(true, false, &sharing), Err(ConsentRefused::NotGiven));
        assert_eq!(recorded(true, true, &sharing), Ok(1), "kept with its audit row");
        for shown in [
            Sharing::default(),
            Sharing::of(true, Some((diagnosis(1), &[Topic::Mobility]))),
            Sharing::of(false, Some((diagnosis(1), &[]))),
            Sharing::of(false, Some((diagnosis(2), &[Topic::Mobility]))),
        ] {
            assert_eq!(recorded(true, true, &shown), Err(ConsentRefused::Outdated), "{shown:?}");
        }
    }
}
