//! Mails that follow from official files: a company that comes in, an import that stopped (rule book 01 §16, CMP-11).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::imports::{ImportChange, ImportEvent};
use crate::organisations::{OrganisationChange, OrganisationEvent};

code! {
    /// Mails to a company the flow of the paying agency brought in.
    CompanyMail {
        Imported = "company_imported", "Structure ajoutée, inscription proposée";
    }
}

code! {
    /// Mails about an import.
    ImportMail {
        Stopped = "import_stopped", "Désactivations de conventions retenues";
    }
}

/// CMP-12: a company that comes in is invited to sign up.
pub(super) fn of_company(event: &OrganisationEvent) -> Vec<Notice> {
    if event.change != OrganisationChange::CompanyImported {
        return vec![];
    }
    vec![Notice {
        recipient: Recipient::OfficialAddress(event.organisation),
        mail: Mail::Company(CompanyMail::Imported, event.organisation),
        answers_to: AnswersTo::Support,
    }]
}

/// CMP-11: the team is alerted.
pub(super) fn of_import(event: &ImportEvent) -> Vec<Notice> {
    match event.change {
        ImportChange::HeldBack { .. } | ImportChange::Refused { .. } => vec![Notice {
            recipient: Recipient::Support,
            mail: Mail::Import(ImportMail::Stopped, event.import),
            answers_to: AnswersTo::Support,
        }],
        ImportChange::Done { .. } => vec![],
    }
}
