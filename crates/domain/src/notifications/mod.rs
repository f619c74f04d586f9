//! Which event tells whom what by mail (rule book 02 §14.2 to §14.4).

use crate::applications::{ApplicationChange, ApplicationEvent, PassResult, SenderKind};
use crate::candidates::CandidateChange;
use crate::code::code;
use crate::event::Event;
use crate::ids::{ApplicationId, CandidateId, OrganisationId, UserId};

code! {
    /// Kinds of mail: one template each, `templates/emails/<code>.{subject.txt,txt,html}`.
    EmailKind {
        ApplicationReceived = "application_received", "Nouvelle candidature";
        ApplicationSentCandidate = "application_sent_candidate", "Confirmation d'envoi de candidature";
        ApplicationSentProxy = "application_sent_proxy", "Confirmation d'envoi de candidature (accompagnateur)";
        ApplicationPostponedCandidate = "application_postponed_candidate", "Mise en attente de candidature";
        ApplicationPostponedProxy = "application_postponed_proxy", "Mise en attente d'une candidature envoyée";
        ApplicationRefusedCandidate = "application_refused_candidate", "Refus de candidature";
        ApplicationRefusedProxy = "application_refused_proxy", "Refus d'une candidature envoyée";
        ApplicationAcceptedCandidate = "application_accepted_candidate", "Confirmation d'acceptation de candidature";
        ApplicationAcceptedProxy = "application_accepted_proxy", "Acceptation d'une candidature envoyée";
        PassDelivered = "pass_delivered", "PASS IAE délivré";
        PassManualDelivery = "pass_manual_delivery", "PASS IAE à délivrer";
        CandidateCreated = "candidate_created", "Création de compte par un professionnel";
    }
}

/// Someone to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// Every active member of the company.
    Members(OrganisationId),
    /// The candidate.
    Candidate(CandidateId),
    /// A professional, with the fallback of NOT-3 when they left the organisation.
    Professional(UserId),
    /// Whoever acts: the professional who accepted.
    Actor,
    /// The platform's team.
    Support,
}

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// An application.
    Application(ApplicationId),
    /// A candidate's file.
    Candidate(CandidateId),
}

/// One thing to tell one (kind of) person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Whom.
    pub recipient: Recipient,
    /// What.
    pub kind: EmailKind,
    /// About what.
    pub about: About,
}

/// The mails that follow from an event. Never mailed: studying, becoming obsolete (NOT-5).
pub fn notices(event: &Event) -> Vec<Notice> {
    match event {
        Event::Application(event) => of_application(event),
        Event::Candidate(event) => match event.change {
            CandidateChange::Created => vec![Notice {
                recipient: Recipient::Candidate(event.candidate),
                kind: EmailKind::CandidateCreated,
                about: About::Candidate(event.candidate),
            }],
            CandidateChange::LookedUp { .. }
            | CandidateChange::FileOpened
            | CandidateChange::Completed
            | CandidateChange::ConsentRecorded { .. }
            | CandidateChange::DocumentStored { .. }
            | CandidateChange::DocumentDeleted { .. }
            | CandidateChange::DocumentDownloaded { .. }
            | CandidateChange::Related { .. } => vec![],
        },
        Event::Account(_)
        | Event::Organisation(_)
        | Event::Convention(_)
        | Event::Draft(_)
        | Event::Diagnosis(_)
        | Event::Pass(_) => vec![],
    }
}

