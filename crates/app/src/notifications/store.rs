//! The outbox.

use chrono::{DateTime, Utc};
use iae_domain::ids::EmailId;
use iae_domain::notifications::Mail;
use iae_domain::text::Email;
use iae_mail::OutgoingEmail;
use sqlx::PgConnection;
use uuid::Uuid;

use super::letter::Rendered;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};

/// A mail to be written to the outbox.
pub(super) struct NewEmail {
    pub mail: Mail,
    pub to: Email,
    pub reply_to: Email,
    pub rendered: Rendered,
}

/// Writes mails to the outbox in one statement, and returns their ids.
pub(super) async fn insert_emails(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    emails: &[NewEmail],
) -> Result<Vec<EmailId>> {
    if emails.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<EmailId> = emails.iter().map(|_| EmailId::at(now)).collect();
    let texts = |text: fn(&NewEmail) -> &str| -> Vec<String> {
        emails.iter().map(|email| text(email).to_owned()).collect()
    };
    let result = sqlx::query!(
        r#"
        INSERT INTO emails
            (id, kind, recipient, reply_to, subject, text_body, html_body, about_kind, about_id, status, created_at)
        SELECT *, 'queued', $10
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                    $9::uuid[])
        "#,
        &ids.iter().map(|id| id.0).collect::<Vec<Uuid>>(),
        &texts(|email| email.mail.kind().code()),
        &texts(|email| email.to.as_str()),
        &texts(|email| email.reply_to.as_str()),
        &texts(|email| &email.rendered.subject),
        &texts(|email| &email.rendered.text),
        &texts(|email| &email.rendered.html),
        &texts(|email| email.mail.about().kind),
        &emails.iter().map(|email| email.mail.about().id).collect::<Vec<Uuid>>(),
        now,
    )
    .execute(connection)
    .await?;
    if result.rows_affected() == emails.len() as u64 {
        Ok(ids)
    } else {
        Err(Error::Internal("the outbox did not take every mail".to_owned(), None))
    }
}

/// Locks a mail that is still to be sent; none when another worker sent it or sends it now.
pub async fn lock_email(connection: &mut PgConnection, id: EmailId) -> Result<Option<OutgoingEmail>> {
    let email = sqlx::query_as!(
        OutgoingEmail,
        r#"
        SELECT id AS "id: Uuid", recipient, reply_to, subject, text_body, html_body
        FROM emails
        WHERE id = $1 AND status <> 'sent'
        FOR UPDATE SKIP LOCKED
        "#,
        id as _,
    )
    .fetch_optional(connection)
    .await?;
    Ok(email)
}

/// The mail left.
pub async fn mark_sent(connection: &mut PgConnection, id: EmailId, now: DateTime<Utc>) -> Result<()> {
    let result = sqlx::query!(
        "UPDATE emails SET status = 'sent', sent_at = $2, attempts = attempts + 1, last_error = NULL WHERE id = $1",
        id as _,
        now,
    )
    .execute(connection)
    .await?;
    ensure_one_row(&result, "emails")
}

/// The mail did not leave; the queue tries again, up to [`crate::queue::MAX_ATTEMPTS`].
pub async fn mark_failed(connection: &mut PgConnection, id: EmailId, error: &str) -> Result<()> {
    let result = sqlx::query!(
        "UPDATE emails SET status = 'failed', attempts = attempts + 1, last_error = $2 WHERE id = $1",
        id as _,
        error,
    )
    .execute(connection)
    .await?;
    ensure_one_row(&result, "emails")
}
