//! Showing a second factor, after a password or in a session that is open.

use sqlx::PgConnection;
use webauthn_rs::prelude::{PasskeyAuthentication, PublicKeyCredential};

use super::admit::{self, Admitted};
use super::cookie::PresentedSession;
use super::step::{Shown, Step, Then, digest};
use super::{Device, Methods, Opening, Session, store};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::factors::{self, Tried};
use crate::grants;
use crate::{Connect, emails, endpoints, random};

/// What is shown.
pub(crate) enum Second<'a> {
    /// A code of an application.
    Code(&'a str),
    /// A backup code.
    BackupCode(&'a str),
    /// A passkey, and the challenge it answers.
    Passkey {
        /// What the browser gave.
        credential: Box<PublicKeyCredential>,
        /// What it was asked.
        asked: Box<PasskeyAuthentication>,
    },
}

/// Somebody who shows a second factor.
pub(crate) struct StepUp<'a> {
    /// What is waited for.
    pub(crate) step: &'a Step,
    /// What is shown.
    pub(crate) second: Second<'a>,
    /// Where they are.
    pub(crate) device: &'a Device,
    /// The session this browser has.
    pub(crate) presented: &'a PresentedSession,
}

/// What became of it.
pub(crate) enum Outcome {
    /// It was right.
    Right(Admitted),
    /// It was not.
    Wrong,
    /// Too many were wrong: this one was not looked at.
    Locked { minutes: i64 },
    /// The account, its password or its session are no longer what they were: begin again.
    Over,
}

/// Checks the second factor, opens or raises the session and gives the relying party its code, in one transaction. A factor
/// that is wrong is remembered too.
pub(crate) async fn step_up(connect: &Connect, command: StepUp<'_>) -> Result<Outcome, Error> {
    let now = connect.now();
    let StepUp { step, second, device, presented } = command;
    let mut tx = connect.db().begin().await?;
    let Some(account) = admit::keep(&mut tx, step.account_id).await? else { return Ok(Outcome::Over) };
    let open = match &step.shown {
        Shown::Password(shown) if *shown == digest(&account.password_hash) => None,
        Shown::Password(_) => return Ok(Outcome::Over),
        Shown::Session => match presented.lock(&mut tx, now).await? {
            Some(session) if session.account_id == account.id => Some(session),
            Some(_) | None => return Ok(Outcome::Over),
        },
    };
    let client_id = step.headed().client_id();
    let event = |name| Event::new(name, device.ip).client(client_id).account(account.id);
    let (tried, right, wrong) = match &second {
        Second::Code(code) => {
            let tried = factors::try_code(connect, &mut tx, account.id, code).await?;
            (tried, Name::VerifyOtpDevice, Name::VerifyOtpDeviceError)
        }
        Second::BackupCode(code) => {
            let tried = factors::try_backup_code(&mut tx, account.id, code, now).await?;
            (tried, Name::UseBackupCode, Name::VerifyOtpDeviceError)
        }
        Second::Passkey { credential, asked } => {
            let tried = factors::try_passkey(connect, &mut tx, account.id, credential, asked).await?;
            (tried, Name::VerifyPasskey, Name::VerifyPasskeyError)
        }
    };
    let factor_id = match tried {
        Tried::Right { factor_id } => factor_id,
        Tried::Wrong => {
            event(wrong).detail("wrong").record(&mut tx, now).await?;
            tx.commit().await?;
            return Ok(Outcome::Wrong);
        }
        Tried::Locked { minutes } => {
            tx.rollback().await?;
            event(wrong).detail("locked").record_once(connect).await?;
            return Ok(Outcome::Locked { minutes });
        }
    };
    event(right).record(&mut tx, now).await?;
    if matches!(second, Second::BackupCode(_)) {
        emails::write(&mut tx, emails::News::BackupCodeUsed(account.id), now).await?;
    }
    // Once, whatever becomes of it: a code that is read over a shoulder opens nothing more.
    if !grants::answer_request(&mut tx, step.id, step.expires_at).await? {
        return Ok(Outcome::Right(Admitted::PageUsed));
    }
    let methods = match second {
        Second::Code(_) | Second::BackupCode(_) => Methods::PasswordAndOtp,
        Second::Passkey { .. } => Methods::PasswordAndPasskey,
    };
    let admitted = match open {
        None => {
            let opening = Opening { account_id: account.id, methods, factor_id, device, previous: presented };
            admit::enter(connect, &mut tx, opening, step.headed()).await?
        }
        Some(session) => {
            let raised = Session { methods, factor_id, ..session };
            raise(connect, &mut tx, &raised, step, device).await?
        }
    };
    // A page that served meanwhile keeps nothing of this.
    if !matches!(admitted, Admitted::PageUsed) {
        tx.commit().await?;
        connect.emails_written().notify_one();
        connect.logouts_written().notify_one();
    }
    Ok(Outcome::Right(admitted))
}

/// Raises a session that is open: it is known by another value from now on.
async fn raise(
    connect: &Connect,
    db: &mut PgConnection,
    session: &Session,
    step: &Step,
    device: &Device,
) -> Result<Admitted, Error> {
    let token = random::token()?;
    store::upgrade(db, session.id, &token.digest(), session.methods, session.factor_id).await?;
    let address = match &step.then {
        Then::Factors => format!("{}{}", connect.config().base_path(), endpoints::FACTORS),
        Then::Answer(_) | Then::Start(_) | Then::Home => {
            admit::onwards(connect, db, session, step.headed(), device).await?
        }
    };
    Ok(Admitted::In { session: token, address })
}
