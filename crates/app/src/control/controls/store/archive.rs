//! What was controlled, deleted once its positive result is old.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Changed;
use iae_domain::control::{Archived, archived_before};
use iae_domain::documents::Owner;
use iae_domain::ids::ControlId;
use iae_domain::time::paris_midnight;
use uuid::Uuid;

use crate::db::{ensure_one_row, ensure_rows};
use crate::error::{Error, Result};
use crate::{Db, Work, documents};

/// The controls to be archived, each with the end of its campaign.
pub(in super::super) async fn to_archive(
    db: &Db,
    today: NaiveDate,
) -> Result<Vec<(ControlId, DateTime<Utc>)>> {
    let rows = sqlx::query!(
        r#"
        SELECT c.id AS "id: ControlId"
             , k.ended_at AS "ended_at!"
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        WHERE c.final_state = 'accepted'
          AND c.archived_hires IS NULL
          AND k.ended_at < $1
        ORDER BY c.id
        LIMIT 10000
        "#,
        paris_midnight(archived_before(today)),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.ended_at)).collect())
}

/// Writes that a control was archived, with the audit row: its hires go with what was defended for them, and with their proofs.
pub(in super::super) async fn save_archived(work: &mut Work<'_>, changed: Changed<Archived>) -> Result<()> {
    let Archived { control, hires, criteria } = work.keep(changed);
    for one in &criteria {
        documents::delete_all(work, Owner::ControlCriterion(*one)).await?;
    }
    let criteria: Vec<Uuid> = criteria.iter().map(|one| one.0).collect();
    let result =
        sqlx::query!("DELETE FROM control_criteria WHERE id = ANY($1)", &criteria).execute(work.db()).await?;
    ensure_rows(&result, criteria.len(), "control_criteria")?;
    let count = i16::try_from(hires.len()).map_err(|error| Error::internal("archived hires", error))?;
    let hires: Vec<Uuid> = hires.iter().map(|hire| hire.0).collect();
    let result =
        sqlx::query!("DELETE FROM control_hires WHERE id = ANY($1)", &hires).execute(work.db()).await?;
    ensure_rows(&result, hires.len(), "control_hires")?;
    let result = sqlx::query!(
        "UPDATE controls SET archived_hires = $2 WHERE id = $1 AND archived_hires IS NULL",
        control as _,
        count,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "controls")
}
