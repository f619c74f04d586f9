//! Writes which communes are in a zone de revitalisation rurale.

use sqlx::PgConnection;

use super::super::Changes;
use super::Zone;

pub(super) async fn save(tx: &mut PgConnection, rows: &[Zone]) -> sqlx::Result<Changes> {
    let (codes, statuses): (Vec<_>, Vec<_>) =
        rows.iter().map(|row| (row.insee_code.clone(), row.status.clone())).unzip();
    // A commune said nothing of before is a new row of the list, though its line in the table exists.
    let written = sqlx::query_scalar!(
        r#"
        UPDATE communes
        SET zrr_status = file.status
        FROM unnest($1::text[], $2::text[]) AS file (insee_code, status)
        JOIN communes AS before USING (insee_code)
        WHERE communes.insee_code = file.insee_code AND before.zrr_status IS DISTINCT FROM file.status
        RETURNING before.zrr_status IS NULL AS "inserted!"
        "#,
        &codes,
        &statuses,
    )
    .fetch_all(tx)
    .await?;
    Ok(Changes::count(rows.len(), &written))
}
