//! Reads and writes conventions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::ids::{ConventionId, uuid_at};
use iae_domain::organisations::{CompanyKind, ConventionChange, ConventionEvent};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Written;
use super::{Convention, Key, Known};

/// What is known of every convention.
pub(super) async fn known(tx: &mut PgConnection) -> sqlx::Result<HashMap<Key, Known>> {
    let rows = sqlx::query!(
        r#"SELECT asp_id, kind AS "kind: CompanyKind", is_active, reactivated_at FROM conventions"#,
    )
    .fetch_all(tx)
    .await?;
    let known = |is_active, reactivated_at| Known { is_active, reactivated_at };
    Ok(rows
        .into_iter()
        .map(|row| ((row.asp_id, row.kind), known(row.is_active, row.reactivated_at)))
        .collect())
}

/// The id of every convention.
pub(in crate::imports) async fn ids(tx: &mut PgConnection) -> sqlx::Result<HashMap<Key, Uuid>> {
    let rows = sqlx::query!(r#"SELECT id, asp_id, kind AS "kind: CompanyKind" FROM conventions"#)
        .fetch_all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.asp_id, row.kind), row.id)).collect())
}

/// Writes conventions. One that falls starts its days of grace now (CMP-10); one the file brings inactive never had
/// any.
pub(super) async fn save(
    tx: &mut PgConnection,
    rows: &[Convention],
    now: DateTime<Utc>,
) -> sqlx::Result<Written> {
    let sirets: Vec<String> = rows.iter().map(|row| row.siret_signature.to_string()).collect();
    let kinds: Vec<String> = rows.iter().map(|row| row.kind.code().to_owned()).collect();
    let written = sqlx::query!(
        r#"
        INSERT INTO conventions (id, asp_id, kind, siret_signature, is_active, created_at)
        SELECT file.*, $6
        FROM unnest($1::uuid[], $2::int4[], $3::text[], $4::text[], $5::bool[]) AS file
        ON CONFLICT (asp_id, kind) DO UPDATE
        SET
            siret_signature = excluded.siret_signature,
            is_active = excluded.is_active,
            deactivated_at = CASE
                WHEN excluded.is_active THEN NULL
                WHEN conventions.is_active THEN $6
                ELSE conventions.deactivated_at
            END
        WHERE (conventions.siret_signature, conventions.is_active)
            IS DISTINCT FROM (excluded.siret_signature, excluded.is_active)
        RETURNING id AS "id: ConventionId", xmax = 0 AS "inserted!", is_active
        "#,
        &rows.iter().map(|_| uuid_at(now)).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.asp_id).collect::<Vec<_>>(),
        &kinds,
        &sirets,
        &rows.iter().map(|row| row.is_active).collect::<Vec<_>>(),
        now,
    )
    .fetch_all(tx)
    .await?;
    let written: Vec<_> = written.iter().map(|row| ((row.id, row.is_active), row.inserted)).collect();
    Ok(Written::trace(rows.len(), &written, |(convention, is_active), inserted| {
        let change = if inserted {
            ConventionChange::Created { is_active }
        } else {
            ConventionChange::Updated { is_active }
        };
        ConventionEvent { convention, change }
    }))
}
