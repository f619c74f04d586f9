//! SQL of the relying parties.

use chrono::{DateTime, Utc};
use sqlx::{PgExecutor, PgPool};

use super::{Client, NewClient, RedirectPattern};
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
             (id, name, secret_hash, redirect_uris, post_logout_redirect_uris, scopes, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (id) do update set
             name = excluded.name,
             secret_hash = excluded.secret_hash,
             redirect_uris = excluded.redirect_uris,
             post_logout_redirect_uris = excluded.post_logout_redirect_uris,
             scopes = excluded.scopes,
             updated_at = excluded.updated_at",
        client.id,
        client.name,
        secret_hash,
        &client.redirect_uris,
        &client.post_logout_redirect_uris,
        client.scopes,
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
        "select id, secret_hash, redirect_uris, post_logout_redirect_uris, scopes
         from connect.clients
         where id = $1",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Client {
            id: row.id,
            secret_hash: row.secret_hash,
            scopes: Scopes::parse(&row.scopes).ok_or(UNREADABLE_SCOPES)?,
            redirect_uris: patterns(&row.redirect_uris)?,
            post_logout_redirect_uris: patterns(&row.post_logout_redirect_uris)?,
        })
    })
    .transpose()
}

/// Every address registered for after a logout, whoever the relying party (IDP-23).
pub(crate) async fn all_post_logout_redirect_uris(
    db: impl PgExecutor<'_>,
) -> Result<Vec<RedirectPattern>, Error> {
    let uris = sqlx::query_scalar!(
        r#"select distinct uri as "uri!" from connect.clients, unnest(post_logout_redirect_uris) as uri order by uri"#
    )
    .fetch_all(db)
    .await?;
    patterns(&uris)
}

fn patterns(stored: &[String]) -> Result<Vec<RedirectPattern>, Error> {
    stored.iter().map(|uri| RedirectPattern::parse(uri)).collect::<Result<_, _>>().map_err(|_| {
        Error::Inconsistent { table: "connect.clients", what: "a redirect URI is not acceptable" }
    })
}
