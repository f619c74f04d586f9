//! Second factors: applications that give codes, and the code that stands in for them once (rule book 01 §10.7).

mod store;
mod totp;

use chrono::{DateTime, Utc};
use iae_domain::accounts::{AccountChange, LetterKind, SessionsEnd, code_wait, happened};
use iae_domain::ids::{SecondFactorId, UserId};
use iae_domain::text::Email;
use sha2::{Digest as _, Sha256};

use super::{SignedIn, letters, sessions};
use crate::error::{Error, Result};
use crate::secrets::random_bytes;
use crate::{App, Ctx, Db, Failure};

pub use totp::Enrolment;

/// How many applications an account has at most.
const AT_MOST: usize = 10;
/// Bytes of a backup code: three groups of eight hexadecimal digits (AUT-22).
const BACKUP_BYTES: usize = 12;

/// An application, as its holder sees it.
#[derive(Debug, Clone)]
pub struct Application {
    /// Its id.
    pub id: SecondFactorId,
    /// What its holder calls it.
    pub name: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it last served.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Why a code, or an application, is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FactorRefused {
    /// The code is not the right one.
    #[error("the code is wrong")]
    Wrong,
    /// It was not looked at.
    #[error("codes are looked at again in {minutes} minutes")]
    Locked {
        /// Minutes after which one will be.
        minutes: i64,
    },
    /// The page of an application that is added waited too long.
    #[error("the application waited too long")]
    Expired,
    /// The account has one of this name.
    #[error("the name is taken")]
    NameTaken,
    /// The account has as many as it may.
    #[error("too many applications")]
    TooMany,
    /// It is the one shown in this session (AUT-24).
    #[error("the application is the one of this session")]
    InUse,
}

/// The applications of a person.
pub async fn applications(db: &Db, user: UserId) -> Result<Vec<Application>> {
    store::list(db, user).await
}

/// Begins to add an application: nothing is written until a code of it is typed.
pub fn begin(app: &App, person: &SignedIn, email: Option<&Email>, now: DateTime<Utc>) -> Result<Enrolment> {
    Enrolment::begin(app, person.user, email, now)
}

/// The same again, as its page carries it.
pub fn again(
    app: &App,
    person: &SignedIn,
    email: Option<&Email>,
    sealed: &str,
    now: DateTime<Utc>,
) -> Option<Enrolment> {
    Enrolment::open(app, person.user, email, sealed, now)
}

/// What adding an application gives.
#[derive(Debug)]
pub struct Added {
    /// The application.
    pub id: SecondFactorId,
    /// The backup code, shown this once, when the account had none.
    pub backup_code: Option<String>,
}

/// Adds an application: its first code is typed.
pub async fn add(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    enrolment: &Enrolment,
    (name, code): (&str, &str),
) -> Result<Added, Failure<FactorRefused>> {
    let user = person.user;
    let step = enrolment.step_of(code, ctx.now).ok_or(FactorRefused::Wrong)?;
    let mut work = app.begin(&ctx.with(person.record())).await?;
    store::lock_account(&mut work, user).await?;
    let known = store::list_within(&mut work, user).await?;
    if known.len() >= AT_MOST {
        return Err(FactorRefused::TooMany.into());
    }
    if known.iter().any(|application| application.name == name) {
        return Err(FactorRefused::NameTaken.into());
    }
    let id = SecondFactorId::at(work.now());
    let sealed = enrolment.at_rest(app, user)?;
    let backup = if store::has_backup_code(&mut work, user).await? {
        None
    } else {
        Some(hex::encode(random_bytes::<BACKUP_BYTES>()?))
    };
    let new =
        store::NewApplication { user, name, sealed: &sealed, step, backup: backup.as_deref().map(digest) };
    store::insert(&mut work, happened(id, user, AccountChange::SecondFactorAdded), new).await?;
    work.commit().await?;
    Ok(Added { id, backup_code: backup.as_deref().map(shown) })
}

/// Looks at a code of any application of the person. One accepted already, or before the last that was, is wrong; a wrong one
/// makes each wait longer, a right one lets its own begin again.
pub async fn show(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    code: &str,
) -> Result<SecondFactorId, Failure<FactorRefused>> {
    let user = person.user;
    let mut work = app.begin(&ctx.with(person.record())).await?;
    store::lock_account(&mut work, user).await?;
    let now = work.now();
    let known = store::sealed(&mut work, user).await?;
    let open: Vec<_> = known.iter().filter(|application| application.next_try_at <= now).collect();
    if open.is_empty() {
        let next = known.iter().map(|application| application.next_try_at).min().unwrap_or(now);
        return Err(FactorRefused::Locked { minutes: (next - now).num_minutes() + 1 }.into());
    }
    for application in &open {
        let Some(secret) = totp::kept(app, user, &application.secret) else { continue };
        if let Some(step) = secret.step_after(application.last_step, code, now) {
            let showed = happened(application.id, user, AccountChange::SecondFactorShown);
            store::save_used(&mut work, showed, step).await?;
            work.commit().await?;
            return Ok(application.id);
        }
    }
    let later = |application: &&store::Sealed| {
        let failures = application.failures.saturating_add(1);
        (application.id, failures, now + code_wait(failures))
    };
    let later: Vec<_> = open.iter().map(later).collect();
    store::save_failures(&mut work, happened(later, user, AccountChange::WrongCode)).await?;
    work.commit().await?;
    Err(FactorRefused::Wrong.into())
}

/// Looks at the backup code: a right one takes every application and itself away, tells the holder, and asks for another
/// application (AUT-23). Every session but the one under `key` ends: one of them may have been opened with what is lost.
pub async fn use_backup_code(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    code: &str,
    key: &[u8],
) -> Result<(), Failure<FactorRefused>> {
    let user = person.user;
    let typed: String = code.chars().filter(char::is_ascii_hexdigit).collect();
    let mut work = app.begin(&ctx.with(person.record())).await?;
    store::lock_account(&mut work, user).await?;
    let used = happened(user, user, AccountChange::BackupCodeUsed);
    if !store::use_backup_code(&mut work, used, &digest(&typed.to_ascii_lowercase())).await? {
        return Err(FactorRefused::Wrong.into());
    }
    if let Some(email) = &person.email {
        letters::write_always(&mut work, LetterKind::BackupCodeUsed, email, Some(user)).await?;
    }
    sessions::end_others_within(&mut work, user, SessionsEnd::SecondFactor, key).await?;
    work.commit().await?;
    Ok(())
}

/// Removes an application, but the one shown in this session (AUT-24). Every session but the one under `key` ends: one of them may
/// have been opened with it.
pub async fn remove(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    id: SecondFactorId,
    (shown, key): (Option<SecondFactorId>, &[u8]),
) -> Result<(), Failure<FactorRefused>> {
    if shown == Some(id) {
        return Err(FactorRefused::InUse.into());
    }
    let mut work = app.begin(&ctx.with(person.record())).await?;
    let removed = happened(id, person.user, AccountChange::SecondFactorRemoved);
    if !store::remove(&mut work, removed, person.user).await? {
        return Err(Error::NotFound.into());
    }
    sessions::end_others_within(&mut work, person.user, SessionsEnd::SecondFactor, key).await?;
    work.commit().await?;
    Ok(())
}

fn digest(code: &str) -> Vec<u8> {
    Sha256::digest(code).to_vec()
}

/// In three groups, as it is written down.
fn shown(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(8).map(String::from_iter).collect::<Vec<_>>().join("-")
}
