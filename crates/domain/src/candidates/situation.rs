//! The structured diagnosis: what was talked over with the person, point by point, and what of it may be shared
//! (guide de la prescription, partie 2, §2.1 and §2.2).

use serde::{Deserialize, Serialize};

use crate::code::code;
use crate::text::{Message, MessageRefused};

/// Longest note on one point, in characters: enough for a paragraph, too short for a social report.
pub const NOTE_MAX_CHARS: usize = 1000;

code! {
    /// The three parts of the diagnosis (guide, partie 2, §2.1).
    TopicGroup {
        Professional = "professional", "Situation professionnelle";
        SocialAdministrative = "social_administrative", "Situation sociale et administrative";
        Objectives = "objectives", "Objectifs du parcours";
    }
}

code! {
    /// The points of the diagnosis, in the order of the guide.
    Topic {
        LabourMarket = "labour_market", "Accès au marché du travail";
        Training = "training", "Formation et qualification";
        Career = "career", "Parcours et interruptions";
        Inactivity = "inactivity", "Durée d’inactivité";
        Mobility = "mobility", "Mobilité";
        Health = "health", "Santé";
        Language = "language", "Maîtrise du français";
        Finances = "finances", "Situation financière";
        Family = "family", "Contraintes familiales";
        Housing = "housing", "Logement";
        Justice = "justice", "Situation judiciaire";
        Age = "age", "Âge";
        Expectations = "expectations", "Ce que la personne attend du parcours";
        Support = "support", "Accompagnement à prévoir";
    }
}

code! {
    /// What the interview concluded on a point.
    Assessment {
        NotDiscussed = "not_discussed", "Non abordé";
        Strength = "strength", "Point d’appui";
        NoObstacle = "no_obstacle", "Pas de frein";
        BeingAddressed = "being_addressed", "Frein en cours de résolution";
        Obstacle = "obstacle", "Frein";
        Noted = "noted", "Précisé";
    }
}

impl Topic {
    /// The part of the diagnosis the point belongs to.
    pub const fn group(self) -> TopicGroup {
        match self {
            Self::LabourMarket | Self::Training | Self::Career | Self::Inactivity => TopicGroup::Professional,
            Self::Mobility
            | Self::Health
            | Self::Language
            | Self::Finances
            | Self::Family
            | Self::Housing
            | Self::Justice
            | Self::Age => TopicGroup::SocialAdministrative,
            Self::Expectations | Self::Support => TopicGroup::Objectives,
        }
    }

    /// What to explore during the interview.
    pub const fn help(self) -> &'static str {
        match self {
            Self::LabourMarket => {
                "Ce qui bloque aujourd’hui l’accès à un emploi classique, chez la personne et sur le territoire."
            }
            Self::Training => "Formation initiale, niveau, projet de formation ou de qualification.",
            Self::Career => "Emplois, interruptions choisies ou subies, savoir-faire acquis hors du travail.",
            Self::Inactivity => "Depuis quand, et avec quelle envie de se remobiliser.",
            Self::Mobility => "Permis, véhicule, transports : jusqu’où et à quelles heures se déplacer.",
            Self::Health => "Postes à adapter ou à éviter. Aucun diagnostic médical.",
            Self::Language => {
                "À l’oral et à l’écrit. Ne pas bien parler français n’empêche pas de travailler."
            }
            Self::Finances => "Ressources, dettes, effet de la reprise d’emploi sur les aides.",
            Self::Family => "Garde d’enfants, proche à aider, horaires possibles.",
            Self::Housing => "Stabilité du logement ou de l’hébergement.",
            Self::Justice => "Ce qui pèse sur les horaires ou les lieux de travail, rien de plus.",
            Self::Age => "Dispositifs pour les jeunes, fin de carrière, CDI inclusion à partir de 57 ans.",
            Self::Expectations => "Métier visé, rythme souhaité, ce qui donne envie.",
            Self::Support => "Freins à lever en priorité, démarches déjà engagées et avec qui.",
        }
    }

    /// Whether the point is told by an assessment; objectives are told by their note alone.
    pub const fn is_assessed(self) -> bool {
        match self.group() {
            TopicGroup::Professional | TopicGroup::SocialAdministrative => true,
            TopicGroup::Objectives => false,
        }
    }

    /// Health and justice: special protection (GDPR, art. 9 and 10). Shared only by a choice made for that very point.
    pub const fn is_sensitive(self) -> bool {
        matches!(self, Self::Health | Self::Justice)
    }

    /// Whether sharing is proposed at first. What touches private life never is: the person decides what to tell the
    /// employer, and when (guide, partie 2, §2.2).
    pub const fn is_shared_by_default(self) -> bool {
        match self.group() {
            TopicGroup::Professional | TopicGroup::Objectives => true,
            TopicGroup::SocialAdministrative => false,
        }
    }
}

