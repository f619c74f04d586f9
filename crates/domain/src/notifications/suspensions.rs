//! Mails about the suspensions of a PASS and its closure: to the person, to who accompanies them, and to the SIAE of the last
//! hire when a prescriber acts (rule book 03 §4.13, §12 X1 and X2; D6, D7). The same are told when the team corrects its dates.

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::pass::{PassChange, PassEvent};

code! {
    /// Mails about the suspensions of a PASS, its closure, and the correction of its dates.
    SuspensionMail {
        Suspended = "pass_suspended", "PASS IAE suspendu";
        Changed = "pass_suspension_changed", "Suspension d’un PASS IAE modifiée";
        Lifted = "pass_suspension_lifted", "Suspension d’un PASS IAE levée";
        Removed = "pass_suspension_removed", "Suspension d’un PASS IAE supprimée";
        Closed = "pass_closed", "PASS IAE clôturé";
        Corrected = "pass_corrected", "Dates d’un PASS IAE corrigées";
    }
}

pub(super) fn notices(event: &PassEvent) -> Vec<Notice> {
    use SuspensionMail as M;
    let (kind, told) = match &event.change {
        PassChange::Issued { .. }
        | PassChange::Moved { .. }
        | PassChange::Cancelled { .. }
        | PassChange::Anonymised
        | PassChange::ProlongationDeclared { .. }
        | PassChange::ProlongationAsked { .. }
        | PassChange::ProlongationDelegated { .. }
        | PassChange::ProlongationReminded { .. }
        | PassChange::ProlongationGranted { .. }
        | PassChange::ProlongationReturned { .. }
        | PassChange::ProlongationDenied { .. } => return vec![],
        PassChange::Suspended { told, .. } => (M::Suspended, told),
        PassChange::SuspensionChanged { told, .. } => (M::Changed, told),
        PassChange::SuspensionLifted { told, .. } => (M::Lifted, told),
        PassChange::SuspensionRemoved { told, .. } => (M::Removed, told),
        PassChange::Closed { told, .. } => (M::Closed, told),
        PassChange::Corrected { told, .. } => (M::Corrected, told),
    };
    let mail = Mail::Suspension(kind, event.pass);
    let person =
        Notice { recipient: Recipient::Candidate(event.candidate), mail, answers_to: AnswersTo::Support };
    let counsellor = told.counsellor.map(|counsellor| Recipient::Professional {
        user: counsellor.user,
        organisation: Some(counsellor.organisation),
    });
    let answers_to = told.answers.map_or(AnswersTo::Support, AnswersTo::Organisation);
    let professionals = counsellor.into_iter().chain(told.company.map(Recipient::Members));
    std::iter::once(person)
        .chain(professionals.map(|recipient| Notice { recipient, mail, answers_to }))
        .collect()
}
