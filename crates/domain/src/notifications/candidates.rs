//! Mails about the files of candidates (rule book 02 §14.4).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::candidates::{CandidateChange, CandidateEvent};
use crate::code::code;

code! {
    /// Mails about a candidate's file.
    CandidateMail {
        Created = "candidate_created", "Création de compte par un professionnel";
    }
}

pub(super) fn notices(event: &CandidateEvent) -> Vec<Notice> {
    match event.change {
        CandidateChange::Created => vec![Notice {
            recipient: Recipient::Candidate(event.candidate),
            mail: Mail::Candidate(CandidateMail::Created, event.candidate),
            answers_to: AnswersTo::Support,
        }],
        CandidateChange::LookedUp { .. }
        | CandidateChange::FileOpened
        | CandidateChange::Completed
        | CandidateChange::ConsentRecorded { .. }
        | CandidateChange::DocumentStored { .. }
        | CandidateChange::DocumentDeleted { .. }
        | CandidateChange::DocumentDownloaded { .. }
        | CandidateChange::Related { .. } => vec![],
    }
}
