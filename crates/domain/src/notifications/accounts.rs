//! Mails about accounts.

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::accounts::{AccountChange, AccountEvent};
use crate::code::code;

code! {
    /// Mails about an account.
    AccountMail {
        BudgetSpent = "account_budget_spent", "Limite de recherches ou d’envois atteinte";
        Merged = "account_merged", "Comptes fusionnés";
        ClosingAnnounced = "account_closing_announced", "Compte inutilisé bientôt fermé";
    }
}

pub(super) fn notices(event: &AccountEvent) -> Vec<Notice> {
    match event.change {
        AccountChange::BudgetSpent { organisation, .. } => {
            let others = organisation
                .map(|organisation| Recipient::OtherAdministrators { organisation, than: event.user });
            let told = others.into_iter().chain([Recipient::Support]);
            let mail = Mail::Account(AccountMail::BudgetSpent, event.user);
            told.map(|recipient| Notice { recipient, mail, answers_to: AnswersTo::Support }).collect()
        }
        // At the address that survives (01 §13).
        AccountChange::Merged { .. } => vec![Notice {
            recipient: Recipient::Professional { user: event.user, organisation: None },
            mail: Mail::Account(AccountMail::Merged, event.user),
            answers_to: AnswersTo::Support,
        }],
        AccountChange::ClosingAnnounced => vec![Notice {
            recipient: Recipient::Professional { user: event.user, organisation: None },
            mail: Mail::Account(AccountMail::ClosingAnnounced, event.user),
            answers_to: AnswersTo::Support,
        }],
        // Told at the address the account had, by a letter: it has none any more.
        AccountChange::Anonymised { .. }
        | AccountChange::Deleted
        | AccountChange::Opened { .. }
        | AccountChange::LoggedIn { .. }
        | AccountChange::IdentityLinked { .. }
        | AccountChange::LoggedInLocally
        | AccountChange::LockedOut
        | AccountChange::PasswordSet
        | AccountChange::EmailChanged
        | AccountChange::ProfileChanged
        | AccountChange::SecondFactorAdded
        | AccountChange::SecondFactorShown
        | AccountChange::WrongCode
        | AccountChange::SecondFactorRemoved
        | AccountChange::BackupCodeUsed
        | AccountChange::TermsAccepted { .. }
        | AccountChange::Welcomed
        | AccountChange::SessionEnded
        | AccountChange::LoggedOut
        | AccountChange::SwitchedOrganisation { .. }
        | AccountChange::SessionsEnded { .. }
        | AccountChange::GroupGiven { .. }
        | AccountChange::GroupTaken { .. }
        | AccountChange::ReadByTeam
        | AccountChange::SearchedByTeam
        | AccountChange::Deactivated { .. }
        | AccountChange::Reactivated
        | AccountChange::EmailChangedByTeam
        | AccountChange::SubjectChangeArmed
        | AccountChange::SubjectChangeDisarmed
        | AccountChange::PasswordClosed
        | AccountChange::ImpersonationBegun { .. }
        | AccountChange::ImpersonationEnded { .. }
        | AccountChange::MergedInto { .. }
        | AccountChange::LookedUp => vec![],
    }
}
