//! Declining an application (rule book 02 §5.2).

use chrono::{DateTime, Utc};

use super::{Application, ApplicationChange, Overtaken, Refusal, SenderKind, State, StateCode, Transition};
use crate::Changed;
use crate::code::code;
use crate::organisations::CompanyKind;
use crate::text::Message;

code! {
    /// Reasons of a refusal, those offered first in their order of display, then those kept for history (REF-7).
    RefusalReason {
        DidNotCome = "did_not_come", "Candidat non joignable";
        DidNotComeToInterview = "did_not_come_to_interview", "Candidat ne s’étant pas présenté à l’entretien";
        HiredElsewhere = "hired_elsewhere", "Candidat indisponible : en emploi";
        Training = "training", "Candidat indisponible : en formation";
        NonEligible = "non_eligible", "Candidat non éligible";
        NotMobile = "not_mobile", "Candidat non mobile";
        NotInterested = "not_interested", "Candidat non intéressé";
        LackingSkills = "lacking_skills", "Le candidat n’a pas les compétences requises pour le poste";
        Incompatible = "incompatible", "Un des freins à l’emploi du candidat est incompatible avec le poste proposé";
        PreventObjectives = "prevent_objectives", "L’embauche du candidat empêche la réalisation des objectifs du dialogue de gestion";
        NoPosition = "no_position", "Pas de recrutement en cours";
        Duplicate = "duplicate", "Candidature en doublon";
        Other = "other", "Autre";
        Auto = "auto", "Refus automatique";
        PassEndTooClose = "approval_expiration_too_close", "La date de fin du PASS IAE / agrément est trop proche";
        Unavailable = "unavailable", "Candidat indisponible ou non intéressé par le poste";
        EligibilityDoubt = "eligibility_doubt", "Doute sur l’éligibilité du candidat";
        Deactivation = "deactivation", "La structure n’est plus conventionnée";
        PoorlyInformed = "poorly_informed", "Candidature pas assez renseignée";
    }
}

impl RefusalReason {
    /// Whether the professional who sent the person reads who declined, with their address: the reason says nothing, so
    /// they talk (REF-9). Never the candidate, nor an employer.
    pub const fn names_who_declined(self, sender: SenderKind) -> bool {
        matches!((self, sender), (Self::Other, SenderKind::Prescriber))
    }

    /// The words the person reads, kind and true; none for what speaks of the structure's own steering, which they are
    /// never shown, whatever was ticked (D28).
    pub const fn for_person(self) -> Option<&'static str> {
        Some(match self {
            Self::DidNotCome => "la structure n’a pas réussi à vous joindre",
            Self::DidNotComeToInterview => "le rendez-vous prévu n’a pas pu avoir lieu",
            Self::HiredElsewhere => "vous avez retrouvé un emploi",
            Self::Training => "vous êtes en formation en ce moment",
            Self::NonEligible => "les conditions pour ce poste ne sont pas réunies aujourd’hui",
            Self::NotMobile => "le poste demande des déplacements difficiles pour vous aujourd’hui",
            Self::NotInterested => "le poste ne correspond pas à ce que vous cherchez",
            Self::LackingSkills => "le poste demande des compétences que vous n’avez pas encore",
            Self::Incompatible => {
                "les conditions du poste ne conviennent pas à votre situation d’aujourd’hui"
            }
            Self::NoPosition => "la structure ne recrute pas en ce moment",
            Self::Duplicate => "vous aviez déjà une candidature dans cette structure",
            Self::Other => "la structure n’a pas pu donner suite cette fois-ci",
            Self::Auto => "la structure n’a pas répondu à temps",
            Self::PassEndTooClose => "votre PASS IAE se termine bientôt",
            Self::Unavailable => "vous n’étiez pas disponible, ou le poste ne vous intéressait pas",
            Self::EligibilityDoubt => "votre éligibilité est à vérifier avec un prescripteur habilité",
            Self::PoorlyInformed => "il manquait des renseignements dans la candidature",
            Self::PreventObjectives | Self::Deactivation => return None,
        })
    }

    /// Whether an employer of this kind may choose it today.
    pub const fn is_offered_to(self, kind: CompanyKind) -> bool {
        match self {
            Self::NonEligible | Self::PreventObjectives => !matches!(kind, CompanyKind::Geiq),
            Self::DidNotCome
            | Self::DidNotComeToInterview
            | Self::HiredElsewhere
            | Self::Training
            | Self::NotMobile
            | Self::NotInterested
            | Self::LackingSkills
            | Self::Incompatible
            | Self::NoPosition
            | Self::Duplicate
            | Self::Other => true,
            Self::Auto
            | Self::PassEndTooClose
            | Self::Unavailable
            | Self::EligibilityDoubt
            | Self::Deactivation
            | Self::PoorlyInformed => false,
        }
    }
}

/// What an employer says when declining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refuse {
    /// Why.
    pub reason: RefusalReason,
    /// Whether the candidate may read the reason: no unless said otherwise (REF-1), and never an internal one (D28).
    pub shared_with_candidate: bool,
    /// Message to the candidate, copied to the sender (REF-2).
    pub answer: Message,
    /// Message to the prescriber or orienteur only; present when one of them sent it (REF-2).
    pub answer_to_prescriber: Option<Message>,
}

