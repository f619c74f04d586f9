//! Signing in with an address and a password.

use secrecy::SecretString;

use super::admit::{Admission, Admitted, admit};
use super::cookie::PresentedSession;
use super::{Device, Headed};
use iae_server::Address;

use crate::error::Error;
use crate::events::{Event, Name};
use crate::throttle::{self, Attempt};
use crate::{Connect, accounts, emails};

/// What a person typed, and where they are headed.
pub(crate) struct LogIn<'a> {
    /// Where they are headed; the page is used up by who signs in.
    pub(crate) headed: Headed<'a>,
    /// Address, normalised.
    pub(crate) email: &'a str,
    /// Password.
    pub(crate) password: SecretString,
    /// Where they are.
    pub(crate) device: &'a Device,
    /// The session this browser had.
    pub(crate) previous: &'a PresentedSession,
    /// Digest of the cookie of this browser.
    pub(crate) browser: &'a [u8],
}

/// What became of the attempt.
pub(crate) enum Outcome {
    /// The password was right.
    Right(Admitted),
    /// Wrong password, unknown address, closed account, account locked by failures: deliberately the same answer
    /// (IDP-10). Only who proves the address by mail may learn that it is locked (D25).
    Refused,
    /// Too many failures from where the browser is (IDP-18).
    Locked { minutes: i64 },
}

/// Checks the password; when it is right, opens a session and gives the relying party its code, or asks for the second factor,
/// in one transaction.
pub(crate) async fn log_in(connect: &Connect, command: LogIn<'_>) -> Result<Outcome, Error> {
    let now = connect.now();
    let LogIn { headed, email, password, device, previous, browser } = command;
    let ip = device.ip;
    let place = connect.passwords().place().await?;
    let (attempt, is_last) = match throttle::begin(connect.db(), email, ip, now).await? {
        Attempt::Allowed { id, is_last } => (id, is_last),
        Attempt::AccountLocked => {
            locked(headed, ip).record(&mut *connect.db().acquire().await?, now).await?;
            // As long as any other refusal.
            place.check(password, None).await?;
            return Ok(Outcome::Refused);
        }
        Attempt::PlaceLocked { minutes } => {
            locked(headed, ip).record_once(connect).await?;
            return Ok(Outcome::Locked { minutes });
        }
    };
    let account = accounts::find_by_email(connect.db(), email).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let right = place.check(password.clone(), hash).await?;
    if let Some(account) = account.as_ref().filter(|account| right && account.active) {
        // Before the account is held: two logins that both hold it could not both write it.
        let mut db = connect.db().acquire().await?;
        accounts::note_strength(connect, &mut db, account, &password).await?;
    }

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
            .client(headed.client_id())
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
    let admission = Admission { account, headed, device, previous, browser };
    let admitted = admit(connect, &mut tx, admission).await?;
    tx.commit().await?;
    connect.logouts_written().notify_one();
    Ok(Outcome::Right(admitted))
}

fn locked(headed: Headed<'_>, ip: Address) -> Event<'_> {
    Event::new(Name::LoginError, ip).client(headed.client_id()).detail("locked")
}
