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
use crate::organisations::store::{Hold, hold, hold_people};

/// What is kept of a merger or a transfer, for both.
pub(super) struct Report<'a> {
    pub kind: TransferKind,
    pub moved: Vec<Count>,
    pub closes_source: bool,
    pub remark: &'a SupportRemark,
}

/// Holds two organisations, and whoever the source hired or follows. Nothing that refers to either comes before the transaction ends.
pub(crate) async fn lock(work: &mut Work<'_>, source: OrganisationId, target: OrganisationId) -> Result<()> {
    hold_people(work, source).await?;
    if hold(work, Hold::Moved, &[source, target], None).await? < 2 {
        return Err(Error::NotFound);
    }
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
