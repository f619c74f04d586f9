//! Writes what the flow changes, by batches.

mod ends;
mod sirets;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::organisations::sync::{
    AnnexChanges, CompanyChange, EndedCompany, NewCompany, Plan, SyncedConvention,
};
use iae_domain::organisations::{CompanySource, OrganisationFamily};
use uuid::Uuid;

use super::Structure;
use crate::Work;
use crate::db::ensure_rows;
use crate::error::{Error, Result};
use ends::{delete_companies, delete_conventions};

/// Rows written by one statement.
const BATCH: usize = 1000;

/// What was to be deleted, and stays.
pub(super) struct Staying {
    /// Companies that something still holds.
    pub(super) companies: Vec<EndedCompany>,
    /// How many conventions stay with them.
    pub(super) conventions: usize,
}

/// Writes the plan.
pub(super) async fn write(
    work: &mut Work<'_>,
    plan: Plan,
    rows: &HashMap<u64, Structure>,
) -> Result<Staying> {
    save_conventions(work, plan.conventions).await?;
    save_companies(work, plan.companies).await?;
    create_companies(work, plan.created, rows).await?;
    save_annexes(work, plan.annexes).await?;
    let companies = delete_companies(work, plan.ended).await?;
    let conventions = delete_conventions(work, plan.left_conventions).await?;
    Ok(Staying { companies, conventions })
}

async fn save_conventions(work: &mut Work<'_>, changed: Vec<Changed<SyncedConvention>>) -> Result<()> {
    let now = work.now();
    let conventions: Vec<SyncedConvention> = changed.into_iter().map(|one| work.keep(one)).collect();
    for batch in conventions.chunks(BATCH) {
        let kinds: Vec<String> = batch.iter().map(|one| one.key.kind.code().to_owned()).collect();
        let sirets: Vec<String> = batch.iter().map(|one| one.siret_signature.to_string()).collect();
        let ends: Vec<Option<DateTime<Utc>>> = batch.iter().map(|one| one.deactivated_at).collect();
        let result = sqlx::query!(
            r#"
            INSERT INTO conventions (id, asp_id, kind, siret_signature, is_active, deactivated_at, created_at)
            SELECT flow.*, $7
            FROM unnest($1::uuid[], $2::int4[], $3::text[], $4::text[], $5::bool[], $6::timestamptz[]) AS flow
            ON CONFLICT (id) DO UPDATE
            SET
                asp_id = excluded.asp_id,
                siret_signature = excluded.siret_signature,
                is_active = excluded.is_active,
                deactivated_at = excluded.deactivated_at
            "#,
            &batch.iter().map(|one| one.id.0).collect::<Vec<Uuid>>(),
            &batch.iter().map(|one| one.key.asp_id).collect::<Vec<_>>(),
            &kinds,
            &sirets,
            &batch.iter().map(|one| one.is_active).collect::<Vec<_>>(),
            &ends as &[Option<DateTime<Utc>>],
            now,
        )
        .execute(work.db())
        .await?;
        ensure_rows(&result, batch.len(), "conventions")?;
    }
    Ok(())
}

async fn save_companies(work: &mut Work<'_>, changed: Vec<Changed<CompanyChange>>) -> Result<()> {
    let changes: Vec<CompanyChange> = changed.into_iter().map(|one| work.keep(one)).collect();
    for batch in changes.chunks(BATCH) {
        let companies: Vec<_> = batch.iter().map(|change| &change.company).collect();
        let sources: Vec<String> = companies.iter().map(|one| one.source.code().to_owned()).collect();
        let conventions: Vec<Option<Uuid>> =
            companies.iter().map(|one| one.convention.map(|convention| convention.0)).collect();
        let emails: Vec<Option<String>> = companies.iter().map(|one| one.auth_email.clone()).collect();
        let hidden: Vec<Option<DateTime<Utc>>> = companies.iter().map(|one| one.hidden_at).collect();
        let result = sqlx::query!(
            r#"
            UPDATE companies
            SET
                source = flow.source,
                convention_id = flow.convention_id,
                auth_email = flow.auth_email,
                is_searchable = flow.is_searchable,
                hidden_at = flow.hidden_at
            FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::bool[], $6::timestamptz[])
                AS flow (id, source, convention_id, auth_email, is_searchable, hidden_at)
            WHERE companies.organisation_id = flow.id
            "#,
            &companies.iter().map(|one| one.id.0).collect::<Vec<Uuid>>(),
            &sources,
            &conventions as &[Option<Uuid>],
            &emails as &[Option<String>],
            &companies.iter().map(|one| one.is_searchable).collect::<Vec<_>>(),
            &hidden as &[Option<DateTime<Utc>>],
        )
        .execute(work.db())
        .await?;
        ensure_rows(&result, batch.len(), "companies")?;
    }
    sirets::save(work, &changes).await
}

