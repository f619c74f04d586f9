//! Mails about what went with a cancelled PASS (rule book 03 §4.12).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::pass::{PassChange, PassEvent};

code! {
    /// Mails about what went with a cancelled PASS.
    CancelledMail {
        Request = "prolongation_dropped", "Demande de prolongation sans objet";
    }
}

/// The prescriber whose answer was awaited is told that nothing is to be answered any more.
pub(super) fn notices(event: &PassEvent) -> Vec<Notice> {
    let PassChange::Cancelled { asked, .. } = &event.change else { return vec![] };
    let told = asked.iter().map(|(request, addressed)| Notice {
        recipient: Recipient::Professional {
            user: addressed.assignee,
            organisation: Some(addressed.organisation),
        },
        mail: Mail::Cancelled(CancelledMail::Request, *request),
        answers_to: AnswersTo::Support,
    });
    told.collect()
}
