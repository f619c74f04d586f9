//! Lists of the staff area.

use chrono::{DateTime, Utc};
use iae_domain::ids::AuditEventId;
use uuid::Uuid;

use crate::Db;
use crate::error::Result;
use crate::pagination::{Cursor, PAGE_SIZE, Page};
use crate::queue::MAX_ATTEMPTS;

/// A row of the audit trail.
#[derive(Debug, Clone)]
pub struct AuditRow {
    /// Its id.
    pub id: AuditEventId,
    /// When.
    pub at: DateTime<Utc>,
    /// Kind of actor.
    pub actor_kind: String,
    /// Name of the actor; none for the system.
    pub actor_name: Option<String>,
    /// The organisation they acted for.
    pub organisation_name: Option<String>,
    /// What happened.
    pub action: String,
    /// Kind of thing it happened to.
    pub subject_kind: String,
    /// The thing.
    pub subject_id: Uuid,
    /// States and ids, as compact JSON.
    pub payload: String,
    /// The request.
    pub request_id: Uuid,
}

/// What the audit trail is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilters {
    /// One action.
    pub action: Option<String>,
    /// One thing.
    pub subject: Option<Uuid>,
}

/// A page of the audit trail, the most recent first.
pub async fn audit(db: &Db, filters: &AuditFilters, after: Option<Cursor>) -> Result<Page<AuditRow>> {
    let rows = sqlx::query_as!(
        AuditRow,
        r#"
        SELECT e.id
             , e.at
             , e.actor_kind
             , full_name(u.first_name, u.last_name) AS actor_name
             , o.name AS "organisation_name?"
             , e.action
             , e.subject_kind
             , e.subject_id
             , e.payload::text AS "payload!"
             , e.request_id
        FROM audit_events e
        LEFT JOIN users u ON u.id = e.actor_id
        LEFT JOIN organisations o ON o.id = e.organisation_id
        WHERE ($1::text IS NULL OR e.action = $1)
          AND ($2::uuid IS NULL OR e.subject_id = $2)
          AND ($3::timestamptz IS NULL OR (e.at, e.id) < ($3, $4))
        ORDER BY e.at DESC, e.id DESC
        LIMIT $5
        "#,
        filters.action,
        filters.subject,
        after.map(|cursor| cursor.at),
        after.map(|cursor| cursor.id).unwrap_or_default(),
        i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(db)
    .await?;
    Ok(Page::cut(rows, |row| Cursor { at: row.at, id: row.id.0 }))
}

/// What waits for the team.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Mails that will be sent, those refused so far included.
    pub waiting_emails: i64,
    /// Those of them the server refused at least once.
    pub retried_emails: i64,
    /// Mails refused so often that nothing sends them again.
    pub abandoned_emails: i64,
    /// PASS to deliver by hand (rule book 03 §4.10).
    pub manual_passes: i64,
}

/// What waits for the team, in one statement.
pub async fn pending(db: &Db) -> Result<Pending> {
    let pending = sqlx::query_as!(
        Pending,
        r#"
        SELECT count(*) FILTER (WHERE attempts < $1) AS "waiting_emails!"
             , count(*) FILTER (WHERE status = 'failed' AND attempts < $1) AS "retried_emails!"
             , count(*) FILTER (WHERE attempts >= $1) AS "abandoned_emails!"
             , (SELECT count(*) FROM applications WHERE pass_delivery = 'manual') AS "manual_passes!"
        FROM emails
        WHERE status IN ('queued', 'failed')
        "#,
        MAX_ATTEMPTS,
    )
    .fetch_one(db)
    .await?;
    Ok(pending)
}
