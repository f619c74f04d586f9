//! SQL of the chain that seals the trail. What writes is in the schema (`seal_audit_events`, `purge_audit_events`): the
//! worker may call it, and nobody but the owner may do otherwise.

mod last;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db::Db;
use crate::error::Result;

pub use last::LastMove;
pub(crate) use last::{Sought, last_move};

/// The last seal, and how much it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its number.
    pub number: i64,
    /// How many rows it covers.
    pub events: i64,
    /// Its hash, which says all that came before.
    pub hash: Vec<u8>,
}

/// A stretch of the chain.
#[derive(Debug, Clone)]
pub struct Seal {
    /// Its number, from 1, without holes.
    pub number: i64,
    /// Position of its first row.
    pub first_position: i64,
    /// Position of its last row.
    pub last_position: i64,
    /// When it was made.
    pub sealed_at: DateTime<Utc>,
    /// Hash of the seal before.
    pub previous_hash: Vec<u8>,
    /// Its own.
    pub hash: Vec<u8>,
}

/// A place of the chain, and the row that stands there unless it was deleted.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its place.
    pub position: i64,
    /// The row.
    pub event_id: Uuid,
    /// What the row said when it was sealed.
    pub digest: Vec<u8>,
    /// Whether retention deleted the row.
    pub is_purged: bool,
    /// Columns of the row, all absent when it is gone.
    pub seq: Option<i64>,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Kind of who acted.
    pub actor_kind: Option<String>,
    /// Who acted.
    pub actor_id: Option<Uuid>,
    /// For which organisation.
    pub organisation_id: Option<Uuid>,
    /// What was done.
    pub action: Option<String>,
    /// To what kind of thing.
    pub subject_kind: Option<String>,
    /// To which one.
    pub subject_id: Option<Uuid>,
    /// What else is kept, as Postgres writes it.
    pub payload: Option<String>,
    /// In which request.
    pub request_id: Option<Uuid>,
    /// Who saw the platform as who acted, if somebody did.
    pub impersonator_id: Option<Uuid>,
}

/// Seals at most so many of the rows that wait, at the instant of the database; none when nothing waited.
pub async fn seal(db: &Db, at_most: i32) -> Result<Option<Sealed>> {
    let sealed = sqlx::query_as!(
        Sealed,
        r#"
        SELECT number AS "number!", events AS "events!", hash AS "hash!"
        FROM seal_audit_events($1)
        "#,
        at_most,
    )
    .fetch_optional(db)
    .await?;
    Ok(sealed)
}

/// Deletes at most so many of the sealed rows older than this; returns how many. Postgres refuses what is not a year old, and leaves
/// what was not sealed by then.
pub async fn purge(db: &Db, before: DateTime<Utc>, at_most: i32) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"SELECT purge_audit_events($1, $2) AS "purged!""#, before, at_most)
        .fetch_one(db)
        .await?)
}

/// How many places the chain has.
pub async fn length(tx: &mut PgConnection) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"SELECT coalesce(max(position), 0) AS "length!" FROM audit_chain"#)
        .fetch_one(tx)
        .await?)
}

/// How many rows wait for their seal.
pub async fn waiting(tx: &mut PgConnection) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"SELECT count(*) AS "waiting!" FROM audit_unsealed"#).fetch_one(tx).await?)
}

/// The next seals.
pub async fn seals_after(tx: &mut PgConnection, number: i64, at_most: i64) -> Result<Vec<Seal>> {
    let seals = sqlx::query_as!(
        Seal,
        r#"
        SELECT
            number
          , first_position
          , last_position
          , sealed_at
          , previous_hash
          , hash
        FROM audit_seals
        WHERE number > $1
        ORDER BY number
        LIMIT $2
        "#,
        number,
        at_most,
    )
    .fetch_all(tx)
    .await?;
    Ok(seals)
}

/// The places from one to another, both included.
pub async fn links(tx: &mut PgConnection, first: i64, last: i64) -> Result<Vec<Link>> {
    let links = sqlx::query_as!(
        Link,
        r#"
        SELECT
            c.position
          , c.event_id
          , c.digest
          , c.purged_at IS NOT NULL AS "is_purged!"
          , e.seq AS "seq?"
          , e.at AS "at?"
          , e.actor_kind AS "actor_kind?"
          , e.actor_id AS "actor_id?"
          , e.organisation_id AS "organisation_id?"
          , e.action AS "action?"
          , e.subject_kind AS "subject_kind?"
          , e.subject_id AS "subject_id?"
          , e.payload::text AS "payload?"
          , e.request_id AS "request_id?"
          , e.impersonator_id AS "impersonator_id?"
        FROM audit_chain c
        LEFT JOIN audit_events e ON e.id = c.event_id
        WHERE c.position BETWEEN $1 AND $2
        ORDER BY c.position
        "#,
        first,
        last,
    )
    .fetch_all(tx)
    .await?;
    Ok(links)
}

/// A row that neither has a place in the chain nor waits for one.
pub async fn unchained(tx: &mut PgConnection) -> Result<Option<Uuid>> {
    let event = sqlx::query_scalar!(
        r#"
        SELECT e.id AS "id: Uuid"
        FROM audit_events e
        WHERE NOT EXISTS (SELECT FROM audit_chain c WHERE c.event_id = e.id)
          AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.event_id = e.id)
        ORDER BY e.seq
        LIMIT 1
        "#,
    )
    .fetch_optional(tx)
    .await?;
    Ok(event)
}

/// A row that waits for its seal and is gone.
pub async fn lost(tx: &mut PgConnection) -> Result<Option<Uuid>> {
    let event = sqlx::query_scalar!(
        r#"
        SELECT u.event_id
        FROM audit_unsealed u
        WHERE NOT EXISTS (SELECT FROM audit_events e WHERE e.id = u.event_id)
        ORDER BY u.event_id
        LIMIT 1
        "#,
    )
    .fetch_optional(tx)
    .await?;
    Ok(event)
}
