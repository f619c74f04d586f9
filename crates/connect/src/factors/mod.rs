//! Second factors of an account: applications that give codes (`totp.rs`), passkeys (`passkeys.rs`), and backup codes for the
//! day they are lost (`backup_codes.rs`).
//!
//! | | Shown with | Alone |
//! | --- | --- | --- |
//! | application | a password | never |
//! | passkey | a password | at the login page: it asks for a finger, a face or a PIN by itself |
//! | backup code | a password | never |
//!
//! Wrong codes are counted by account, whoever types them, and the next one waits longer and longer (`tries.rs`): a second factor
//! is looked at after a right password only, so that a stranger locks nobody out.

mod add;
mod backup_codes;
mod forget;
mod passkeys;
mod remove;
mod store;
mod totp;
mod tries;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Connect;
use crate::error::Error;

pub(crate) use add::{Added, New, add, renew_backup_codes};
pub(crate) use backup_codes::try_backup_code;
pub(crate) use forget::forget;
pub(crate) use passkeys::{
    Asked, Passkeys, ask_anyone, ask_of, ask_to_add, asked_of, asked_of_anyone, claimed_by, shown,
    try_discovered, try_passkey,
};
pub(crate) use remove::{Removal, Removed, remove};
pub(crate) use totp::{Enrolment, try_code};
pub(crate) use tries::Tried;

/// How many applications, and how many passkeys, an account has at most.
pub(crate) const AT_MOST: i64 = 10;

/// The longest name of one.
pub(crate) const LONGEST_NAME: usize = 60;

/// What an account has.
pub(crate) struct Factors {
    /// Applications and passkeys, the oldest first.
    pub(crate) all: Vec<Listed>,
    /// Backup codes that did not serve yet.
    pub(crate) backup_codes: i64,
}

/// One of them, as its holder sees it.
pub(crate) struct Listed {
    /// Row identifier.
    pub(crate) id: Uuid,
    /// What it is.
    pub(crate) kind: Kind,
    /// What its holder calls it.
    pub(crate) name: String,
    /// Since when.
    pub(crate) created_at: DateTime<Utc>,
    /// When it last served, if it did.
    pub(crate) last_used_at: Option<DateTime<Utc>>,
}

/// What a factor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An application that gives codes.
    Application,
    /// A passkey.
    Passkey,
}

impl Kind {
    /// The word that addresses and forms carry.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Passkey => "passkey",
        }
    }

    /// Read back.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Application, Self::Passkey].into_iter().find(|kind| kind.word() == word)
    }

    /// As people read it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Application => "Application de codes",
            Self::Passkey => "Clé d’accès",
        }
    }
}

impl Factors {
    /// Whether there is an application.
    pub(crate) fn has(&self, kind: Kind) -> bool {
        self.all.iter().any(|factor| factor.kind == kind)
    }
}

/// The applications and passkeys of an account, the oldest first.
pub(crate) async fn list(connect: &Connect, account_id: Uuid) -> Result<Vec<Listed>, Error> {
    Ok(store::list(connect.db(), account_id).await?)
}

/// What an account has.
pub(crate) async fn find(connect: &Connect, account_id: Uuid) -> Result<Factors, Error> {
    let all = list(connect, account_id).await?;
    let backup_codes = store::count_backup_codes(connect.db(), account_id).await?;
    Ok(Factors { all, backup_codes })
}

/// Whether a second factor is to be shown after the password.
pub(crate) async fn exist(db: &mut PgConnection, account_id: Uuid) -> Result<bool, Error> {
    Ok(store::exist(db, account_id).await?)
}
