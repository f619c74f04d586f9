//! SQL of the passkeys.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;
use webauthn_rs::prelude::Passkey;

use crate::error::Error;

/// A passkey of an account.
pub(in crate::factors) struct KnownPasskey {
    pub(in crate::factors) id: Uuid,
    pub(in crate::factors) passkey: Passkey,
}

fn as_json(passkey: &Passkey) -> Result<Value, Error> {
    serde_json::to_value(passkey).map_err(|_| Error::Internal("a passkey could not be written"))
}

/// Those of an account.
pub(in crate::factors) async fn passkeys(
    db: impl PgExecutor<'_>,
    account_id: Uuid,
) -> sqlx::Result<Vec<Passkey>> {
    let found = sqlx::query_scalar!(
        r#"select credential as "credential: Json<Passkey>"
           from connect.passkeys
           where account_id = $1
           order by created_at, id
           limit 100"#,
        account_id,
    )
    .fetch_all(db)
    .await?;
    Ok(found.into_iter().map(|Json(passkey)| passkey).collect())
}

/// One of an account, as its authenticator calls it, until the transaction ends.
pub(in crate::factors) async fn lock_passkey(
    db: &mut PgConnection,
    account_id: Uuid,
    credential_id: &[u8],
) -> sqlx::Result<Option<KnownPasskey>> {
    let row = sqlx::query!(
        r#"select id, credential as "credential: Json<Passkey>"
           from connect.passkeys
           where credential_id = $1 and account_id = $2
           for update"#,
        credential_id,
        account_id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| KnownPasskey { id: row.id, passkey: row.credential.0 }))
}

/// A passkey served.
pub(in crate::factors) async fn use_passkey(
    db: &mut PgConnection,
    known: &KnownPasskey,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query!(
        "update connect.passkeys set credential = $2, last_used_at = $3 where id = $1",
        known.id,
        as_json(&known.passkey)?,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes a passkey, unless it is known already, whosever it is.
pub(in crate::factors) async fn insert_passkey(
    db: &mut PgConnection,
    id: Uuid,
    account_id: Uuid,
    name: &str,
    passkey: &Passkey,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let credential_id: &[u8] = passkey.cred_id().as_ref();
    let done = sqlx::query!(
        "insert into connect.passkeys (id, account_id, credential_id, credential, name, created_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (credential_id) do nothing",
        id,
        account_id,
        credential_id,
        as_json(passkey)?,
        name,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes a passkey of an account; tells whether it was there.
pub(in crate::factors) async fn delete_passkey(
    db: &mut PgConnection,
    account_id: Uuid,
    id: Uuid,
) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from connect.passkeys where id = $1 and account_id = $2", id, account_id)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}
