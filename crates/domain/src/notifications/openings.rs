//! Mails about the openings of a company (rule book 01 §16).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::organisations::{OrganisationChange, OrganisationEvent};

code! {
    /// Mails about the openings of a company.
    OpeningMail {
        SpontaneousExpired = "spontaneous_expired", "Candidatures spontanées fermées faute d’actualisation";
    }
}

pub(super) fn notices(event: &OrganisationEvent) -> Vec<Notice> {
    if event.change != OrganisationChange::SpontaneousExpired {
        return vec![];
    }
    vec![Notice {
        recipient: Recipient::Members(event.organisation),
        mail: Mail::Opening(OpeningMail::SpontaneousExpired, event.organisation),
        answers_to: AnswersTo::Support,
    }]
}
