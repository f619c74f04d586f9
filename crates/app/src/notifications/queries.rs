//! A mail of the outbox, as staff read it.

use chrono::{DateTime, Utc};
use iae_domain::ids::EmailId;
use iae_domain::notifications::EmailStatus;

use crate::db::Db;
use crate::error::Result;

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
