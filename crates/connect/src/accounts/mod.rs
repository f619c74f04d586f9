//! Accounts: who may sign in.

pub(crate) mod change_password;
pub(crate) mod devices;
pub(crate) mod email_change;
mod link;
pub(crate) mod names;
mod policy;
mod proof;
mod required;
pub(crate) mod reset;
mod set_password;
pub(crate) mod sign_up;
pub(crate) mod store;
pub(crate) mod terms;

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use uuid::Uuid;

use crate::error::Error;
use crate::random;

pub use iae_credentials::PasswordHash;
pub(crate) use policy::Personal;
pub use policy::WeakPassword;
pub(crate) use proof::{Proof, prove};
pub(crate) use required::{RequiredAction, note_strength, required};
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
    /// Whether its holder looks after the provider.
    pub(crate) is_operator: bool,
}

impl Account {
    /// As shown to the person.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name.to_uppercase())
    }

    /// What its password must not resemble.
    pub(crate) fn personal(&self) -> Personal<'_> {
        Personal { email: &self.email, given_name: &self.given_name, family_name: &self.family_name }
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

/// An address as typed, normalised, when mail can be written to it.
pub(crate) fn address(typed: &str) -> Option<String> {
    let email = normalise(typed);
    let (local, domain) = email.split_once('@')?;
    let is_atom = |part: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
        !part.is_empty() && part.chars().all(allowed)
    };
    let is_label = |part: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..=63).contains(&part.len())
            && part.chars().all(allowed)
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let plausible = email.len() <= 254
        && local.len() <= 64
        && local.split('.').all(is_atom)
        && domain.contains('.')
        && domain.split('.').all(is_label);
    plausible.then_some(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_that_mail_is_written_to() {
        for (typed, expected) in [
            (" Camille.MARTIN@Structure.example", Some("camille.martin@structure.example")),
            ("c+iae@sous.domaine.fr", Some("c+iae@sous.domaine.fr")),
            ("camille", None),
            ("camille@structure", None),
            ("camille@", None),
            ("@structure.example", None),
            ("camille@@structure.example", None),
            ("camille martin@structure.example", None),
            ("camille..martin@structure.example", None),
            ("camille@structure..example", None),
            ("camille@-structure.example", None),
            ("camille@structure.example, autre@structure.example", None),
            ("<camille@structure.example>", None),
        ] {
            assert_eq!(address(typed).as_deref(), expected, "{typed}");
        }
    }
}
