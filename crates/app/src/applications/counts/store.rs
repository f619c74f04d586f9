//! The folding of changes into the counts.

use crate::Db;
use crate::error::Result;

/// Folds what changed into the counts, which say the same before and after. Returns how many counts moved. Two at once are harmless:
/// each folds the rows it deletes.
pub async fn fold(db: &Db) -> Result<u64> {
    let result = sqlx::query!(
        r#"
        WITH folded AS (
            DELETE FROM application_count_changes
            RETURNING organisation_id, is_received, month, state, change
        )
        INSERT INTO application_counts AS kept (organisation_id, is_received, month, state, counted)
        SELECT f.organisation_id
             , f.is_received
             , f.month
             , f.state
             , sum(f.change)::bigint
        FROM folded f
        GROUP BY f.organisation_id, f.is_received, f.month, f.state
        HAVING sum(f.change) <> 0
        ORDER BY f.organisation_id, f.is_received, f.month, f.state
        ON CONFLICT (organisation_id, is_received, month, state) DO UPDATE
        SET counted = kept.counted + excluded.counted
        "#
    )
    .execute(db)
    .await?;
    Ok(result.rows_affected())
}
