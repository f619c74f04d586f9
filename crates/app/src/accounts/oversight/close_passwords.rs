//! The team closes the way in by password of many accounts, from a list of addresses (01 §13): seen first, one by one, with why
//! some are left as they are.

use std::collections::{BTreeMap, BTreeSet};

use iae_domain::accounts::{PasswordKept, SessionsEnd, sessions_ended};
use iae_domain::actor::StaffActor;
use iae_domain::ids::UserId;
use iae_domain::staff::{StaffRight, SupportRemark, ensure};
use iae_domain::text::Email;
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;

use super::acts;
use super::store::{self, Account, Addressed};
use crate::accounts::store::delete_sessions;
use crate::error::Result;
use crate::failure::RuleRefusal;
use crate::staff::remarks;
use crate::{App, Ctx, Failure};

/// Addresses of one list, at most.
pub const ADDRESSES_AT_ONCE: usize = 500;

/// A line of the list, and what becomes of it.
#[derive(Debug, Clone)]
pub struct Address {
    /// What was typed.
    pub typed: String,
    /// « Prénom NOM », when the address is somebody's.
    pub name: Option<String>,
    /// The account.
    pub user: Option<UserId>,
    /// Why nothing is done to it.
    pub kept: Option<PasswordKept>,
}

/// A whole list.
#[derive(Debug, Clone)]
pub struct Closing {
    /// Its lines, in the order they were typed, each address once.
    pub lines: Vec<Address>,
}

/// Why nothing is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosingRefused {
    /// Other accounts are concerned than those the page showed (D32).
    #[error("the accounts changed meanwhile")]
    Changed,
    /// Nobody is concerned.
    #[error("no account is concerned")]
    Nobody,
}

impl RuleRefusal for ClosingRefused {}

impl Closing {
    /// The accounts whose password goes.
    pub fn concerned(&self) -> impl Iterator<Item = UserId> {
        self.lines.iter().filter(|line| line.kept.is_none()).filter_map(|line| line.user)
    }

    /// What the page showed, as its form says it: who is concerned, digested.
    pub fn seen(&self) -> String {
        let concerned: BTreeSet<UserId> = self.concerned().collect();
        let mut digest = Sha256::new();
        for user in concerned {
            digest.update(user.0.as_bytes());
        }
        hex::encode(digest.finalize())
    }
}

/// What would become of each of these addresses.
pub async fn preview(app: &App, ctx: &Ctx<StaffActor>, typed: &[String]) -> Result<Closing> {
    ensure(&ctx.actor, StaffRight::DisablePasswords)?;
    let mut connection = app.db.acquire().await?;
    let db = &mut *connection;
    let addressed = store::with_addresses(db, &addresses(typed)).await?;
    let accounts = accounts(db, &addressed).await?;
    Ok(closing(&ctx.actor, typed, &addressed, &accounts))
}

/// Closes them: their sessions end, and so do the links that choose a password. They sign in by a provider, or choose another
/// password by mail.
pub async fn close_passwords(
    app: &App,
    ctx: &Ctx<StaffActor>,
    typed: &[String],
    (seen, remark): (&str, &SupportRemark),
) -> Result<usize, Failure<ClosingRefused>> {
    ensure(&ctx.actor, StaffRight::DisablePasswords)?;
    let mut work = app.begin(ctx).await?;
    let addressed = store::with_addresses(work.db(), &addresses(typed)).await?;
    let users: Vec<UserId> = addressed.iter().map(|one| one.account).collect();
    store::lock_all(&mut work, &users).await?;
    let accounts = accounts(work.db(), &addressed).await?;
    let plan = closing(&ctx.actor, typed, &addressed, &accounts);
    if plan.seen() != seen {
        return Err(ClosingRefused::Changed.into());
    }
    let concerned: BTreeSet<UserId> = plan.concerned().collect();
    if concerned.is_empty() {
        return Err(ClosingRefused::Nobody.into());
    }
    for user in &concerned {
        let Some(Ok(closed)) = accounts.get(user).map(|account| account.overseen.close_password()) else {
            continue;
        };
        store::save_password_closed(&mut work, closed).await?;
        delete_sessions(&mut work, sessions_ended(*user, SessionsEnd::PasswordClosed)).await?;
        remarks::keep(&mut work, *user, acts::PASSWORD_CLOSED, remark).await?;
    }
    work.commit().await?;
    Ok(concerned.len())
}

/// Those that are addresses, each once.
fn addresses(typed: &[String]) -> Vec<String> {
    let emails: BTreeSet<String> = typed
        .iter()
        .filter_map(|line| Email::parse(line).ok())
        .map(|email| email.as_str().to_owned())
        .collect();
    emails.into_iter().collect()
}

async fn accounts(db: &mut PgConnection, of: &[Addressed]) -> Result<BTreeMap<UserId, Account>> {
    let users: Vec<UserId> = of.iter().map(|one| one.account).collect();
    let found = store::find_all(db, &users).await?;
    Ok(found.into_iter().map(|account| (account.overseen.user, account)).collect())
}

/// Line by line; whom this member of the team may not see is nobody (STF-1).
fn closing(
    actor: &StaffActor,
    typed: &[String],
    addressed: &[Addressed],
    accounts: &BTreeMap<UserId, Account>,
) -> Closing {
    let mut told = BTreeSet::new();
    let mut lines = Vec::new();
    for line in typed.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        let email = Email::parse(line).ok();
        let key = email.as_ref().map_or(line, Email::as_str).to_owned();
        if !told.insert(key) {
            continue;
        }
        let of = |email: &Email| {
            let one = addressed.iter().find(|one| one.email == email.as_str())?;
            accounts.get(&one.account).filter(|account| actor.may_see(account.is_superuser))
        };
        let account = email.as_ref().and_then(of);
        let kept = match (&email, account) {
            (None, _) => Some(PasswordKept::NoAddress),
            (Some(_), None) => Some(PasswordKept::Unknown),
            (Some(_), Some(account)) => account.overseen.close_password().err(),
        };
        lines.push(Address {
            typed: line.to_owned(),
            name: account.map(|account| account.name.clone()),
            user: account.map(|account| account.overseen.user),
            kept,
        });
    }
    Closing { lines }
}
