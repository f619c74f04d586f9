//! What moves, in the database: statements that each move all of one thing, and never wait for each other the other way round.

pub(super) mod close;
pub(super) mod hires;
pub(super) mod members;
pub(super) mod pass;
pub(super) mod people;
pub(super) mod profile;

use iae_domain::Changed;
use iae_domain::ids::{OrganisationId, UserId, uuid_at};
use iae_domain::organisations::merger::Merged;
use iae_domain::organisations::transfer::{Count, Plan, TransferKind};
use iae_domain::staff::SupportRemark;
use sqlx::types::Json;

use super::carry_out;
use crate::Work;
use crate::db::ensure_rows;
use crate::error::{Error, Result};

/// What is kept of a merger or a transfer, for both.
pub(super) struct Report<'a> {
    pub kind: TransferKind,
    pub moved: Vec<Count>,
    pub closes_source: bool,
    pub remark: &'a SupportRemark,
}

/// Locks two organisations, and whoever they hired or follow: first people, as whatever changes a parcours does (rule book 03 §8), then
/// organisations, each in the order of their ids. Nothing that refers to either comes before the transaction ends.
pub(crate) async fn lock(work: &mut Work<'_>, source: OrganisationId, target: OrganisationId) -> Result<()> {
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "people!"
        FROM (
            SELECT
            FROM candidates c
            WHERE c.id IN (
                SELECT a.candidate_id
                FROM applications a
                WHERE a.company_id = $1 OR a.sender_organisation_id = $1
                UNION
                SELECT d.candidate_id
                FROM eligibility_diagnoses d
                WHERE d.organisation_id = $1
                UNION
                SELECT p.candidate_id
                FROM prolongation_requests q
                JOIN passes p ON p.id = q.pass_id
                WHERE q.company_id = $1 OR q.prescriber_organisation_id = $1
            )
            ORDER BY c.id
            FOR NO KEY UPDATE OF c
        ) AS locked
        "#,
        source as _,
    )
    .fetch_one(work.db())
    .await?;
    let locked = sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "both!"
        FROM (
            SELECT
            FROM organisations o
            WHERE o.id IN ($1, $2)
            ORDER BY o.id
            FOR UPDATE OF o
        ) AS locked
        "#,
        source as _,
        target as _,
    )
    .fetch_one(work.db())
    .await?;
    if locked < 2 {
        return Err(Error::NotFound);
    }
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "companies!"
        FROM (
            SELECT
            FROM companies c
            WHERE c.organisation_id IN ($1, $2)
            ORDER BY c.organisation_id
            FOR UPDATE OF c
        ) AS locked
        "#,
        source as _,
        target as _,
    )
    .fetch_one(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "prescribers!"
        FROM (
            SELECT
            FROM prescriber_organisations p
            WHERE p.organisation_id IN ($1, $2)
            ORDER BY p.organisation_id
            FOR UPDATE OF p
        ) AS locked
        "#,
        source as _,
        target as _,
    )
    .fetch_one(work.db())
    .await?;
    work.locked();
    Ok(())
}

/// Writes that a company gave another what was chosen, with its audit rows and its report.
pub(super) async fn save_transfer(
    work: &mut Work<'_>,
    changed: Changed<Plan>,
    report: &Report<'_>,
) -> Result<()> {
    carry_out(work, &changed).await?;
    let plan = work.keep(changed);
    keep_report(work, &plan, report).await
}

/// Writes that an organisation became another one, with its audit rows, its mails and its report.
pub(super) async fn save_merged(
    work: &mut Work<'_>,
    changed: Changed<Merged>,
    report: &Report<'_>,
) -> Result<Merged> {
    carry_out(work, &changed).await?;
    close::set_authorisation(work, &changed).await?;
    close::replace(work, &changed).await?;
    let merged = work.keep(changed);
    keep_report(work, &merged.plan, report).await?;
    Ok(merged)
}

async fn keep_report(work: &mut Work<'_>, plan: &Plan, report: &Report<'_>) -> Result<()> {
    let (by, now) = (work.by.user, work.now());
    let written = sqlx::query!(
        r#"
        INSERT INTO organisation_transfers
            (id, kind, source_id, target_id, moved, closes_source, remark, done_by, done_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        uuid_at(now),
        report.kind.code(),
        plan.source as _,
        plan.target as _,
        Json(&report.moved) as _,
        report.closes_source,
        report.remark.as_str(),
        by as Option<UserId>,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&written, 1, "organisation_transfers")
}
