//! SQL of the relying parties.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};

use super::{Client, Named, NewClient, Registration};
use crate::error::Error;
use crate::grants::Scopes;

/// Inserts or replaces a registration.
pub(super) async fn upsert(
    db: &PgPool,
    client: &NewClient,
    secret_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.clients
             (id, name, secret_hash, redirect_uris, post_logout_redirect_uris, scopes, refresh_tokens,
              backchannel_logout_uri, initiate_login_uri, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
         on conflict (id) do update set
             name = excluded.name,
             secret_hash = excluded.secret_hash,
             redirect_uris = excluded.redirect_uris,
             post_logout_redirect_uris = excluded.post_logout_redirect_uris,
             scopes = excluded.scopes,
             refresh_tokens = excluded.refresh_tokens,
             backchannel_logout_uri = excluded.backchannel_logout_uri,
             initiate_login_uri = excluded.initiate_login_uri,
             updated_at = excluded.updated_at",
        client.id,
        client.name,
        secret_hash,
        &client.redirect_uris,
        &client.post_logout_redirect_uris,
        client.scopes,
        client.refresh_tokens,
        client.backchannel_logout_uri,
        client.initiate_login_uri,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

const UNREADABLE_SCOPES: Error =
    Error::Inconsistent { table: "connect.clients", what: "scopes cannot be read" };

/// A relying party by its `client_id`.
pub(crate) async fn find(db: impl PgExecutor<'_>, id: &str) -> Result<Option<Client>, Error> {
    let row = sqlx::query!(
        "select
             id,
             name,
             secret_hash,
             redirect_uris,
             post_logout_redirect_uris,
             initiate_login_uri,
             scopes,
             refresh_tokens
         from connect.clients
         where id = $1",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Client {
            id: row.id,
            name: row.name,
            secret_hash: row.secret_hash,
            scopes: Scopes::parse(&row.scopes).ok_or(UNREADABLE_SCOPES)?,
            refresh_tokens: row.refresh_tokens,
            redirect_uris: row.redirect_uris,
            post_logout_redirect_uris: row.post_logout_redirect_uris,
            initiate_login_uri: row.initiate_login_uri,
        })
    })
    .transpose()
}

/// Whether some relying party registered this address for after a logout (IDP-23).
pub(crate) async fn knows_post_logout_redirect_uri(db: impl PgExecutor<'_>, uri: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from connect.clients where $1 = any (post_logout_redirect_uris)) as "knows!""#,
        uri,
    )
    .fetch_one(db)
    .await
}

/// Relying parties, by name.
pub(super) async fn list(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Named>> {
    sqlx::query_as!(
        Named,
        "select
             clients.id,
             clients.name,
             (select max(last_login_at) from connect.client_logins where client_id = clients.id) as last_login_at
         from connect.clients
         order by clients.name, clients.id
         limit 1000",
    )
    .fetch_all(db)
    .await
}

/// What is registered of one.
pub(super) async fn registered(db: impl PgExecutor<'_>, id: &str) -> sqlx::Result<Option<Registration>> {
    sqlx::query_as!(
        Registration,
        "select
             id,
             name,
             scopes,
             redirect_uris,
             post_logout_redirect_uris,
             backchannel_logout_uri,
             initiate_login_uri,
             refresh_tokens,
             updated_at as seen_at
         from connect.clients
         where id = $1",
        id,
    )
    .fetch_optional(db)
    .await
}

/// Registers one, unless another has its identifier.
pub(super) async fn insert(
    db: &mut PgConnection,
    client: &Registration,
    secret_hash: &[u8],
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into connect.clients
             (id, name, secret_hash, redirect_uris, post_logout_redirect_uris, scopes, refresh_tokens,
              backchannel_logout_uri, initiate_login_uri, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
         on conflict (id) do nothing",
        client.id,
        client.name,
        secret_hash,
        &client.redirect_uris,
        &client.post_logout_redirect_uris,
        client.scopes,
        client.refresh_tokens,
        client.backchannel_logout_uri,
        client.initiate_login_uri,
        client.seen_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes one, if it still is as it was seen.
pub(super) async fn edit(
    db: &mut PgConnection,
    client: &Registration,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.clients
         set name = $3,
             redirect_uris = $4,
             post_logout_redirect_uris = $5,
             scopes = $6,
             refresh_tokens = $7,
             backchannel_logout_uri = $8,
             initiate_login_uri = $9,
             updated_at = $10
         where id = $1 and updated_at = $2",
        client.id,
        client.seen_at,
        client.name,
        &client.redirect_uris,
        &client.post_logout_redirect_uris,
        client.scopes,
        client.refresh_tokens,
        client.backchannel_logout_uri,
        client.initiate_login_uri,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives one another secret; tells whether it is there.
pub(super) async fn set_secret(
    db: &mut PgConnection,
    id: &str,
    secret_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.clients set secret_hash = $2, updated_at = $3 where id = $1",
        id,
        secret_hash,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
