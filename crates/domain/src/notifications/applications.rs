//! Mails about applications (rule book 02 §14.2, §14.3). Never mailed: studying, becoming obsolete (NOT-5).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::applications::{ApplicationChange, ApplicationEvent, CancelledBy, PassResult, SenderKind};
use crate::code::code;
use crate::ids::UserId;

code! {
    /// Mails about an application.
    ApplicationMail {
        Received = "application_received", "Nouvelle candidature";
        SentCandidate = "application_sent_candidate", "Confirmation d’envoi de candidature";
        SentProxy = "application_sent_proxy", "Confirmation d’envoi de candidature (accompagnateur)";
        PostponedCandidate = "application_postponed_candidate", "Mise en attente de candidature";
        PostponedProxy = "application_postponed_proxy", "Mise en attente d’une candidature envoyée";
        RefusedCandidate = "application_refused_candidate", "Refus de candidature";
        RefusedProxy = "application_refused_proxy", "Refus d’une candidature envoyée";
        AcceptedCandidate = "application_accepted_candidate", "Confirmation d’acceptation de candidature";
        AcceptedProxy = "application_accepted_proxy", "Acceptation d’une candidature envoyée";
        CancelledEmployer = "application_cancelled_employer", "Embauche annulée";
        CancelledProxy = "application_cancelled_proxy", "Annulation d’une embauche (accompagnateur)";
        Reminder = "application_reminder", "Relance d’une candidature";
        PassDelivered = "pass_delivered", "PASS IAE délivré";
        PassManualDelivery = "pass_manual_delivery", "PASS IAE à délivrer";
        PassRefused = "pass_refused", "PASS IAE refusé";
    }
}

