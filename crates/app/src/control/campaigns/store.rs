//! Campaigns in and out of the database.

mod draw;
mod row;

use iae_domain::Changed;
use iae_domain::control::{Calendar, ControlCampaign, StepRefused, Turning};
use iae_domain::ids::{ControlCampaignId, OrganisationId, uuid_at};
use iae_domain::time::Period;
use uuid::Uuid;

use crate::db::{ensure_one_row, ensure_rows};
use crate::error::{Error, Result};
use crate::{Db, Failure, Work};
pub(super) use draw::{archived, freeze_list, list, sample, save_launch};
use row::Row;

/// A campaign, locked: nothing of it, nor of its controls, changes meanwhile.
pub(in super::super) async fn lock(
    work: &mut Work<'_>,
    id: ControlCampaignId,
) -> Result<Option<ControlCampaign>> {
    sqlx::query!("SELECT 1 AS locked FROM control_campaigns WHERE id = $1 FOR UPDATE", id as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    Ok(read(work.db(), id).await?.map(|(campaign, _)| campaign))
}

/// A campaign, and the public value of its draw once it is known.
pub(in super::super) async fn read(
    db: impl sqlx::PgExecutor<'_>,
    id: ControlCampaignId,
) -> Result<Option<(ControlCampaign, Option<String>)>> {
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT c.id AS "id: ControlCampaignId"
             , c.institution_id AS "institution: OrganisationId"
             , d.launch_on
             , d.adversarial_from
             , c.hired_from
             , c.hired_to
             , c.ratio
             , c.ratio_set_at
             , c.list_frozen_at
             , c.list_digest
             , c.value_name
             , c.value
             , c.launched_at
             , c.adversarial_at
             , c.submissions_frozen_at
             , c.freeze_notified_at
             , c.ended_at
        FROM control_campaigns c
        JOIN control_calendars d ON d.id = c.calendar_id
        WHERE c.id = $1
        "#,
        id as _,
    );
    row.fetch_optional(db).await?.map(Row::read).transpose()
}

/// Which of these are DDETS IAE, all of them when none is named; no other campaign of theirs is opened meanwhile.
pub(super) async fn lock_ddets(
    work: &mut Work<'_>,
    wanted: &[OrganisationId],
) -> Result<Vec<OrganisationId>> {
    let wanted: Vec<Uuid> = wanted.iter().map(|id| id.0).collect();
    let ddets = sqlx::query_scalar!(
        r#"
        SELECT i.organisation_id AS "id: OrganisationId"
        FROM institutions i
        JOIN organisations o ON o.id = i.organisation_id
        WHERE o.kind = 'DDETS IAE' AND (i.organisation_id = ANY($1) OR cardinality($1::uuid[]) = 0)
        ORDER BY i.organisation_id
        LIMIT 1000
        FOR UPDATE OF i
        "#,
        &wanted,
    )
    .fetch_all(work.db())
    .await?;
    work.locked();
    Ok(ddets)
}

/// Those of these institutions that control some of these days already.
pub(super) async fn overlapping(
    work: &mut Work<'_>,
    institutions: &[OrganisationId],
    hired: Period,
) -> Result<Vec<OrganisationId>> {
    let institutions: Vec<Uuid> = institutions.iter().map(|id| id.0).collect();
    let overlapping = sqlx::query_scalar!(
        r#"
        SELECT DISTINCT institution_id AS "id: OrganisationId"
        FROM control_campaigns
        WHERE institution_id = ANY($1) AND hired_from <= $3 AND hired_to >= $2
        ORDER BY 1
        LIMIT 1000
        "#,
        &institutions,
        hired.start,
        hired.end,
    );
    Ok(overlapping.fetch_all(work.db()).await?)
}

