//! Campaigns in and out of the database.

mod row;

use chrono::NaiveDate;
use iae_domain::Changed;
use iae_domain::control::{
    Calendar, ControlCampaign, DrawnCompany, FrozenList, Launch, Line, StepRefused, Turning,
};
use iae_domain::ids::{ApplicationId, ControlCampaignId, OrganisationId, uuid_at};
use iae_domain::time::Period;
use uuid::Uuid;

use crate::db::{ensure_one_row, ensure_rows};
use crate::error::{Error, Result};
use crate::{Db, Failure, Work};
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

/// Writes the list of what can be drawn now (rule book 04 §1.5), of PASS of this platform (D10), and what `freeze` publishes of it,
/// with the audit row.
pub(super) async fn freeze_list(
    work: &mut Work<'_>,
    campaign: &ControlCampaign,
    freeze: impl FnOnce(&FrozenList) -> Result<Changed<ControlCampaign>, StepRefused>,
) -> Result<(), Failure<StepRefused>> {
    campaign.ensure_list_is_open()?;
    let prefix = work.app.config.pass_prefix.as_str();
    // People first, as everywhere: whoever cancels a hire meanwhile waits, and is not waited for.
    sqlx::query!(
        r#"
        SELECT 1 AS locked
        FROM candidates
        WHERE id IN (SELECT candidate_id FROM hires_to_control($1, $2, $3, $4))
        ORDER BY id
        FOR KEY SHARE
        "#,
        campaign.institution as _,
        campaign.hired.start,
        campaign.hired.end,
        prefix,
    )
    .fetch_all(work.db())
    .await?;
    let lines = sqlx::query_as!(
        LineRow,
        r#"
        INSERT INTO control_list_lines
            (campaign_id, application_id, company_id, candidate_id, starts_on, pass_number, criteria, certified)
        SELECT $1, application_id, company_id, candidate_id, starts_on, pass_number, criteria, certified
        FROM hires_to_control($2, $3, $4, $5)
        RETURNING company_id AS "company: OrganisationId"
                , application_id AS "hire: ApplicationId"
                , starts_on
        "#,
        campaign.id as _,
        campaign.institution as _,
        campaign.hired.start,
        campaign.hired.end,
        prefix,
    )
    .fetch_all(work.db())
    .await?;
    let campaign = work.keep(freeze(&frozen(lines))?);
    update(work, &campaign, None).await?;
    Ok(())
}

/// Writes that the SIAE were drawn, with the audit row and the mail to the DDETS; what was drawn is to be written.
pub(super) async fn save_launch(work: &mut Work<'_>, changed: Changed<Launch>) -> Result<Launch> {
    let launch = work.keep(changed);
    update(work, &launch.campaign, Some(&launch.value)).await?;
    Ok(launch)
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

/// A hire that can be drawn, as its columns have it.
struct LineRow {
    company: OrganisationId,
    hire: ApplicationId,
    starts_on: NaiveDate,
}

impl From<LineRow> for Line {
    fn from(row: LineRow) -> Self {
        Self { company: row.company, hire: row.hire, starts_on: row.starts_on }
    }
}

fn frozen(lines: Vec<LineRow>) -> FrozenList {
    FrozenList::freeze(lines.into_iter().map(Line::from))
}

/// The frozen list, as it is kept.
pub(super) async fn list(db: impl sqlx::PgExecutor<'_>, campaign: ControlCampaignId) -> Result<FrozenList> {
    let lines = sqlx::query_as!(
        LineRow,
        r#"
        SELECT company_id AS "company: OrganisationId"
             , application_id AS "hire: ApplicationId"
             , starts_on
        FROM control_list_lines
        WHERE campaign_id = $1
        ORDER BY application_id
        LIMIT 1000000
        "#,
        campaign as _,
    );
    Ok(frozen(lines.fetch_all(db).await?))
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

/// What is controlled, under the SIAE the list names, in the order of a draw; what was archived is not there any more.
pub(super) async fn sample(
    db: impl sqlx::PgExecutor<'_>,
    campaign: ControlCampaignId,
) -> Result<Vec<DrawnCompany>> {
    let drawn = sqlx::query!(
        r#"
        SELECT l.company_id AS "company: OrganisationId"
             , array_agg(h.application_id ORDER BY h.application_id) AS "hires!: Vec<Uuid>"
        FROM controls c
        JOIN control_hires h ON h.control_id = c.id
        JOIN control_list_lines l ON l.campaign_id = c.campaign_id AND l.application_id = h.application_id
        WHERE c.campaign_id = $1
        GROUP BY l.company_id
        ORDER BY l.company_id
        LIMIT 10000
        "#,
        campaign as _,
    )
    .fetch_all(db)
    .await?;
    let read = |hires: Vec<Uuid>| hires.into_iter().map(ApplicationId).collect();
    Ok(drawn.into_iter().map(|row| DrawnCompany { company: row.company, hires: read(row.hires) }).collect())
}

/// A column that its own check bounds, read.
fn bounded<T>(value: Option<T>, column: &str, id: ControlCampaignId) -> Result<T> {
    value.ok_or_else(|| Error::inconsistent("control_campaigns", column, id))
}
