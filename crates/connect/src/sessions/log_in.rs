//! Signing in with an address and a password.

use secrecy::SecretString;

use super::cookie::PresentedSession;
use super::{LIFETIME, Session, store};
use iae_server::Address;

use crate::error::Error;
use crate::events::{Event, Name};
use crate::grants::{self, AuthorizationRequest, Pending, issue_code};
use crate::secret::Token;
use crate::throttle::{self, Attempt};
use crate::{Connect, accounts, emails, random};

/// What a person typed, and where they are headed.
pub(crate) struct LogIn<'a> {
    /// The relying party's request they are answering: used up by who signs in.
    pub(crate) pending: &'a Pending,
    /// Address, normalised.
    pub(crate) email: &'a str,
    /// Password.
    pub(crate) password: SecretString,
    /// Where they are.
    pub(crate) ip: Address,
    /// The session this browser had, which the new one replaces.
    pub(crate) previous: PresentedSession,
}

/// What became of the attempt.
pub(crate) enum Outcome {
    /// Signed in: the new session, and the relying party's address with its code.
    LoggedIn { session: Token, redirect: String },
    /// Wrong password, unknown address, closed account, account locked by failures: deliberately the same answer
    /// (IDP-10). Only who proves the address by mail may learn that it is locked (D25).
    Refused,
    /// Someone signed in through this page meanwhile.
    PageUsed,
    /// Too many failures from where the browser is (IDP-18).
    Locked { minutes: i64 },
}

/// Checks the password, opens a session and gives the relying party its code, in one transaction.
pub(crate) async fn log_in(connect: &Connect, command: LogIn<'_>) -> Result<Outcome, Error> {
    let now = connect.now();
    let LogIn { pending, email, password, ip, previous } = command;
    let request = &pending.request;
    let place = connect.passwords().place().await?;
    let (attempt, is_last) = match throttle::begin(connect.db(), email, ip, now).await? {
        Attempt::Allowed { id, is_last } => (id, is_last),
        Attempt::AccountLocked => {
            locked(request, ip).record(&mut *connect.db().acquire().await?, now).await?;
            // As long as any other refusal.
            place.check(password, None).await?;
            return Ok(Outcome::Refused);
        }
        Attempt::PlaceLocked { minutes } => {
            locked(request, ip).record_once(connect).await?;
            return Ok(Outcome::Locked { minutes });
        }
    };
    let account = accounts::find_by_email(connect.db(), email).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let right = place.check(password, hash).await?;

    let mut tx = connect.db().begin().await?;
    // Another password may have been given meanwhile: it then waits for this login, or this login finds it.
    let admitted = match &account {
        Some(account) if right => accounts::still_has(&mut tx, account.id, &account.password_hash).await?,
        Some(_) | None => false,
    };
    let Some(account) = account.as_ref().filter(|_| admitted) else {
        let detail = match &account {
            None => "unknown_account",
            Some(account) if right && !account.active => "closed_account",
            Some(_) => "wrong_password",
        };
        throttle::fail(&mut tx, attempt).await?;
        let event = Event::new(Name::LoginError, ip)
            .client(&*request.client_id)
            .account(account.as_ref().map(|account| account.id))
            .detail(detail);
        event.record(&mut tx, now).await?;
        if let Some(account) = account.as_ref().filter(|account| is_last && account.active) {
            emails::tell_locked(&mut tx, account, now).await?;
        }
        tx.commit().await?;
        connect.emails_written().notify_one();
        return Ok(Outcome::Refused);
    };
    throttle::release(&mut tx, attempt).await?;
    if !grants::answer_request(&mut tx, pending.id, pending.expires_at).await? {
        tx.commit().await?;
        return Ok(Outcome::PageUsed);
    }
    if let Some(digest) = previous.digest() {
        store::delete(&mut tx, &digest).await?;
    }
    let token = random::token()?;
    let new = store::NewSession {
        id: random::id(now)?,
        token_hash: &token.digest(),
        account_id: account.id,
        authenticated_at: now,
        expires_at: now + LIFETIME,
    };
    store::insert(&mut tx, &new).await?;
    Event::new(Name::Login, ip).client(&*request.client_id).account(account.id).record(&mut tx, now).await?;
    let session = Session { account_id: account.id, authenticated_at: now };
    let redirect = issue_code(connect, &mut tx, request, &session, ip).await?;
    tx.commit().await?;
    Ok(Outcome::LoggedIn { session: token, redirect })
}

fn locked(request: &AuthorizationRequest, ip: Address) -> Event<'_> {
    Event::new(Name::LoginError, ip).client(&*request.client_id).detail("locked")
}
