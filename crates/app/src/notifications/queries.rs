//! The outbox, as staff read it.

use chrono::{DateTime, Utc};
use iae_domain::ids::EmailId;
use iae_domain::notifications::EmailStatus;

use crate::db::Db;
use crate::error::Result;
use crate::pagination::{Cursor, PAGE_SIZE, Page};

/// A mail, as listed.
#[derive(Debug, Clone)]
pub struct EmailRow {
    /// Its id.
    pub id: EmailId,
    /// Its kind.
    pub kind: String,
    /// Whom it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Where it is on its way out.
    pub status: EmailStatus,
    /// How many times it was tried.
    pub attempts: i16,
    /// The last error of the mailer.
    pub last_error: Option<String>,
    /// When it was decided.
    pub created_at: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
}

/// A page of the outbox, the most recent first, of one status or of all.
pub async fn outbox(db: &Db, status: Option<EmailStatus>, after: Option<Cursor>) -> Result<Page<EmailRow>> {
    let rows = sqlx::query_as!(
        EmailRow,
        r#"
        SELECT id, kind, recipient, subject, status, attempts, last_error, created_at, sent_at
        FROM emails
        WHERE ($1::text IS NULL OR status = $1)
          AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3))
        ORDER BY created_at DESC, id DESC
        LIMIT $4
        "#,
        status.map(EmailStatus::code),
        after.map(|cursor| cursor.at),
        after.map(|cursor| cursor.id).unwrap_or_default(),
        i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(db)
    .await?;
    Ok(Page::cut(rows, |row| Cursor { at: row.created_at, id: row.id.0 }))
}

/// A mail with its text.
#[derive(Debug, Clone)]
pub struct EmailDetail {
    /// What the list shows.
    pub subject: String,
    /// Whom it goes to.
    pub recipient: String,
    /// Its kind.
    pub kind: String,
    /// Where it is on its way out.
    pub status: EmailStatus,
    /// How many times it was tried.
    pub attempts: i16,
    /// Its text.
    pub text_body: String,
    /// When it was decided.
    pub created_at: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
    /// The last error of the mailer.
    pub last_error: Option<String>,
}

/// One mail, for staff.
pub async fn email(db: &Db, id: EmailId) -> Result<Option<EmailDetail>> {
    let email = sqlx::query_as!(
        EmailDetail,
        r#"
        SELECT subject, recipient, kind, status, attempts, text_body, created_at, sent_at, last_error
        FROM emails
        WHERE id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(email)
}
