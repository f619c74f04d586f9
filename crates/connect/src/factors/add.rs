//! Adding a second factor to an account, in a session that is open: it is then raised to two factors, and the first factor comes
//! with backup codes.

use iae_server::Address;
use sqlx::PgConnection;
use uuid::Uuid;

use super::totp::{self, Enrolment};
use super::{AT_MOST, backup_codes, passkeys, store};
use crate::emails::News;
use crate::error::Error;
use crate::events::{Event, Name};
use crate::grants;
use crate::secret::Token;
use crate::sessions::cookie::PresentedSession;
use crate::sessions::{self, Methods, Session};
use crate::{Connect, emails, random};

/// What is added.
pub(crate) enum New<'a> {
    /// An application, which gave this code.
    Application {
        /// What its page carried.
        enrolment: &'a Enrolment,
        /// What was typed.
        code: &'a str,
    },
    /// A passkey.
    Passkey {
        /// What its page carried.
        asked: &'a str,
        /// What the browser gave.
        answer: &'a str,
    },
}

/// What became of it.
pub(crate) enum Added {
    /// The account has it.
    Done {
        /// The value of the session from now on, when it was raised.
        session: Option<Token>,
        /// Backup codes, when the account had none left.
        backup_codes: Option<Vec<String>>,
    },
    /// The code is wrong, or the passkey.
    Wrong,
    /// An application of the account has this name.
    NameTaken,
    /// The account has enough of them.
    TooMany,
    /// The page served already, or the session is no longer what it was.
    Over,
}

/// Adds it, under this name.
pub(crate) async fn add(
    connect: &Connect,
    account_id: Uuid,
    presented: &PresentedSession,
    new: New<'_>,
    name: &str,
    ip: Address,
) -> Result<Added, Error> {
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    let Some(session) = may_change(connect, &mut tx, presented, account_id).await? else {
        return Ok(Added::Over);
    };
    if store::count(&mut tx, account_id).await? >= AT_MOST {
        return Ok(Added::TooMany);
    }
    let event = |name| Event::new(name, ip).account(account_id);
    let factor_id = random::id(now)?;
    let methods = match new {
        New::Application { enrolment, code } => {
            let Some(step) = enrolment.shared.step_of(code, now) else {
                return Ok(Added::Wrong);
            };
            if !grants::answer_request(&mut tx, enrolment.id, enrolment.expires_at).await? {
                return Ok(Added::Over);
            }
            let row = store::NewDevice {
                id: factor_id,
                account_id,
                name,
                sealed: &totp::at_rest(connect, account_id, &enrolment.shared)?,
                last_step: step,
            };
            if !store::insert_device(&mut tx, &row, now).await? {
                return Ok(Added::NameTaken);
            }
            event(Name::CreateOtpDevice).record(&mut tx, now).await?;
            event(Name::ConfirmOtpDevice).record(&mut tx, now).await?;
            Methods::PasswordAndOtp
        }
        New::Passkey { asked, answer } => {
            let Some(passkey) = passkeys::added(connect, account_id, asked, answer) else {
                return Ok(Added::Wrong);
            };
            if !store::insert_passkey(&mut tx, factor_id, account_id, name, &passkey, now).await? {
                // The same answer again, or a passkey of somebody else.
                return Ok(Added::Over);
            }
            event(Name::CreatePasskey).record(&mut tx, now).await?;
            Methods::PasswordAndPasskey
        }
    };
    let backup_codes = if store::count_backup_codes(&mut *tx, account_id).await? == 0 {
        event(Name::CreateBackupCodes).record(&mut tx, now).await?;
        Some(backup_codes::renew(&mut tx, account_id, now).await?)
    } else {
        None
    };
    let session = if session.methods.are_two() {
        None
    } else {
        let token = random::token()?;
        sessions::upgrade(&mut tx, session.id, &token.digest(), methods, Some(factor_id)).await?;
        Some(token)
    };
    emails::write(&mut tx, News::FactorAdded(account_id), now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    Ok(Added::Done { session, backup_codes })
}

/// Replaces the backup codes of an account; returns those to show, when they may be.
pub(crate) async fn renew_backup_codes(
    connect: &Connect,
    account_id: Uuid,
    presented: &PresentedSession,
    ip: Address,
) -> Result<Option<Vec<String>>, Error> {
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    let session = may_change(connect, &mut tx, presented, account_id).await?;
    if session.is_none() || !store::exist(&mut *tx, account_id).await? {
        return Ok(None);
    }
    let codes = backup_codes::renew(&mut tx, account_id, now).await?;
    Event::new(Name::CreateBackupCodes, ip).account(account_id).record(&mut tx, now).await?;
    emails::write(&mut tx, News::BackupCodesRenewed(account_id), now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    Ok(Some(codes))
}

/// The session of who may change the factors of an account, until the transaction ends: who has one showed it.
pub(super) async fn may_change(
    connect: &Connect,
    db: &mut PgConnection,
    presented: &PresentedSession,
    account_id: Uuid,
) -> Result<Option<Session>, Error> {
    let session = presented.lock(db, connect.now()).await?;
    let Some(session) = session.filter(|session| session.account_id == account_id) else {
        return Ok(None);
    };
    let may = session.methods.are_two() || !store::exist(&mut *db, account_id).await?;
    Ok(may.then_some(session))
}
