//! The closure of a PASS, in the database.

use chrono::NaiveDate;
use iae_domain::Changed;
use iae_domain::pass::closure::Closed;
use iae_domain::time::Period;

use crate::error::Result;
use crate::{Work, pass};

/// Writes the closure: what was to come of the parcours goes, what runs is cut, as the domain left them.
pub(super) async fn save(work: &mut Work<'_>, changed: Changed<Closed>) -> Result<()> {
    let Closed { pass, reason, by, .. } = pass::store::save(work, changed).await?;
    let now = work.now();
    let (starts, ends) = columns(pass.parcours.suspensions());
    sqlx::query!(
        r#"
        WITH kept AS (SELECT starts_on, ends_on FROM unnest($2::date[], $3::date[]) AS k (starts_on, ends_on))
           , gone AS (DELETE FROM suspensions WHERE pass_id = $1 AND NOT starts_on = ANY ($2))
        UPDATE suspensions s
        SET ends_on = kept.ends_on, updated_by = $4, updated_at = $5
        FROM kept
        WHERE s.pass_id = $1 AND s.starts_on = kept.starts_on AND s.ends_on <> kept.ends_on
        "#,
        pass.id as _,
        &starts,
        &ends,
        by.user as _,
        now,
    )
    .execute(work.db())
    .await?;
    let (starts, ends) = columns(pass.parcours.prolongations());
    let cut = sqlx::query!(
        r#"
        WITH kept AS (SELECT starts_on, ends_on FROM unnest($2::date[], $3::date[]) AS k (starts_on, ends_on))
           , gone AS (DELETE FROM prolongations WHERE pass_id = $1 AND NOT starts_on = ANY ($2))
        UPDATE prolongations p
        SET ends_on = kept.ends_on
        FROM kept
        WHERE p.pass_id = $1 AND p.starts_on = kept.starts_on AND p.ends_on <> kept.ends_on
        "#,
        pass.id as _,
        &starts,
        &ends,
    );
    cut.execute(work.db()).await?;
    sqlx::query!(
        "INSERT INTO pass_closures (pass_id, reason, organisation_id, closed_by, closed_at) VALUES ($1, $2, $3, $4, $5)",
        pass.id as _,
        reason.code(),
        by.organisation as _,
        by.user as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

fn columns(periods: &[Period]) -> (Vec<NaiveDate>, Vec<NaiveDate>) {
    periods.iter().map(|period| (period.start, period.end)).unzip()
}
