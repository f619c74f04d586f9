//! Reads and writes prescriber organisations.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind, Siret};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Written;
use super::super::report::organisation_written;
use super::{Identified, Known};

/// Organisations that exist, by what names them.
pub(super) async fn known(tx: &mut PgConnection) -> sqlx::Result<Known> {
    let rows = sqlx::query!(
        r#"
        SELECT
            organisations.id,
            organisations.kind AS "kind: PrescriberKind",
            siret AS "siret: Siret",
            closed_at IS NOT NULL AS "is_closed!",
            code_safir
        FROM organisations
        JOIN prescriber_organisations ON prescriber_organisations.organisation_id = organisations.id
        "#,
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut known = Known::default();
    let mut authorised = Vec::new();
    for row in rows {
        if let Some(safir) = row.code_safir {
            known.by_safir.insert(safir, row.id);
        } else {
            known.without_safir.insert(row.id);
        }
        if let Some(siret) = row.siret {
            if row.kind == PrescriberKind::Ohpd {
                authorised.push((siret.clone(), row.id));
            }
            // One that another replaced left it: its heir may have it, and it is found by its past else.
            if !row.is_closed {
                known.by_siret.insert((siret, row.kind), row.id);
            }
        }
    }
    for former in former(tx).await? {
        known.was(former.siret, former.kind, former.id);
    }
    // Before what they were was kept: files know no OHPD but as « Autre ».
    for (siret, id) in authorised {
        known.was(siret, PrescriberKind::Other, id);
    }
    Ok(known)
}

/// An organisation, by a kind it had.
struct Former {
    id: OrganisationId,
    kind: PrescriberKind,
    siret: Siret,
}

/// What organisations were under the SIRET they have, the latest first.
async fn former(tx: &mut PgConnection) -> sqlx::Result<Vec<Former>> {
    sqlx::query_as!(
        Former,
        r#"
        SELECT h.organisation_id AS "id: OrganisationId"
             , h.kind AS "kind: PrescriberKind"
             , h.siret AS "siret: Siret"
        FROM organisation_sirets h
        JOIN organisations o ON o.id = h.organisation_id AND o.siret = h.siret
        WHERE h.family = 'prescriber' AND NOT upper_inf(h.held)
        ORDER BY lower(h.held) DESC
               , h.organisation_id
        LIMIT 1000000
        "#,
    )
    .fetch_all(tx)
    .await
}

/// Writes organisations. Name and address are the file's until an administrator publishes them (PRE-27); what the file leaves
/// empty stays, and so does the authorisation of an organisation that exists (PRE-7, PRE-8).
pub(super) async fn save(
    tx: &mut PgConnection,
    rows: &[Identified],
    now: DateTime<Utc>,
) -> sqlx::Result<Written> {
    let ids: Vec<Uuid> = rows.iter().map(|identified| identified.id.0).collect();
    let kinds: Vec<String> = rows.iter().map(|identified| identified.row.kind.code().to_owned()).collect();
    let written = save_organisations(tx, rows, &ids, &kinds, now).await?;
    let particular = save_prescribers(tx, rows, &ids, &kinds, now).await?;
    // An organisation whose SAFIR code alone is new was changed too.
    let known: HashSet<_> = written.iter().map(|(id, _)| *id).collect();
    let only_particular = particular.into_iter().filter(|id| !known.contains(id)).map(|id| (id, false));
    let written: Vec<_> = written.iter().copied().chain(only_particular).collect();
    let authorisations: HashMap<_, _> =
        rows.iter().map(|identified| (identified.id, identified.row.authorisation)).collect();
    Ok(Written::trace(rows.len(), &written, |id, inserted| {
        organisation_written(id, inserted, authorisations.get(&id).copied())
    }))
}

/// Writes what is common to all organisations, and says which rows it touched, and which were new.
async fn save_organisations(
    tx: &mut PgConnection,
    rows: &[Identified],
    ids: &[Uuid],
    kinds: &[String],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<(OrganisationId, bool)>> {
    let rows: Vec<_> = rows.iter().map(|identified| &identified.row).collect();
    let sirets: Vec<Option<String>> =
        rows.iter().map(|row| row.siret.as_ref().map(ToString::to_string)).collect();
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    let lines_1: Vec<Option<String>> = rows.iter().map(|row| row.address.line_1.clone()).collect();
    let lines_2: Vec<Option<String>> = rows.iter().map(|row| row.address.line_2.clone()).collect();
    let post_codes: Vec<String> = rows.iter().map(|row| row.address.post_code.clone()).collect();
    let cities: Vec<Option<String>> = rows.iter().map(|row| row.address.city.clone()).collect();
    let departments: Vec<String> = rows.iter().map(|row| row.address.department.clone()).collect();
    let latitudes: Vec<Option<f64>> =
        rows.iter().map(|row| row.address.position.map(|(lat, _)| lat)).collect();
    let longitudes: Vec<Option<f64>> =
        rows.iter().map(|row| row.address.position.map(|(_, lon)| lon)).collect();
    let written = sqlx::query!(
        r#"
        INSERT INTO organisations (
            id, family, kind, siret, name, address_line_1, address_line_2, post_code, city, department_code,
            latitude, longitude, created_at, updated_at
        )
        SELECT
            file.id,
            'prescriber',
            file.kind,
            coalesce(file.siret, known.siret),
            file.name,
            coalesce(file.address_line_1, known.address_line_1, ''),
            coalesce(file.address_line_2, known.address_line_2, ''),
            file.post_code,
            coalesce(file.city, known.city, ''),
            file.department_code,
            coalesce(file.latitude, known.latitude),
            coalesce(file.longitude, known.longitude),
            $12,
            $12
        FROM unnest(
            $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::float8[], $11::float8[]
        ) AS file (
            id, kind, siret, name, address_line_1, address_line_2, post_code, city, department_code, latitude,
            longitude
        )
        LEFT JOIN organisations AS known ON known.id = file.id
        ON CONFLICT (id) DO UPDATE
        SET
            siret = excluded.siret,
            name = CASE
                WHEN organisations.profile_published_at IS NULL THEN excluded.name ELSE organisations.name
            END,
            address_line_1 = CASE
                WHEN organisations.profile_published_at IS NULL THEN excluded.address_line_1 ELSE organisations.address_line_1
            END,
            address_line_2 = CASE
                WHEN organisations.profile_published_at IS NULL THEN excluded.address_line_2 ELSE organisations.address_line_2
            END,
            post_code = CASE
                WHEN organisations.profile_published_at IS NULL THEN excluded.post_code ELSE organisations.post_code
            END,
            city = CASE
                WHEN organisations.profile_published_at IS NULL THEN excluded.city ELSE organisations.city
            END,
            department_code = CASE
                WHEN organisations.profile_published_at IS NULL THEN excluded.department_code ELSE organisations.department_code
            END,
            latitude = CASE
                WHEN organisations.profile_published_at IS NULL THEN excluded.latitude ELSE organisations.latitude
            END,
            longitude = CASE
                WHEN organisations.profile_published_at IS NULL THEN excluded.longitude ELSE organisations.longitude
            END,
            updated_at = excluded.updated_at
        WHERE organisations.siret IS DISTINCT FROM excluded.siret OR (
            organisations.profile_published_at IS NULL AND (
                organisations.name, organisations.address_line_1, organisations.address_line_2,
                organisations.post_code, organisations.city, organisations.department_code, organisations.latitude,
                organisations.longitude
            ) IS DISTINCT FROM (
                excluded.name, excluded.address_line_1, excluded.address_line_2, excluded.post_code, excluded.city,
                excluded.department_code, excluded.latitude, excluded.longitude
            )
        )
        RETURNING id, xmax = 0 AS "inserted!"
        "#,
        ids,
        kinds,
        &sirets as &[Option<String>],
        &names,
        &lines_1 as &[Option<String>],
        &lines_2 as &[Option<String>],
        &post_codes,
        &cities as &[Option<String>],
        &departments,
        &latitudes as &[Option<f64>],
        &longitudes as &[Option<f64>],
        now,
    )
    .fetch_all(tx)
    .await?;
    Ok(written.into_iter().map(|row| (row.id, row.inserted)).collect())
}

/// Writes what is particular to prescribers, and says which rows it touched. An authorised delegate of a département
/// council follows its BRSA (PRE-5).
async fn save_prescribers(
    tx: &mut PgConnection,
    rows: &[Identified],
    ids: &[Uuid],
    kinds: &[String],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<OrganisationId>> {
    let statuses: Vec<String> =
        rows.iter().map(|identified| identified.row.authorisation.code().to_owned()).collect();
    let safirs: Vec<Option<String>> = rows.iter().map(|identified| identified.row.safir.clone()).collect();
    sqlx::query_scalar!(
        r#"
        INSERT INTO prescriber_organisations
            (organisation_id, kind, authorisation_status, authorisation_updated_at, code_safir, is_brsa)
        SELECT
            id,
            kind,
            status,
            CASE WHEN status <> $5 THEN $6::timestamptz END,
            code_safir,
            status = $7 AND kind = $8
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS file (id, kind, status, code_safir)
        ON CONFLICT (organisation_id) DO UPDATE SET code_safir = excluded.code_safir
        WHERE excluded.code_safir IS NOT NULL
            AND prescriber_organisations.code_safir IS DISTINCT FROM excluded.code_safir
        RETURNING organisation_id
        "#,
        ids,
        kinds,
        &statuses,
        &safirs as &[Option<String>],
        AuthorisationStatus::NotSet.code(),
        now,
        AuthorisationStatus::Validated.code(),
        PrescriberKind::Odc.code(),
    )
    .fetch_all(tx)
    .await
}
