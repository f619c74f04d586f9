//! Reads and writes institutions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::InstitutionKind;
use sqlx::PgConnection;

use super::super::Written;
use super::super::report::organisation_written;
use super::{Institution, Key};

/// The région of every département.
pub(super) async fn regions(tx: &mut PgConnection) -> sqlx::Result<HashMap<String, String>> {
    let rows = sqlx::query!("SELECT code, region_code FROM departments").fetch_all(tx).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.region_code)).collect())
}

/// Institutions that exist, by what names them.
pub(super) async fn known(tx: &mut PgConnection) -> sqlx::Result<HashMap<Key, OrganisationId>> {
    let rows = sqlx::query!(
        r#"
        SELECT id, kind AS "kind: InstitutionKind", name, department_code
        FROM organisations
        WHERE family = 'institution'
        "#,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (Key::of(row.kind, row.department_code.as_deref(), &row.name), row.id))
        .collect())
}

/// Writes one institution: there are a few hundred in the country.
pub(super) async fn save(
    tx: &mut PgConnection,
    id: OrganisationId,
    row: &Institution,
    region: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<Written> {
    let written = sqlx::query_scalar!(
        r#"
        WITH organisation AS (
            INSERT INTO organisations
                (id, family, kind, name, post_code, city, department_code, created_at, updated_at)
            VALUES ($1, 'institution', $2, $3, $4, $5, $6, $8, $8)
            ON CONFLICT (id) DO UPDATE
            SET
                name = excluded.name,
                post_code = excluded.post_code,
                city = excluded.city,
                department_code = excluded.department_code,
                updated_at = excluded.updated_at
            WHERE (organisations.name, organisations.post_code, organisations.city, organisations.department_code)
                IS DISTINCT FROM (excluded.name, excluded.post_code, excluded.city, excluded.department_code)
            RETURNING id, xmax = 0 AS inserted
        )
        INSERT INTO institutions (organisation_id, region_code)
        SELECT id, $7 FROM organisation
        ON CONFLICT (organisation_id) DO UPDATE SET region_code = excluded.region_code
        RETURNING (SELECT inserted FROM organisation) AS "inserted!"
        "#,
        id as _,
        row.kind.code(),
        row.name,
        row.post_code,
        row.city,
        row.department,
        region,
        now,
    )
    .fetch_all(tx)
    .await?;
    let written: Vec<_> = written.into_iter().map(|inserted| (id, inserted)).collect();
    Ok(Written::trace(1, &written, |id, inserted| organisation_written(id, inserted, None)))
}