/// Writes days that campaigns of this name share, unless they are there.
async fn insert_calendar(work: &mut Work<'_>, name: &str, calendar: Calendar) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO control_calendars (id, name, launch_on, adversarial_from)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (name) DO NOTHING
        "#,
        uuid_at(now),
        name,
        calendar.launch_on,
        calendar.adversarial_from,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Writes campaigns that open, with their audit rows and mails, under days of this name that they share. Those of campaigns that are
/// open already stay those everyone was told: others are refused.
pub(super) async fn insert_all(
    work: &mut Work<'_>,
    opened: Vec<Changed<ControlCampaign>>,
    calendar: Calendar,
    name: &str,
) -> Result<(), Failure<StepRefused>> {
    let campaigns: Vec<_> = opened.into_iter().map(|changed| work.keep(changed)).collect();
    let ids: Vec<Uuid> = campaigns.iter().map(|campaign| campaign.id.0).collect();
    let institutions: Vec<Uuid> = campaigns.iter().map(|campaign| campaign.institution.0).collect();
    let Some(hired) = campaigns.first().map(|campaign| campaign.hired) else { return Ok(()) };
    let now = work.now();
    insert_calendar(work, name, calendar).await?;
    let days =
        sqlx::query!("SELECT launch_on, adversarial_from FROM control_calendars WHERE name = $1", name)
            .fetch_one(work.db())
            .await?;
    if (days.launch_on, days.adversarial_from) != (calendar.launch_on, calendar.adversarial_from) {
        return Err(StepRefused::OtherDays.into());
    }
    let result = sqlx::query!(
        r#"
        INSERT INTO control_campaigns (id, institution_id, calendar_id, name, hired_from, hired_to, created_at)
        SELECT opened.id, opened.institution, d.id, d.name, $4, $5, $6
        FROM unnest($1::uuid[], $2::uuid[]) AS opened (id, institution)
        JOIN control_calendars d ON d.name = $3
        "#,
        &ids,
        &institutions,
        name,
        hired.start,
        hired.end,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, campaigns.len(), "control_campaigns")?;
    Ok(())
}

/// Writes what changed of a campaign, with its audit row.
pub(in super::super) async fn save(work: &mut Work<'_>, changed: Changed<ControlCampaign>) -> Result<()> {
    let campaign = work.keep(changed);
    update(work, &campaign, None).await
}

/// Writes the turn of a campaign, with the audit rows and the mails; its controls are to be written.
pub(super) async fn save_turning(work: &mut Work<'_>, changed: Changed<Turning>) -> Result<Turning> {
    let turning = work.keep(changed);
    update(work, &turning.campaign, None).await?;
    Ok(turning)
}

async fn update(work: &mut Work<'_>, campaign: &ControlCampaign, value: Option<&str>) -> Result<()> {
    let list = campaign.list.as_ref();
    let result = sqlx::query!(
        r#"
        UPDATE control_campaigns
        SET ratio = $2
          , ratio_set_at = $3
          , list_frozen_at = $4
          , list_digest = $5
          , value_name = $6
          , value = coalesce(value, $7)
          , launched_at = $8
          , adversarial_at = $9
          , freeze_notified_at = $10
          , ended_at = $11
          , submissions_frozen_at = $12
        WHERE id = $1
        "#,
        campaign.id as _,
        i16::from(campaign.ratio.percent()),
        campaign.ratio_set_at,
        list.map(|list| list.frozen_at),
        list.map(|list| list.digest.0.to_vec()),
        list.map(|list| list.value_name.as_str()),
        value,
        campaign.launched_at,
        campaign.adversarial_at,
        campaign.freeze_notified_at,
        campaign.ended_at,
        campaign.submissions_frozen_at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "control_campaigns")
}

/// The campaigns that were launched and not closed.
pub(in super::super) async fn running(db: &Db) -> Result<Vec<ControlCampaignId>> {
    let running = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: ControlCampaignId"
        FROM control_campaigns
        WHERE launched_at IS NOT NULL AND ended_at IS NULL
        ORDER BY id
        LIMIT 10000
        "#,
    );
    Ok(running.fetch_all(db).await?)
}

/// A column that its own check bounds, read.
fn bounded<T>(value: Option<T>, column: &str, id: ControlCampaignId) -> Result<T> {
    value.ok_or_else(|| Error::inconsistent("control_campaigns", column, id))
}
