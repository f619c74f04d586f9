//! Mails sent again, in the database.

use iae_domain::Changed;
use iae_domain::ids::EmailId;
use iae_domain::notifications::EmailStatus;

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;

/// Where a mail is on its way out, and how many times it was tried; kept so until the transaction ends.
pub(super) async fn lock_state(work: &mut Work<'_>, id: EmailId) -> Result<Option<(EmailStatus, i16)>> {
    let row = sqlx::query!(
        r#"SELECT status AS "status: EmailStatus", attempts FROM emails WHERE id = $1 FOR UPDATE"#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(row.map(|row| (row.status, row.attempts)))
}

/// Writes that a mail is on its way out again, with its audit row.
pub(super) async fn queue_again(work: &mut Work<'_>, again: Changed<EmailId>) -> Result<()> {
    let id = work.keep(again);
    let result = sqlx::query!(
        "UPDATE emails SET status = 'queued', attempts = 0 WHERE id = $1 AND status = 'failed'",
        id as _,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "emails")
}
