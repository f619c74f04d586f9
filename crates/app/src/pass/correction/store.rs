//! Corrections of PASS in the database.

use iae_domain::Changed;
use iae_domain::ids::UserId;
use iae_domain::pass::Corrected;

use crate::error::Result;
use crate::{Work, pass};

/// Writes the days of a PASS, and why they were moved, with the audit row.
pub(super) async fn save(work: &mut Work<'_>, changed: Changed<Corrected>) -> Result<()> {
    let Corrected { id, pass, from, reason, explanation } = pass::store::save(work, changed).await?;
    let to = pass.period();
    sqlx::query!(
        r#"
        INSERT INTO pass_corrections
            (id, pass_id, started_on, ended_on, starts_on, ends_on, reason, explanation, corrected_by, corrected_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        "#,
        id as _,
        pass.id as _,
        from.start,
        from.end,
        to.start,
        to.end,
        reason.code(),
        explanation,
        work.by.user as Option<UserId>,
        work.now(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}
