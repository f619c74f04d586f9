//! Forgetting the second factors of somebody who lost them all, once it is known who asks.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::accounts::{changed, held};
use super::{Operator, OperatorError};
use crate::factors;

/// Removes every application, passkey and backup code of an account, and ends its sessions: the password alone opens it afterwards.
/// Its holder is told by mail.
pub async fn forget_factors(
    db: &mut PgConnection,
    id: Uuid,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<(), OperatorError> {
    held(db, id, by).await?;
    if !factors::forget(db, id, by, now).await? {
        return Err(OperatorError::AlreadyDone);
    }
    changed(db, id, by, "factors_forgotten", now).await
}
