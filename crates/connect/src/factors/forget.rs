//! Forgetting the second factors of somebody who lost them all: done by an operator (`operators/factors.rs`).

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Kind, store};
use crate::emails::{self, News};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::operators::{self, Operator};
use crate::sessions;

/// Removes every application, passkey and backup code of an account, and ends its sessions: the password alone opens it afterwards.
/// Tells whether it had any.
pub(crate) async fn forget(
    db: &mut PgConnection,
    account_id: Uuid,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let all = store::list(&mut *db, account_id).await?;
    if all.is_empty() {
        return Ok(false);
    }
    for factor in all {
        let name = match factor.kind {
            Kind::Application => {
                store::delete_device(&mut *db, account_id, factor.id).await?;
                Name::DeleteOtpDevice
            }
            Kind::Passkey => {
                store::delete_passkey(&mut *db, account_id, factor.id).await?;
                Name::DeletePasskey
            }
        };
        let event = Event::new(name, by.ip).by(by).account(account_id).detail("operator");
        event.record(&mut *db, now).await?;
    }
    store::delete_backup_codes(&mut *db, account_id).await?;
    operators::unmake_without_factor(db, account_id, by.ip, now).await?;
    sessions::end::end_all(db, account_id, now).await?;
    emails::write(db, News::FactorRemoved(account_id), now).await?;
    Ok(true)
}