/// Why a refusal is itself refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefuseRefused {
    /// The state is another by now (WF-8, D32).
    #[error(transparent)]
    Overtaken(#[from] Overtaken),
    /// The reason is not offered to this kind of company.
    #[error("the reason is not offered to this kind of company")]
    ReasonNotOffered,
    /// A prescriber or orienteur sent it: they are owed a message (REF-2).
    #[error("a message to the prescriber is needed")]
    AnswerToPrescriberMissing,
}

impl Application {
    /// Declines the application.
    pub fn refuse(
        self,
        seen: Option<StateCode>,
        command: Refuse,
        company: CompanyKind,
        at: DateTime<Utc>,
    ) -> Result<Changed<Self>, RefuseRefused> {
        let from = self.allow(Transition::Refuse, seen)?;
        if !command.reason.is_offered_to(company) {
            return Err(RefuseRefused::ReasonNotOffered);
        }
        if self.sender.is_prescriber() && command.answer_to_prescriber.is_none() {
            return Err(RefuseRefused::AnswerToPrescriberMissing);
        }
        let change = ApplicationChange::Refused { from, reason: command.reason };
        let shared_with_candidate = command.shared_with_candidate && command.reason.for_person().is_some();
        let refusal = Refusal { at, reason: command.reason, shared_with_candidate };
        let refused = Self {
            state: State::Refused(refusal),
            answer: Some(command.answer),
            answer_to_prescriber: command.answer_to_prescriber,
            ..self
        };
        Ok(refused.changed(change))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{application, now};
    use super::*;

    fn command(reason: RefusalReason) -> Refuse {
        Refuse {
            reason,
            shared_with_candidate: false,
            answer: Message::parse("Nous ne recrutons pas en ce moment.").unwrap(),
            answer_to_prescriber: Message::parse("Rappelez-nous au printemps.").ok(),
        }
    }

    #[test]
    fn a_refusal_keeps_its_reason_and_answers() {
        let refused = application(State::New)
            .refuse(Some(StateCode::New), command(RefusalReason::NoPosition), CompanyKind::Ei, now())
            .unwrap();
        let (application, events) = refused.into_parts();
        assert_eq!(events.len(), 1);
        let State::Refused(refusal) = application.state else { panic!("{:?}", application.state) };
        assert_eq!((refusal.reason, refusal.shared_with_candidate), (RefusalReason::NoPosition, false));
    }

    /// D28.
    #[test]
    fn a_person_reads_kind_words_and_never_an_internal_reason() {
        for reason in RefusalReason::ALL {
            let shared = Refuse { shared_with_candidate: true, ..command(*reason) };
            let refused =
                application(State::New).refuse(Some(StateCode::New), shared, CompanyKind::Ei, now());
            let is_internal =
                matches!(reason, RefusalReason::PreventObjectives | RefusalReason::Deactivation);
            assert_eq!(reason.for_person().is_none(), is_internal, "{reason:?}");
            assert!(reason.for_person().is_none_or(|words| words != reason.label()), "{reason:?}");
            let Ok(refused) = refused else { continue };
            let (application, _) = refused.into_parts();
            let State::Refused(refusal) = application.state else { panic!("{:?}", application.state) };
            assert_eq!(refusal.shared_with_candidate, !is_internal, "{reason:?}");
        }
    }

    #[test]
    fn only_a_prescriber_reads_who_declined_and_only_for_other() {
        for reason in RefusalReason::ALL {
            for sender in SenderKind::ALL {
                let expected = *reason == RefusalReason::Other && *sender == SenderKind::Prescriber;
                assert_eq!(reason.names_who_declined(*sender), expected, "{reason:?}, {sender:?}: REF-9");
            }
        }
    }

    #[test]
    fn reasons_kept_for_history_are_not_offered() {
        for reason in [RefusalReason::Auto, RefusalReason::Deactivation, RefusalReason::EligibilityDoubt] {
            let result =
                application(State::New).refuse(Some(StateCode::New), command(reason), CompanyKind::Ei, now());
            assert_eq!(result, Err(RefuseRefused::ReasonNotOffered));
        }
        let geiq = application(State::New).refuse(
            Some(StateCode::New),
            command(RefusalReason::NonEligible),
            CompanyKind::Geiq,
            now(),
        );
        assert_eq!(geiq, Err(RefuseRefused::ReasonNotOffered));
    }

    #[test]
    fn a_prescriber_is_owed_a_message() {
        let without = Refuse { answer_to_prescriber: None, ..command(RefusalReason::Other) };
        let result = application(State::Processing).refuse(
            Some(StateCode::Processing),
            without,
            CompanyKind::Ei,
            now(),
        );
        assert_eq!(result, Err(RefuseRefused::AnswerToPrescriberMissing));
    }

    #[test]
    fn what_is_obsolete_is_not_refused() {
        let result = application(State::Obsolete { at: now() }).refuse(
            Some(StateCode::Obsolete),
            command(RefusalReason::Other),
            CompanyKind::Ei,
            now(),
        );
        assert_eq!(result, Err(RefuseRefused::Overtaken(Overtaken { still_possible: false })));
    }
}
