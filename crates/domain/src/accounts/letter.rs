//! Letters: mails sent to an address about an account, there or not. Some hold a link that serves once (rule book 01 §10.2).

use chrono::TimeDelta;
use serde::Serialize;

use crate::Changed;
use crate::code::code;
use crate::event::happenings;
use crate::ids::{AccountLetterId, UserId};
use crate::text::Email;

/// How long the link of a letter serves (AUT-7, AUT-8).
pub const LETTER_LIFETIME: TimeDelta = TimeDelta::days(3);

code! {
    /// What a letter is about. The code names its template.
    LetterKind {
        ConfirmSignUp = "account_sign_up", "Inscription à confirmer";
        AlreadyThere = "account_already_there", "Inscription avec l’adresse d’un compte";
        NirKnown = "account_nir_known", "Inscription avec le numéro d’un autre dossier";
        Activate = "account_activation", "Compte à ouvrir";
        ResetPassword = "account_password_reset", "Nouveau mot de passe";
        SignsInElsewhere = "account_signs_in_elsewhere", "Mot de passe demandé pour un compte qui n’en a pas";
        NoAccount = "account_unknown", "Mot de passe demandé sans compte";
        Locked = "account_locked", "Compte verrouillé quelques minutes";
        ConfirmEmail = "account_email_to_confirm", "Nouvelle adresse à confirmer";
        EmailTaken = "account_email_taken", "Nouvelle adresse qui est celle d’un autre compte";
        EmailChanged = "account_email_changed", "Adresse de connexion modifiée";
        PasswordChanged = "account_password_changed", "Mot de passe modifié";
        BackupCodeUsed = "account_backup_code_used", "Code de secours utilisé";
        OfTeam = "account_of_team", "Compte de l’équipe à ouvrir";
        Unused = "account_unused", "Compte inutilisé fermé";
    }
}

/// What the link of a letter leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// The end of a sign-up.
    SignUp,
    /// The choice of a password.
    Password,
    /// The end of a change of address.
    Email,
}

impl LetterKind {
    /// What its link leads to; none when it has no link that opens anything.
    pub const fn opens(self) -> Option<Opens> {
        match self {
            Self::ConfirmSignUp => Some(Opens::SignUp),
            Self::Activate | Self::ResetPassword | Self::Locked | Self::OfTeam => Some(Opens::Password),
            Self::ConfirmEmail => Some(Opens::Email),
            Self::AlreadyThere
            | Self::NirKnown
            | Self::SignsInElsewhere
            | Self::NoAccount
            | Self::EmailTaken
            | Self::EmailChanged
            | Self::PasswordChanged
            | Self::BackupCodeUsed
            | Self::Unused => None,
        }
    }
}

/// A letter to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    /// Its id.
    pub id: AccountLetterId,
    /// What it is about.
    pub kind: LetterKind,
    /// Where it goes.
    pub to: Email,
    /// Whose account it is about, when there is one.
    pub user: Option<UserId>,
}

/// Writes a letter.
pub fn letter_written(letter: NewLetter) -> Changed<NewLetter> {
    let event = LetterEvent { letter: letter.id, change: LetterChange::Written { kind: letter.kind } };
    Changed::new(letter, event)
}

/// Its link served.
pub fn letter_used(letter: AccountLetterId) -> Changed<AccountLetterId> {
    Changed::new(letter, LetterEvent { letter, change: LetterChange::Used })
}

/// Something happened to a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterEvent {
    /// The letter.
    pub letter: AccountLetterId,
    /// What happened.
    pub change: LetterChange,
}

/// What happened to a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum LetterChange {
    /// It was written.
    Written {
        /// What it is about.
        kind: LetterKind,
    },
    /// Its link served.
    Used,
}

happenings! {
    LetterEvent: LetterChange about "account_letter" letter {
        Written = "account_letter.written", "Message sur un compte";
        Used = "account_letter.used", "Lien d’un message utilisé";
    }
}
