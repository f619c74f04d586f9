//! Writes the tables of reference data that only the project's own files fill.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

use super::load::{CommunePeriod, CriterionRow, Department, Region, RomeDomain};
use crate::imports::Changes;

/// Whether a file is another one than was last loaded under its name; if so, it now is the last.
pub(super) async fn is_new(
    tx: &mut PgConnection,
    name: &str,
    sha256: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let written = sqlx::query!(
        r#"
        INSERT INTO reference_files (name, sha256, loaded_at)
        VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, loaded_at = excluded.loaded_at
        WHERE reference_files.sha256 <> excluded.sha256
        "#,
        name,
        sha256,
        now,
    )
    .execute(tx)
    .await?;
    Ok(written.rows_affected() == 1)
}

pub(super) async fn save_regions(tx: &mut PgConnection, rows: &[Region]) -> sqlx::Result<Changes> {
    let (codes, names): (Vec<_>, Vec<_>) =
        rows.iter().map(|row| (row.code.clone(), row.name.clone())).unzip();
    let written = sqlx::query_scalar!(
        r#"
        INSERT INTO regions (code, name)
        SELECT * FROM unnest($1::text[], $2::text[])
        ON CONFLICT (code) DO UPDATE SET name = excluded.name
        WHERE regions.name IS DISTINCT FROM excluded.name
        RETURNING xmax = 0 AS "inserted!"
        "#,
        &codes,
        &names,
    )
    .fetch_all(tx)
    .await?;
    Ok(Changes::count(rows.len(), &written))
}

pub(super) async fn save_departments(tx: &mut PgConnection, rows: &[Department]) -> sqlx::Result<Changes> {
    let column = |of: fn(&Department) -> &String| rows.iter().map(|row| of(row).clone()).collect::<Vec<_>>();
    let written = sqlx::query_scalar!(
        r#"
        INSERT INTO departments (code, name, region_code, neighbours)
        SELECT code, name, region_code, array_remove(string_to_array(neighbours, '|'), '')
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS file (code, name, region_code, neighbours)
        ON CONFLICT (code) DO UPDATE
        SET name = excluded.name, region_code = excluded.region_code, neighbours = excluded.neighbours
        WHERE (departments.name, departments.region_code, departments.neighbours)
            IS DISTINCT FROM (excluded.name, excluded.region_code, excluded.neighbours)
        RETURNING xmax = 0 AS "inserted!"
        "#,
        &column(|row| &row.code),
        &column(|row| &row.name),
        &column(|row| &row.region),
        &column(|row| &row.adjacent),
    )
    .fetch_all(tx)
    .await?;
    Ok(Changes::count(rows.len(), &written))
}

pub(super) async fn save_commune_history(
    tx: &mut PgConnection,
    rows: &[CommunePeriod],
) -> sqlx::Result<Changes> {
    let text = |of: fn(&CommunePeriod) -> &String| rows.iter().map(|row| of(row).clone()).collect::<Vec<_>>();
    let begins: Vec<Option<NaiveDate>> = rows.iter().map(|row| row.begins_on).collect();
    let ends: Vec<Option<NaiveDate>> = rows.iter().map(|row| row.ends_on).collect();
    let written = sqlx::query_scalar!(
        r#"
        WITH file AS (
            SELECT *
            FROM unnest($1::text[], $2::text[], $3::date[], $4::date[], $5::text[])
                AS file (insee_code, name, begins_on, ends_on, today_code)
        ), gone AS (
            DELETE FROM commune_history h
            WHERE NOT EXISTS (
                SELECT FROM file
                WHERE file.insee_code = h.insee_code AND file.begins_on IS NOT DISTINCT FROM h.begins_on
            )
        )
        INSERT INTO commune_history AS h (insee_code, name, begins_on, ends_on, today_code)
        SELECT insee_code, name, begins_on, ends_on, today_code FROM file
        ON CONFLICT (insee_code, begins_on) DO UPDATE
        SET name = excluded.name, ends_on = excluded.ends_on, today_code = excluded.today_code
        WHERE (h.name, h.ends_on, h.today_code) IS DISTINCT FROM (excluded.name, excluded.ends_on, excluded.today_code)
        RETURNING xmax = 0 AS "inserted!"
        "#,
        &text(|row| &row.insee_code),
        &text(|row| &row.name),
        &begins as &[Option<NaiveDate>],
        &ends as &[Option<NaiveDate>],
        &text(|row| &row.today),
    )
    .fetch_all(tx)
    .await?;
    Ok(Changes::count(rows.len(), &written))
}

pub(super) async fn save_rome_domains(tx: &mut PgConnection, rows: &[RomeDomain]) -> sqlx::Result<Changes> {
    let (letters, labels): (Vec<_>, Vec<_>) =
        rows.iter().map(|row| (row.letter.clone(), row.label.clone())).unzip();
    let written = sqlx::query_scalar!(
        r#"
        INSERT INTO rome_domains (letter, label)
        SELECT * FROM unnest($1::text[], $2::text[])
        ON CONFLICT (letter) DO UPDATE SET label = excluded.label
        WHERE rome_domains.label IS DISTINCT FROM excluded.label
        RETURNING xmax = 0 AS "inserted!"
        "#,
        &letters,
        &labels,
    )
    .fetch_all(tx)
    .await?;
    Ok(Changes::count(rows.len(), &written))
}

pub(super) async fn save_criteria(tx: &mut PgConnection, rows: &[CriterionRow]) -> sqlx::Result<Changes> {
    let text = |of: fn(&CriterionRow) -> &String| rows.iter().map(|row| of(row).clone()).collect::<Vec<_>>();
    let written = sqlx::query_scalar!(
        r#"
        INSERT INTO eligibility_criteria
            (code, level, rank, label, meaning, proof, proof_max_age_months, certified_by, help_url)
        SELECT * FROM unnest($1::text[], $2::int2[], $3::int2[], $4::text[], $5::text[], $6::text[], $7::int2[],
            $8::text[], $9::text[])
        ON CONFLICT (code) DO UPDATE
        SET level = excluded.level, rank = excluded.rank, label = excluded.label, meaning = excluded.meaning,
            proof = excluded.proof, proof_max_age_months = excluded.proof_max_age_months,
            certified_by = excluded.certified_by, help_url = excluded.help_url
        WHERE eligibility_criteria IS DISTINCT FROM excluded
        RETURNING xmax = 0 AS "inserted!"
        "#,
        &rows.iter().map(|row| row.code.code().to_owned()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.level).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.rank).collect::<Vec<_>>(),
        &text(|row| &row.label),
        &text(|row| &row.meaning),
        &text(|row| &row.proof),
        &rows.iter().map(|row| row.max_proof_age_months).collect::<Vec<_>>() as &[Option<i16>],
        &rows.iter().map(|row| row.certifiable_by.clone()).collect::<Vec<_>>() as &[Option<String>],
        &rows.iter().map(|row| row.help_url.clone()).collect::<Vec<_>>() as &[Option<String>],
    )
    .fetch_all(tx)
    .await?;
    Ok(Changes::count(rows.len(), &written))
}