impl Assessment {
    /// The assessments offered for a point, in display order.
    pub const CHOICES: [Self; 5] =
        [Self::NotDiscussed, Self::Strength, Self::NoObstacle, Self::BeingAddressed, Self::Obstacle];
}

/// What is kept of one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SituationPoint {
    /// The point.
    pub topic: Topic,
    /// What the interview concluded.
    pub assessment: Assessment,
    /// What it rests on; may be empty.
    pub note: String,
    /// Whether the person agreed that SIAE receiving their application read it.
    pub shared: bool,
}

/// Why a point cannot be kept as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointRefused {
    /// More than [`NOTE_MAX_CHARS`].
    #[error("the note has {0} characters")]
    NoteTooLong(usize),
    /// Something is written on a point said not to be discussed.
    #[error("a note on a point that was not discussed")]
    NotDiscussed,
}

impl SituationPoint {
    /// What there is to keep of a point: none when it was not discussed. Sharing nothing shares nothing.
    pub fn record(
        topic: Topic,
        assessment: Assessment,
        note: &str,
        shared: bool,
    ) -> Result<Option<Self>, PointRefused> {
        let note = match Message::<NOTE_MAX_CHARS>::parse(note) {
            Ok(note) => Some(note),
            Err(MessageRefused::Blank) => None,
            Err(MessageRefused::TooLong(length)) => return Err(PointRefused::NoteTooLong(length)),
        };
        let assessment = match (topic.is_assessed(), &note) {
            (true, Some(_)) if assessment == Assessment::NotDiscussed => {
                return Err(PointRefused::NotDiscussed);
            }
            (true, _) => assessment,
            (false, Some(_)) => Assessment::Noted,
            (false, None) => Assessment::NotDiscussed,
        };
        if assessment == Assessment::NotDiscussed {
            return Ok(None);
        }
        let note = note.map(|note| note.as_str().to_owned()).unwrap_or_default();
        Ok(Some(Self { topic, assessment, note, shared }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_life_is_never_shared_by_default() {
        for topic in Topic::ALL {
            let private = topic.group() == TopicGroup::SocialAdministrative;
            assert_eq!(topic.is_shared_by_default(), !private, "{topic}");
        }
        let sensitive: Vec<_> = Topic::ALL.iter().filter(|topic| topic.is_sensitive()).collect();
        assert_eq!(sensitive, [&Topic::Health, &Topic::Justice]);
    }

    #[test]
    fn a_point_not_discussed_leaves_nothing_behind() {
        let record = |note| SituationPoint::record(Topic::Mobility, Assessment::NotDiscussed, note, true);
        assert_eq!(record("  \n"), Ok(None));
        assert_eq!(record("Pas de permis"), Err(PointRefused::NotDiscussed));
    }

    #[test]
    fn objectives_are_told_by_their_note() {
        let record = |note| SituationPoint::record(Topic::Support, Assessment::NotDiscussed, note, false);
        assert_eq!(record(""), Ok(None));
        let point = record(" Refaire son permis ").unwrap().unwrap();
        assert_eq!((point.assessment, point.note.as_str()), (Assessment::Noted, "Refaire son permis"));
    }

    #[test]
    fn a_note_stops_at_a_thousand_characters() {
        let record = |note: &str| SituationPoint::record(Topic::Career, Assessment::Strength, note, true);
        assert!(record(&"é".repeat(NOTE_MAX_CHARS)).unwrap().is_some());
        assert_eq!(record(&"é".repeat(1001)), Err(PointRefused::NoteTooLong(1001)));
    }
}