fn of_application(event: &ApplicationEvent) -> Vec<Notice> {
    let notice = |recipient, kind| Notice { recipient, kind, about: About::Application(event.application) };
    let candidate = |kind| notice(Recipient::Candidate(event.candidate), kind);
    let sender = |kind| match (event.sender_kind, event.sender) {
        (SenderKind::Prescriber | SenderKind::Employer, Some(user)) => {
            Some(notice(Recipient::Professional(user), kind))
        }
        (SenderKind::Candidate, _) | (SenderKind::Prescriber | SenderKind::Employer, None) => None,
    };
    match &event.change {
        ApplicationChange::Submitted => {
            let members = notice(Recipient::Members(event.company), EmailKind::ApplicationReceived);
            let mut all = vec![members, candidate(EmailKind::ApplicationSentCandidate)];
            all.extend(sender(EmailKind::ApplicationSentProxy));
            all
        }
        ApplicationChange::Postponed { .. } => {
            let mut all = vec![candidate(EmailKind::ApplicationPostponedCandidate)];
            all.extend(sender(EmailKind::ApplicationPostponedProxy));
            all
        }
        ApplicationChange::Refused { .. } => {
            let mut all = vec![candidate(EmailKind::ApplicationRefusedCandidate)];
            all.extend(sender(EmailKind::ApplicationRefusedProxy));
            all
        }
        ApplicationChange::Accepted { pass, .. } => {
            let mut all = match pass {
                PassResult::Issued | PassResult::Reused => {
                    vec![notice(Recipient::Actor, EmailKind::PassDelivered)]
                }
                PassResult::AwaitingManualDelivery => {
                    vec![notice(Recipient::Support, EmailKind::PassManualDelivery)]
                }
                PassResult::NotRequired => vec![],
            };
            all.push(candidate(EmailKind::ApplicationAcceptedCandidate));
            all.extend(sender(EmailKind::ApplicationAcceptedProxy));
            all
        }
        ApplicationChange::Processing { .. } | ApplicationChange::BecameObsolete { .. } => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::{RefusalReason, StateCode};

    fn kinds(change: ApplicationChange, sender_kind: SenderKind) -> Vec<EmailKind> {
        let event = ApplicationEvent {
            application: ApplicationId(uuid::Uuid::from_u128(1)),
            candidate: CandidateId(uuid::Uuid::from_u128(2)),
            company: OrganisationId(uuid::Uuid::from_u128(3)),
            sender: Some(UserId(uuid::Uuid::from_u128(4))),
            sender_kind,
            change,
        };
        notices(&event.into()).into_iter().map(|notice| notice.kind).collect()
    }

    /// Rule book 02 §14.2 and §14.3.
    #[test]
    fn who_is_told_what() {
        use EmailKind::*;
        use SenderKind::{Candidate, Prescriber};
        let from = StateCode::New;
        let accepted = |pass| ApplicationChange::Accepted { from, pass };
        assert_eq!(
            kinds(ApplicationChange::Submitted, Prescriber),
            [ApplicationReceived, ApplicationSentCandidate, ApplicationSentProxy]
        );
        assert_eq!(
            kinds(ApplicationChange::Submitted, Candidate),
            [ApplicationReceived, ApplicationSentCandidate]
        );
        assert_eq!(
            kinds(accepted(PassResult::Issued), Prescriber),
            [PassDelivered, ApplicationAcceptedCandidate, ApplicationAcceptedProxy],
            "ACC-32"
        );
        assert_eq!(
            kinds(accepted(PassResult::AwaitingManualDelivery), Candidate),
            [PassManualDelivery, ApplicationAcceptedCandidate]
        );
        assert_eq!(
            kinds(accepted(PassResult::NotRequired), Candidate),
            [ApplicationAcceptedCandidate],
            "ACC-33"
        );
        let refused = ApplicationChange::Refused { from, reason: RefusalReason::NoPosition };
        assert_eq!(kinds(refused, Prescriber), [ApplicationRefusedCandidate, ApplicationRefusedProxy]);
        assert!(kinds(ApplicationChange::Processing { from }, Prescriber).is_empty(), "NOT-5");
        let because = ApplicationId(uuid::Uuid::from_u128(9));
        let obsolete = ApplicationChange::BecameObsolete { from, because };
        assert!(kinds(obsolete, Prescriber).is_empty(), "NOT-5");
    }
}