/// A company that comes in is found, takes spontaneous applications (CMP-36), and shows no address (CMP-7).
async fn create_companies(
    work: &mut Work<'_>,
    changed: Vec<Changed<NewCompany>>,
    rows: &HashMap<u64, Structure>,
) -> Result<()> {
    let created: Vec<NewCompany> = changed.into_iter().map(|one| work.keep(one)).collect();
    for batch in created.chunks(BATCH) {
        let pairs = batch.iter().map(|one| rows.get(&one.line).map(|row| (one, row)));
        let missing = || Error::Internal("a structure of the flow lost its row".to_owned(), None);
        let pairs = pairs.collect::<Option<Vec<_>>>().ok_or_else(missing)?;
        insert_organisations(work, &pairs).await?;
        insert_companies(work, batch).await?;
    }
    Ok(())
}

async fn insert_organisations(work: &mut Work<'_>, batch: &[(&NewCompany, &Structure)]) -> Result<()> {
    let now = work.now();
    let text = |of: fn(&Structure) -> String| batch.iter().map(|(_, row)| of(row)).collect::<Vec<String>>();
    let latitudes: Vec<Option<f64>> =
        batch.iter().map(|(_, row)| row.address.position.map(|(latitude, _)| latitude)).collect();
    let longitudes: Vec<Option<f64>> =
        batch.iter().map(|(_, row)| row.address.position.map(|(_, longitude)| longitude)).collect();
    let result = sqlx::query!(
        r#"
        INSERT INTO organisations (
            id, kind, siret, name, address_line_1, address_line_2, post_code, city, department_code, latitude,
            longitude, family, created_at, updated_at
        )
        SELECT flow.*, $12, $13, $13
        FROM unnest(
            $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::float8[], $11::float8[]
        ) AS flow
        "#,
        &batch.iter().map(|(one, _)| one.id.0).collect::<Vec<Uuid>>(),
        &text(|row| row.key.kind.code().to_owned()),
        &text(|row| row.siret.to_string()),
        &text(|row| row.name.clone()),
        &text(|row| row.address.line_1.clone().unwrap_or_default()),
        &text(|row| row.address.line_2.clone().unwrap_or_default()),
        &text(|row| row.address.post_code.clone()),
        &text(|row| row.address.city.clone().unwrap_or_default()),
        &text(|row| row.address.department.clone()),
        &latitudes as &[Option<f64>],
        &longitudes as &[Option<f64>],
        OrganisationFamily::Company.code(),
        now,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, batch.len(), "organisations")
}

async fn insert_companies(work: &mut Work<'_>, batch: &[NewCompany]) -> Result<()> {
    let now = work.now();
    let emails: Vec<String> = batch.iter().map(|one| one.filed.auth_email.as_str().to_owned()).collect();
    let result = sqlx::query!(
        r#"
        INSERT INTO companies (organisation_id, convention_id, auth_email, source, spontaneous_open_since)
        SELECT flow.*, $4, $5
        FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS flow
        "#,
        &batch.iter().map(|one| one.id.0).collect::<Vec<Uuid>>(),
        &batch.iter().map(|one| one.convention.0).collect::<Vec<Uuid>>(),
        &emails,
        CompanySource::Asp.code(),
        now,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, batch.len(), "companies")
}

async fn save_annexes(work: &mut Work<'_>, changed: Vec<Changed<AnnexChanges>>) -> Result<()> {
    let changes: Vec<AnnexChanges> = changed.into_iter().map(|one| work.keep(one)).collect();
    let removed: Vec<String> = changes.iter().flat_map(|of| &of.removed).map(ToString::to_string).collect();
    for batch in removed.chunks(BATCH) {
        let result = sqlx::query!("DELETE FROM financial_annexes WHERE number = ANY ($1)", batch)
            .execute(work.db())
            .await?;
        ensure_rows(&result, batch.len(), "financial_annexes")?;
    }
    let written: Vec<_> =
        changes.iter().flat_map(|of| of.written.iter().map(|annex| (of.convention, annex))).collect();
    for batch in written.chunks(BATCH) {
        let numbers: Vec<String> = batch.iter().map(|(_, annex)| annex.number.to_string()).collect();
        let states: Vec<String> = batch.iter().map(|(_, annex)| annex.state.code().to_owned()).collect();
        let result = sqlx::query!(
            r#"
            INSERT INTO financial_annexes (number, convention_id, state, starts_on, ends_on)
            SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::date[], $5::date[])
            ON CONFLICT (number) DO UPDATE
            SET
                convention_id = excluded.convention_id,
                state = excluded.state,
                starts_on = excluded.starts_on,
                ends_on = excluded.ends_on
            "#,
            &numbers,
            &batch.iter().map(|(convention, _)| convention.0).collect::<Vec<Uuid>>(),
            &states,
            &batch.iter().map(|(_, annex)| annex.first_day).collect::<Vec<_>>(),
            &batch.iter().map(|(_, annex)| annex.last_day).collect::<Vec<_>>(),
        )
        .execute(work.db())
        .await?;
        ensure_rows(&result, batch.len(), "financial_annexes")?;
    }
    Ok(())
}
