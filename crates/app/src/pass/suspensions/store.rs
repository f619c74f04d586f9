//! Suspensions in the database.

use iae_domain::Changed;
use iae_domain::pass::suspension::{Resuspended, Suspension, SuspensionWrite};

use crate::db::ensure_one_row;
use crate::error::Result;
use crate::{Work, pass};

/// Writes what changed of a suspension, and the dates of the PASS, with their audit row.
pub(crate) async fn save(work: &mut Work<'_>, changed: Changed<Resuspended>) -> Result<()> {
    let Resuspended { pass, write } = pass::store::save(work, changed).await?;
    let (now, user) = (work.now(), work.by.user);
    let result = match write {
        SuspensionWrite::Add(suspension) => {
            let Suspension { id, pass, period, reason, explanation, author, created_at } = suspension;
            sqlx::query!(
                r#"
                INSERT INTO suspensions
                    (id, pass_id, starts_on, ends_on, reason, explanation, organisation_id, created_by, created_at, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
                "#,
                id as _,
                pass as _,
                period.start,
                period.end,
                reason.code(),
                explanation,
                author.organisation as _,
                author.user as _,
                created_at,
            )
            .execute(work.db())
            .await?
        }
        SuspensionWrite::Replace(Suspension { id, period, reason, explanation, .. }) => {
            sqlx::query!(
                r#"
                UPDATE suspensions
                SET starts_on = $2, ends_on = $3, reason = $4, explanation = $5, updated_by = $6, updated_at = $7
                WHERE id = $1
                "#,
                id as _,
                period.start,
                period.end,
                reason.code(),
                explanation,
                user as _,
                now,
            )
            .execute(work.db())
            .await?
        }
        SuspensionWrite::End { start, end } => {
            sqlx::query!(
                r#"
                UPDATE suspensions
                SET ends_on = $3, updated_by = $4, updated_at = $5
                WHERE pass_id = $1 AND starts_on = $2
                "#,
                pass.id as _,
                start,
                end,
                user as _,
                now,
            )
            .execute(work.db())
            .await?
        }
        SuspensionWrite::Remove { start } => {
            sqlx::query!("DELETE FROM suspensions WHERE pass_id = $1 AND starts_on = $2", pass.id as _, start)
                .execute(work.db())
                .await?
        }
    };
    ensure_one_row(&result, "suspensions")
}
