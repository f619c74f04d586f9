//! The frozen list of a campaign and what was drawn of it, in and out of the database.

use chrono::NaiveDate;
use iae_domain::Changed;
use iae_domain::control::{Calendar, ControlCampaign, DrawnCompany, FrozenList, Launch, Line, StepRefused};
use iae_domain::ids::{ApplicationId, ControlCampaignId, OrganisationId};
use iae_domain::time::paris_date;
use uuid::Uuid;

use super::{insert_calendar, update};
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::{Failure, Work};

/// Writes the list of what can be drawn now (rule book 04 §1.5), of PASS of this platform (D10), and what `freeze` publishes of it,
/// with the audit row.
pub(in super::super) async fn freeze_list(
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
pub(in super::super) async fn save_launch(work: &mut Work<'_>, changed: Changed<Launch>) -> Result<Launch> {
    let launch = work.keep(changed);
    update(work, &launch.campaign, Some(&launch.value)).await?;
    if launch.is_moved {
        follow_days_of_its_own(work, &launch.campaign).await?;
    }
    Ok(launch)
}

/// A campaign launched too late for the days it shares has others: those of any campaign of the same hires launched that day.
async fn follow_days_of_its_own(work: &mut Work<'_>, campaign: &ControlCampaign) -> Result<()> {
    let Calendar { launch_on, adversarial_from } = campaign.calendar;
    let name = ControlCampaign::name_of_moved(campaign.hired, paris_date(work.now()));
    insert_calendar(work, name.as_str(), campaign.calendar).await?;
    let result = sqlx::query!(
        r#"
        UPDATE control_campaigns c
        SET calendar_id = d.id
        FROM control_calendars d
        WHERE c.id = $1
          AND d.name = $2
          AND d.launch_on = $3
          AND d.adversarial_from = $4
        "#,
        campaign.id as _,
        name.as_str(),
        launch_on,
        adversarial_from,
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
pub(in super::super) async fn list(
    db: impl sqlx::PgExecutor<'_>,
    campaign: ControlCampaignId,
) -> Result<FrozenList> {
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

/// What is controlled, under the SIAE the list names, in the order of a draw; what was archived is not there any more.
pub(in super::super) async fn sample(
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

/// How many hires were controlled of each SIAE whose detail was archived (§1.20).
pub(in super::super) async fn archived(
    db: impl sqlx::PgExecutor<'_>,
    campaign: ControlCampaignId,
) -> Result<Vec<usize>> {
    let archived = sqlx::query_scalar!(
        r#"
        SELECT archived_hires AS "hires!"
        FROM controls
        WHERE campaign_id = $1 AND archived_hires IS NOT NULL
        ORDER BY id
        LIMIT 10000
        "#,
        campaign as _,
    );
    let counts = archived.fetch_all(db).await?;
    Ok(counts.into_iter().map(|hires| usize::from(hires.unsigned_abs())).collect())
}
