//! Signing in with a passkey alone: it knows whose it is, and what it is kept in asked for a finger, a face or a PIN.

use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

use super::admit::{self, Admitted};
use super::cookie::PresentedSession;
use super::{Device, Headed, Methods, Opening};
use crate::Connect;
use crate::error::Error;
use crate::events::{Event, Name};
use crate::factors;

/// What a browser shows, and where its holder is headed.
pub(crate) struct LogInWithPasskey<'a> {
    /// Where they are headed; the page is used up by who signs in.
    pub(crate) headed: Headed<'a>,
    /// What the browser gave.
    pub(crate) credential: &'a PublicKeyCredential,
    /// What it was asked.
    pub(crate) asked: DiscoverableAuthentication,
    /// Where they are.
    pub(crate) device: &'a Device,
    /// The session this browser had.
    pub(crate) previous: &'a PresentedSession,
}

/// What became of the attempt.
pub(crate) enum Outcome {
    /// The passkey was right.
    Right(Admitted),
    /// Unknown, wrong, or of a closed account.
    Refused,
    /// It is right, and of somebody else than whom the relying party expects (IDP-5).
    OfSomeoneElse,
}

/// Checks the passkey, opens a session and gives the relying party its code, in one transaction.
pub(crate) async fn log_in_with_passkey(
    connect: &Connect,
    command: LogInWithPasskey<'_>,
) -> Result<Outcome, Error> {
    let now = connect.now();
    let LogInWithPasskey { headed, credential, asked, device, previous } = command;
    let client_id = headed.client_id();
    let refused = || Event::new(Name::VerifyPasskeyError, device.ip).client(client_id);
    let Some(account_id) = factors::claimed_by(connect, credential) else {
        refused().detail("unreadable").record_once(connect).await?;
        return Ok(Outcome::Refused);
    };
    let mut tx = connect.db().begin().await?;
    // Locked first, as whoever gives it another password or closes it does.
    let Some(account) = admit::keep(&mut tx, account_id).await? else {
        tx.rollback().await?;
        refused().detail("unknown_account").record_once(connect).await?;
        return Ok(Outcome::Refused);
    };
    let shown = factors::try_discovered(connect, &mut tx, account.id, credential, asked).await?;
    let Some(factor_id) = shown else {
        tx.rollback().await?;
        refused().detail("wrong").record_once(connect).await?;
        return Ok(Outcome::Refused);
    };
    if headed.login_hint().is_some_and(|hint| hint != account.email) {
        return Ok(Outcome::OfSomeoneElse);
    }
    let event = Event::new(Name::VerifyPasskey, device.ip).client(client_id).account(account.id);
    event.record(&mut tx, now).await?;
    let opening = Opening {
        account_id: account.id,
        methods: Methods::Passkey,
        factor_id: Some(factor_id),
        device,
        previous,
    };
    let admitted = admit::enter(connect, &mut tx, opening, headed).await?;
    // A page that served meanwhile keeps nothing of this.
    if !matches!(admitted, Admitted::PageUsed) {
        tx.commit().await?;
        connect.logouts_written().notify_one();
    }
    Ok(Outcome::Right(admitted))
}
