//! A mail of the outbox, as staff read it.

use chrono::{DateTime, Utc};
use iae_domain::ids::{CandidateId, EmailId};
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
    /// Who it is about.
    pub about: Option<CandidateId>,
}

/// One mail.
pub(crate) async fn email(db: &Db, id: EmailId) -> Result<Option<EmailDetail>> {
    let email = sqlx::query_as!(
        EmailDetail,
        r#"
        SELECT e.subject
             , e.recipient
             , e.kind
             , e.status
             , e.attempts
             , e.text_body
             , e.created_at
             , e.sent_at
             , e.last_error
             , coalesce(a.candidate_id, n.candidate_id, c.id, p.candidate_id, gone.candidate_id) AS "about: CandidateId"
        FROM emails e
        LEFT JOIN applications a ON e.about_kind = 'application' AND a.id = e.about_id
        LEFT JOIN nir_corrections n ON e.about_kind = 'nir_correction' AND n.id = e.about_id
        LEFT JOIN candidates c ON e.about_kind = 'candidate' AND c.id = e.about_id
        LEFT JOIN prolongation_requests r ON e.about_kind = 'prolongation_request' AND r.id = e.about_id
        LEFT JOIN passes p ON p.id = coalesce(r.pass_id, CASE WHEN e.about_kind = 'pass' THEN e.about_id END)
        LEFT JOIN cancelled_prolongation_requests dropped
            ON e.about_kind = 'prolongation_request' AND dropped.id = e.about_id
        LEFT JOIN cancelled_passes gone
            ON gone.number = dropped.number OR e.about_kind = 'pass' AND gone.pass_id = e.about_id
        WHERE e.id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(email)
}
