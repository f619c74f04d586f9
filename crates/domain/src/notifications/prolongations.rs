//! Mails about requests to prolong a PASS (rule book 03 §6.6, §6.7). What is declared is told to nobody (§6.3).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::ids::ProlongationRequestId;
use crate::pass::prolongation::RequestParties;
use crate::pass::{PassChange, PassEvent};

code! {
    /// Mails about a request to prolong a PASS.
    ProlongationMail {
        Asked = "prolongation_asked", "Demande de prolongation";
        Delegated = "prolongation_delegated", "Demande de prolongation confiée par un collègue";
        Reminder = "prolongation_reminder", "Relance d’une demande de prolongation";
        GrantedEmployer = "prolongation_granted_employer", "Prolongation acceptée";
        GrantedCandidate = "prolongation_granted_candidate", "Prolongation acceptée (à la personne)";
        DeniedEmployer = "prolongation_denied_employer", "Prolongation refusée";
        DeniedCandidate = "prolongation_denied_candidate", "Prolongation refusée (à la personne)";
        Returned = "prolongation_returned", "Demande de prolongation rendue à la structure";
    }
}

pub(super) fn notices(event: &PassEvent) -> Vec<Notice> {
    use ProlongationMail as M;
    let holder = Recipient::Candidate(event.candidate);
    match &event.change {
        PassChange::ProlongationAsked { request, parties, .. } => {
            vec![tell(*request, prescriber(parties), M::Asked, asker(parties))]
        }
        PassChange::ProlongationDelegated { request, parties, .. } => {
            vec![tell(*request, prescriber(parties), M::Delegated, asker(parties))]
        }
        PassChange::ProlongationReminded { request, told, organisation } => {
            let to = |user: &_| Recipient::Professional { user: *user, organisation: Some(*organisation) };
            told.iter().map(|user| tell(*request, to(user), M::Reminder, AnswersTo::Support)).collect()
        }
        PassChange::ProlongationGranted { request, parties, .. } => vec![
            tell(*request, declarant(parties), M::GrantedEmployer, answerer(parties)),
            tell(*request, holder, M::GrantedCandidate, AnswersTo::Support),
        ],
        PassChange::ProlongationDenied { request, parties, .. } => vec![
            tell(*request, declarant(parties), M::DeniedEmployer, answerer(parties)),
            tell(*request, holder, M::DeniedCandidate, AnswersTo::Support),
        ],
        PassChange::ProlongationReturned { request, parties } => {
            vec![tell(*request, declarant(parties), M::Returned, AnswersTo::Support)]
        }
        PassChange::Issued { .. }
        | PassChange::Moved { .. }
        | PassChange::Corrected { .. }
        | PassChange::Cancelled { .. }
        | PassChange::Anonymised
        | PassChange::Suspended { .. }
        | PassChange::SuspensionChanged { .. }
        | PassChange::SuspensionLifted { .. }
        | PassChange::SuspensionRemoved { .. }
        | PassChange::Closed { .. }
        | PassChange::ProlongationDeclared { .. } => {
            vec![]
        }
    }
}

/// The prescriber it is addressed to.
const fn prescriber(parties: &RequestParties) -> Recipient {
    let organisation = Some(parties.addressed.organisation);
    Recipient::Professional { user: parties.addressed.assignee, organisation }
}

/// Who asked, at the SIAE.
const fn declarant(parties: &RequestParties) -> Recipient {
    Recipient::Professional { user: parties.declared_by, organisation: Some(parties.company) }
}

const fn asker(parties: &RequestParties) -> AnswersTo {
    AnswersTo::Organisation(parties.company)
}

const fn answerer(parties: &RequestParties) -> AnswersTo {
    AnswersTo::Organisation(parties.addressed.organisation)
}

const fn tell(
    request: ProlongationRequestId,
    recipient: Recipient,
    mail: ProlongationMail,
    answers_to: AnswersTo,
) -> Notice {
    Notice { recipient, mail: Mail::Prolongation(mail, request), answers_to }
}
