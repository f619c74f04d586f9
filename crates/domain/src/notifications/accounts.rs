//! Mails about accounts.

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::accounts::{AccountChange, AccountEvent};
use crate::code::code;

code! {
    /// Mails about an account.
    AccountMail {
        BudgetSpent = "account_budget_spent", "Limite de recherches ou d’envois atteinte";
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
        AccountChange::Opened { .. }
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
        | AccountChange::LookedUp => vec![],
    }
}
