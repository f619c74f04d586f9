//! Reads and writes communes.

use sqlx::PgConnection;

use super::super::Changes;
use super::Commune;

pub(in crate::imports) async fn departments(tx: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("SELECT code FROM departments").fetch_all(tx).await
}

pub(in crate::imports) async fn insee_codes(tx: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("SELECT insee_code FROM communes").fetch_all(tx).await
}

pub(super) async fn commune_slugs(tx: &mut PgConnection) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query!("SELECT slug, insee_code FROM communes").fetch_all(tx).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.insee_code)).collect())
}

pub(super) async fn save(tx: &mut PgConnection, rows: &[Commune]) -> sqlx::Result<Changes> {
    let text = |of: fn(&Commune) -> &String| rows.iter().map(|row| of(row).clone()).collect::<Vec<_>>();
    let post_codes: Vec<String> = rows.iter().map(|row| row.post_codes.join("|")).collect();
    let epcis: Vec<Option<String>> = rows.iter().map(|row| row.epci.clone()).collect();
    let populations: Vec<Option<i32>> = rows.iter().map(|row| row.population).collect();
    let latitudes: Vec<Option<f64>> =
        rows.iter().map(|row| row.position.map(|(latitude, _)| latitude)).collect();
    let longitudes: Vec<Option<f64>> =
        rows.iter().map(|row| row.position.map(|(_, longitude)| longitude)).collect();
    let written = sqlx::query_scalar!(
        r#"
        INSERT INTO communes
            (insee_code, name, slug, post_codes, department_code, epci_code, population, latitude, longitude)
        SELECT
            insee_code,
            name,
            slug,
            array_remove(string_to_array(post_codes, '|'), ''),
            department_code,
            epci_code,
            population,
            latitude,
            longitude
        FROM unnest(
            $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int4[], $8::float8[],
            $9::float8[]
        ) AS file (insee_code, name, slug, post_codes, department_code, epci_code, population, latitude, longitude)
        ON CONFLICT (insee_code) DO UPDATE
        SET
            name = excluded.name,
            slug = excluded.slug,
            post_codes = excluded.post_codes,
            department_code = excluded.department_code,
            -- What the file does not say stays.
            epci_code = coalesce(excluded.epci_code, communes.epci_code),
            population = coalesce(excluded.population, communes.population),
            latitude = coalesce(excluded.latitude, communes.latitude),
            longitude = coalesce(excluded.longitude, communes.longitude)
        WHERE (
            communes.name, communes.slug, communes.post_codes, communes.department_code, communes.epci_code,
            communes.population, communes.latitude, communes.longitude
        ) IS DISTINCT FROM (
            excluded.name, excluded.slug, excluded.post_codes, excluded.department_code,
            coalesce(excluded.epci_code, communes.epci_code), coalesce(excluded.population, communes.population),
            coalesce(excluded.latitude, communes.latitude), coalesce(excluded.longitude, communes.longitude)
        )
        RETURNING xmax = 0 AS "inserted!"
        "#,
        &text(|row| &row.insee_code),
        &text(|row| &row.name),
        &text(|row| &row.slug),
        &post_codes,
        &text(|row| &row.department),
        &epcis as &[Option<String>],
        &populations as &[Option<i32>],
        &latitudes as &[Option<f64>],
        &longitudes as &[Option<f64>],
    )
    .fetch_all(tx)
    .await?;
    Ok(Changes::count(rows.len(), &written))
}