pub(super) fn notices(event: &ApplicationEvent) -> Vec<Notice> {
    use ApplicationMail as M;
    match &event.change {
        ApplicationChange::Submitted => [
            Some(tell(event, Recipient::Members(event.company), M::Received)),
            Some(candidate(event, M::SentCandidate)),
            proxy(event, M::SentProxy),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ApplicationChange::Postponed { .. } => answered(event, M::PostponedCandidate, M::PostponedProxy),
        ApplicationChange::Refused { .. } => answered(event, M::RefusedCandidate, M::RefusedProxy),
        ApplicationChange::Accepted { pass, advisor, .. } => {
            // ACC-31: whoever accompanies the person in the company; the history says who accepted.
            let organisation = Some(event.company);
            let to = advisor.map_or(Recipient::Actor, |user| Recipient::Professional { user, organisation });
            let of_pass = match pass {
                PassResult::Issued | PassResult::Reused | PassResult::Resumed => {
                    Some(tell(event, to, M::PassDelivered))
                }
                PassResult::AwaitingManualDelivery => {
                    Some(tell(event, Recipient::Support, M::PassManualDelivery))
                }
                PassResult::NotRequired => None,
            };
            let told = answered(event, M::AcceptedCandidate, M::AcceptedProxy);
            of_pass.into_iter().chain(told).collect()
        }
        // CAN-4: whoever cancels, or who accepted when the team does, and who sent the person; the person is told by those who
        // accompany them.
        ApplicationChange::Cancelled { by, .. } => {
            let company = match by {
                CancelledBy::Company => Recipient::Actor,
                CancelledBy::Team { accepted_by } => acceptor(event, *accepted_by),
            };
            let proxy = proxy(event, M::CancelledProxy)
                .map(|notice| Notice { answers_to: AnswersTo::Organisation(event.company), ..notice });
            [Some(tell(event, company, M::CancelledEmployer)), proxy].into_iter().flatten().collect()
        }
        ApplicationChange::Reminded => {
            let answers_to = event.sender.organisation.map_or(AnswersTo::Support, AnswersTo::Organisation);
            vec![Notice { answers_to, ..tell(event, Recipient::Members(event.company), M::Reminder) }]
        }
        ApplicationChange::PassDelivered { accepted_by, .. } => {
            vec![tell(event, acceptor(event, *accepted_by), M::PassDelivered)]
        }
        ApplicationChange::PassRefused { accepted_by } => {
            vec![tell(event, acceptor(event, *accepted_by), M::PassRefused)]
        }
        ApplicationChange::Processing { .. } | ApplicationChange::BecameObsolete { .. } => vec![],
    }
}

/// The employer answered: the candidate knows, and whoever sent them, who may discuss it with the company (guide,
/// partie 2, §2.3).
fn answered(
    event: &ApplicationEvent,
    to_candidate: ApplicationMail,
    to_proxy: ApplicationMail,
) -> Vec<Notice> {
    let proxy = proxy(event, to_proxy)
        .map(|notice| Notice { answers_to: AnswersTo::Organisation(event.company), ..notice });
    [Some(candidate(event, to_candidate)), proxy].into_iter().flatten().collect()
}

/// Who accepted the application, in their company; its members when nobody knows who (rule book 03 §4.10).
fn acceptor(event: &ApplicationEvent, accepted_by: Option<UserId>) -> Recipient {
    let organisation = Some(event.company);
    accepted_by
        .map_or(Recipient::Members(event.company), |user| Recipient::Professional { user, organisation })
}

fn candidate(event: &ApplicationEvent, mail: ApplicationMail) -> Notice {
    tell(event, Recipient::Candidate(event.candidate), mail)
}

/// The professional who sent the application, unless their account is gone.
fn proxy(event: &ApplicationEvent, mail: ApplicationMail) -> Option<Notice> {
    match event.sender.kind {
        SenderKind::Prescriber | SenderKind::Employer => event.sender.user.map(|user| {
            tell(event, Recipient::Professional { user, organisation: event.sender.organisation }, mail)
        }),
        SenderKind::Candidate => None,
    }
}

const fn tell(event: &ApplicationEvent, recipient: Recipient, mail: ApplicationMail) -> Notice {
    Notice { recipient, mail: Mail::Application(mail, event.application), answers_to: AnswersTo::Support }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::{PassFate, RefusalReason, Sender, StateCode};
    use crate::ids::{ApplicationId, CandidateId, OrganisationId, PassId};
    use crate::notifications::EmailKind;

    const COMPANY: OrganisationId = OrganisationId(uuid::Uuid::from_u128(3));

    fn told(change: ApplicationChange, kind: SenderKind) -> Vec<Notice> {
        let user = Some(UserId(uuid::Uuid::from_u128(4)));
        let organisation = Some(OrganisationId(uuid::Uuid::from_u128(5)));
        let event = ApplicationEvent {
            application: ApplicationId(uuid::Uuid::from_u128(1)),
            candidate: CandidateId(uuid::Uuid::from_u128(2)),
            company: COMPANY,
            sender: Sender { kind, user, organisation },
            change,
        };
        notices(&event)
    }

    /// Rule book 02 §14.2 and §14.3.
    #[test]
    fn who_is_told_what() {
        use ApplicationMail as M;
        use SenderKind::{Candidate, Employer, Prescriber};
        let from = StateCode::New;
        let accepted = |pass| ApplicationChange::Accepted { from, pass, advisor: None };
        let refused = ApplicationChange::Refused { from, reason: RefusalReason::NoPosition };
        let because = ApplicationId(uuid::Uuid::from_u128(9));
        let cancelled = || ApplicationChange::Cancelled {
            from: StateCode::Accepted,
            pass: PassFate::Deleted,
            by: CancelledBy::Company,
        };
        let table: &[(ApplicationChange, SenderKind, &[ApplicationMail], &str)] = &[
            (
                ApplicationChange::Submitted,
                Prescriber,
                &[M::Received, M::SentCandidate, M::SentProxy],
                "§14.2",
            ),
            (ApplicationChange::Submitted, Employer, &[M::Received, M::SentCandidate, M::SentProxy], "§14.2"),
            (ApplicationChange::Submitted, Candidate, &[M::Received, M::SentCandidate], "nobody sent them"),
            (ApplicationChange::Processing { from }, Prescriber, &[], "NOT-5"),
            (
                ApplicationChange::Postponed { from, answer: None },
                Prescriber,
                &[M::PostponedCandidate, M::PostponedProxy],
                "§14.2",
            ),
            (refused.clone(), Prescriber, &[M::RefusedCandidate, M::RefusedProxy], "§14.2"),
            (refused, Candidate, &[M::RefusedCandidate], "nobody sent them"),
            (
                accepted(PassResult::Issued),
                Prescriber,
                &[M::PassDelivered, M::AcceptedCandidate, M::AcceptedProxy],
                "ACC-32",
            ),
            (
                accepted(PassResult::Reused),
                Prescriber,
                &[M::PassDelivered, M::AcceptedCandidate, M::AcceptedProxy],
                "§14.3",
            ),
            (
                accepted(PassResult::AwaitingManualDelivery),
                Candidate,
                &[M::PassManualDelivery, M::AcceptedCandidate],
                "§14.3",
            ),
            (accepted(PassResult::NotRequired), Candidate, &[M::AcceptedCandidate], "ACC-33"),
            (ApplicationChange::BecameObsolete { from, because }, Prescriber, &[], "NOT-5"),
            (cancelled(), Prescriber, &[M::CancelledEmployer, M::CancelledProxy], "CAN-4"),
            (cancelled(), Employer, &[M::CancelledEmployer, M::CancelledProxy], "CAN-4, SF-1"),
            (cancelled(), Candidate, &[M::CancelledEmployer], "CAN-4: never the person"),
            (ApplicationChange::Reminded, Prescriber, &[M::Reminder], "the members of the company"),
            (
                ApplicationChange::PassDelivered {
                    pass: PassId(uuid::Uuid::from_u128(8)),
                    accepted_by: None,
                },
                Prescriber,
                &[M::PassDelivered],
                "03 §4.10",
            ),
            (ApplicationChange::PassRefused { accepted_by: None }, Candidate, &[M::PassRefused], "03 §4.10"),
        ];
        for (change, sender, expected, rule) in table {
            let kinds: Vec<EmailKind> =
                told(change.clone(), *sender).into_iter().map(|notice| notice.mail.kind()).collect();
            let expected: Vec<EmailKind> = expected.iter().copied().map(EmailKind::Application).collect();
            assert_eq!(kinds, expected, "{change:?} sent by {sender:?}: {rule}");
        }
    }

    /// REF-9: the employer's contact is for whoever sent the person, never for the person.
    #[test]
    fn only_a_professional_answers_to_the_employer() {
        let from = StateCode::New;
        for change in [
            ApplicationChange::Postponed { from, answer: None },
            ApplicationChange::Refused { from, reason: RefusalReason::Other },
            ApplicationChange::Accepted { from, pass: PassResult::Issued, advisor: None },
        ] {
            for notice in told(change, SenderKind::Prescriber) {
                let expected = match notice.recipient {
                    Recipient::Professional { .. } => AnswersTo::Organisation(COMPANY),
                    Recipient::Candidate(_)
                    | Recipient::FormerAddress(_)
                    | Recipient::Members(_)
                    | Recipient::Administrators(_)
                    | Recipient::OtherAdministrators { .. }
                    | Recipient::OfficialAddress(_)
                    | Recipient::Actor
                    | Recipient::Invited(_)
                    | Recipient::Letter(_)
                    | Recipient::Support => AnswersTo::Support,
                };
                assert_eq!(notice.answers_to, expected, "{notice:?}");
            }
        }
    }
}
