//! Reads and writes the ROME nomenclature.

use sqlx::PgConnection;

use super::super::Changes;
use super::{Appellation, Code};

pub(super) async fn domains(tx: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("SELECT letter FROM rome_domains").fetch_all(tx).await
}

pub(super) async fn codes(tx: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("SELECT code FROM rome_codes").fetch_all(tx).await
}

pub(super) async fn save_codes(tx: &mut PgConnection, rows: &[Code]) -> sqlx::Result<Changes> {
    let (codes, labels): (Vec<_>, Vec<_>) =
        rows.iter().map(|row| (row.code.clone(), row.label.clone())).unzip();
    let written = sqlx::query_scalar!(
        r#"
        INSERT INTO rome_codes (code, label)
        SELECT * FROM unnest($1::text[], $2::text[])
        ON CONFLICT (code) DO UPDATE SET label = excluded.label
        WHERE rome_codes.label IS DISTINCT FROM excluded.label
        RETURNING xmax = 0 AS "inserted!"
        "#,
        &codes,
        &labels,
    )
    .fetch_all(tx)
    .await?;
    Ok(Changes::count(rows.len(), &written))
}

pub(super) async fn save_appellations(tx: &mut PgConnection, rows: &[Appellation]) -> sqlx::Result<Changes> {
    let text = |of: fn(&Appellation) -> &String| rows.iter().map(|row| of(row).clone()).collect::<Vec<_>>();
    let written = sqlx::query_scalar!(
        r#"
        INSERT INTO rome_appellations (code, rome_code, label)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
        ON CONFLICT (code) DO UPDATE SET rome_code = excluded.rome_code, label = excluded.label
        WHERE (rome_appellations.rome_code, rome_appellations.label)
            IS DISTINCT FROM (excluded.rome_code, excluded.label)
        RETURNING xmax = 0 AS "inserted!"
        "#,
        &text(|row| &row.code),
        &text(|row| &row.rome_code),
        &text(|row| &row.label),
    )
    .fetch_all(tx)
    .await?;
    Ok(Changes::count(rows.len(), &written))
}
