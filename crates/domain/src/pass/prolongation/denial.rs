//! Why a request is refused, and what is proposed instead (rule book 03 §6.6).

use crate::code::code;
use crate::text::Message;

use super::REVIEW_MAX_CHARS;

code! {
    /// Reasons of a refusal.
    DenialReason {
        Iae = "iae", "L’IAE ne correspond plus aux besoins / à la situation de la personne.";
        Siae = "siae", "La typologie de SIAE ne correspond plus aux besoins / à la situation de la personne.";
        Duration = "duration", "La durée de prolongation demandée n’est pas adaptée à la situation du candidat.";
        Reason = "reason", "Le motif de prolongation demandé n’est pas adapté à la situation du candidat.";
    }
}

impl DenialReason {
    /// Whether something else is to be proposed to the person: the IAE is no longer for them.
    pub const fn proposes_actions(self) -> bool {
        match self {
            Self::Iae => true,
            Self::Siae | Self::Duration | Self::Reason => false,
        }
    }

    /// The same in a letter or a mail to the person (D28): they are « vous » from its first line to its last.
    pub const fn for_person(self) -> &'static str {
        match self {
            Self::Iae => {
                "L’insertion par l’activité économique ne correspond plus à vos besoins ou à votre situation."
            }
            Self::Siae => {
                "Ce type de structure d’insertion ne correspond plus à vos besoins ou à votre situation."
            }
            Self::Duration => "La durée de prolongation demandée n’est pas adaptée à votre situation.",
            Self::Reason => "Le motif de prolongation demandé n’est pas adapté à votre situation.",
        }
    }
}

code! {
    /// What a prescriber proposes when the IAE is no longer what the person needs.
    ProposedAction {
        JobSearch = "job_search", "Accompagnement à la recherche d’emploi hors IAE, par les services de l’organisation du prescripteur ou d’un partenaire.";
        SocialPartner = "social_partner", "Orientation vers un partenaire de l’accompagnement social/professionnel.";
        Other = "other", "Autre";
    }
}

/// A refusal, as it is told to the person and to the SIAE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// Why.
    pub reason: DenialReason,
    /// In the prescriber's own words.
    pub explanation: Message<REVIEW_MAX_CHARS>,
    /// What is proposed, and how; none when the reason calls for nothing.
    pub proposed: Option<(Vec<ProposedAction>, Message<REVIEW_MAX_CHARS>)>,
}

/// What a refusal lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DenialRefused {
    /// Nothing is proposed, where something must be.
    #[error("no action is proposed")]
    NoAction,
    /// What is proposed is not explained.
    #[error("the proposed actions are not explained")]
    NoDetails,
}

impl Denial {
    /// A refusal: actions and their details are taken for the first reason alone, which asks for both.
    pub fn new(
        reason: DenialReason,
        explanation: Message<REVIEW_MAX_CHARS>,
        mut actions: Vec<ProposedAction>,
        details: Option<Message<REVIEW_MAX_CHARS>>,
    ) -> Result<Self, DenialRefused> {
        if !reason.proposes_actions() {
            return Ok(Self { reason, explanation, proposed: None });
        }
        actions.sort_unstable();
        actions.dedup();
        if actions.is_empty() {
            return Err(DenialRefused::NoAction);
        }
        let details = details.ok_or(DenialRefused::NoDetails)?;
        Ok(Self { reason, explanation, proposed: Some((actions, details)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule book 03 §6.6: the third step is for the first reason alone; what is proposed is never an empty list.
    #[test]
    fn only_the_first_reason_proposes_something_else() {
        use {DenialReason as R, ProposedAction as A};
        let text = |text: &str| Message::parse(text).unwrap();
        for reason in R::ALL {
            for (actions, details, of_iae) in [
                (vec![], None, Err(DenialRefused::NoAction)),
                (vec![], Some(text("Rien.")), Err(DenialRefused::NoAction)),
                (vec![A::Other], None, Err(DenialRefused::NoDetails)),
                (
                    vec![A::Other, A::JobSearch, A::Other],
                    Some(text("Un atelier.")),
                    Ok(Some((vec![A::JobSearch, A::Other], text("Un atelier.")))),
                ),
            ] {
                let denial = Denial::new(*reason, text("Parce que."), actions, details);
                let expected = if *reason == R::Iae { of_iae } else { Ok(None) };
                assert_eq!(denial.map(|denial| denial.proposed), expected, "{reason:?}");
            }
        }
    }

    /// D28: each reason is a sentence of its own, said to the person, or of their situation.
    #[test]
    fn each_reason_is_said_to_the_person() {
        let said: Vec<&str> = DenialReason::ALL.iter().map(|reason| reason.for_person()).collect();
        for sentence in &said {
            assert!(sentence.ends_with('.') && sentence.contains(" votre situation"), "{sentence}");
            assert_eq!(said.iter().filter(|other| *other == sentence).count(), 1, "{sentence}");
        }
    }
}
