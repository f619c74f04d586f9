//! Accounts: who may sign in.

mod memory;
pub mod password;
mod policy;
mod set_password;
mod store;

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use uuid::Uuid;

use crate::error::Error;
use crate::random;

pub use password::PasswordHash;
pub use policy::WeakPassword;
pub use set_password::{SetPasswordError, set_password};
pub(crate) use store::{find_active, find_by_email, still_has};

/// An account as the rest of the crate sees it.
#[derive(Clone)]
pub(crate) struct Account {
    /// The subject known to relying parties.
    pub(crate) id: Uuid,
    /// Verified address, lower case.
    pub(crate) email: String,
    /// First name.
    pub(crate) given_name: String,
    /// Last name.
    pub(crate) family_name: String,
    /// Argon2id hash.
    pub(crate) password_hash: PasswordHash,
    /// Whether the account is open.
    pub(crate) active: bool,
}

impl Account {
    /// As shown to the person.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name.to_uppercase())
    }
}

/// An account to create, or to bring up to date.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The subject to give it, when the caller needs to know it beforehand; otherwise one is made.
    /// Ignored when the address already has an account: a subject never changes (IDP-7).
    pub id: Option<Uuid>,
    /// Address, already verified by whoever calls.
    pub email: String,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// Hash of the password. Many accounts may share one: hashing is slow on purpose.
    pub password_hash: PasswordHash,
    /// Whether the account may sign in.
    pub active: bool,
}

/// Creates the accounts, or updates those whose address is known, in one statement. Returns the
/// subjects in the order given. An address given twice is refused by the database.
///
/// When a closed account or a new password comes in, the sessions already open stay until their
/// 30 minutes are over, except for closed accounts, which are refused everywhere at once.
pub async fn upsert_many(
    db: &PgPool,
    accounts: &[NewAccount],
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, Error> {
    let accounts = accounts
        .iter()
        .map(|account| {
            Ok(store::Row {
                id: account.id.map_or_else(|| random::id(now), Ok)?,
                email: normalise(&account.email),
                given_name: account.given_name.trim().to_owned(),
                family_name: account.family_name.trim().to_owned(),
                password_hash: account.password_hash.as_str().to_owned(),
                active: account.active,
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(store::upsert_many(db, &accounts, now).await?)
}

/// The subject of an address, when it has an account.
pub async fn subject_of(db: &PgPool, email: &str) -> Result<Option<Uuid>, Error> {
    Ok(store::subject_of(db, &normalise(email)).await?)
}

/// An address as stored and compared (IDP-10: case does not matter), without what nobody sees of it and comes along from
/// a phone or a page: controls, directions, joiners, soft hyphens.
pub(crate) fn normalise(email: &str) -> String {
    let is_invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    email.chars().filter(|c| !is_invisible(*c)).collect::<String>().trim().to_lowercase()
}
