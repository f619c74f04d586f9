//! Controls as they are read, and locked.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{Control, Review, is_in_view};
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{
    ApplicationId, CandidateId, ControlCampaignId, ControlCriterionId, ControlHireId, ControlId,
    OrganisationId,
};
use iae_domain::organisations::CompanyKind;
use sqlx::PgConnection;
use uuid::Uuid;

use super::row::{ControlRow, HireRow, assemble};
use crate::error::Result;
use crate::{Db, Work};

/// Which controls are read: none, when neither is named.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::control) struct Only {
    /// One.
    pub control: Option<ControlId>,
    /// Those of a campaign.
    pub campaign: Option<ControlCampaignId>,
    /// Those of a campaign that is in view on this day.
    pub in_view_on: Option<NaiveDate>,
}

/// Controls, in the order of their ids; without their hires, which [`hires`] reads.
async fn rows(db: impl sqlx::PgExecutor<'_>, only: Only) -> Result<Vec<ControlRow>> {
    let rows = sqlx::query_as!(
        ControlRow,
        r#"
        SELECT c.id AS "id: ControlId"
             , c.campaign_id AS "campaign: ControlCampaignId"
             , k.institution_id AS "institution: OrganisationId"
             , c.company_id AS "company: OrganisationId"
             , coalesce(o.replaced_by, o.id) AS "answering!: OrganisationId"
             , o.kind AS "kind: CompanyKind"
             , k.hired_from
             , k.hired_to
             , k.ended_at
             , d.adversarial_from
             , k.adversarial_at IS NOT NULL AS "is_adversarial!"
             , c.reviewed_at
             , c.final_reviewed_at
             , c.final_state AS "final_state: _"
             , c.frozen_at
             , c.reminded_at
             , c.notified_at
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        JOIN organisations o ON o.id = c.company_id
        -- Each by its index: « or none was given » would read every control there is.
        WHERE c.id IN (
            SELECT one.id FROM controls one WHERE one.id = $1
            UNION ALL
            SELECT drawn.id FROM controls drawn WHERE drawn.campaign_id = $2
        )
        ORDER BY c.id
        LIMIT 10000
        "#,
        only.control as Option<ControlId>,
        only.campaign as Option<ControlCampaignId>,
    );
    let mut rows = rows.fetch_all(db).await?;
    if let Some(today) = only.in_view_on {
        rows.retain(|row| is_in_view(row.hired(), row.ended_at, today));
    }
    Ok(rows)
}

/// The hires of these controls, a row for each criterion that is defended.
async fn hires(db: impl sqlx::PgExecutor<'_>, controls: &[ControlRow]) -> Result<Vec<HireRow>> {
    let controls: Vec<Uuid> = controls.iter().map(|control| control.id.0).collect();
    let rows = sqlx::query_as!(
        HireRow,
        r#"
        SELECT h.control_id AS "control: ControlId"
             , h.id AS "id: ControlHireId"
             , h.application_id AS "application: ApplicationId"
             , h.candidate_id AS "candidate: CandidateId"
             , h.rank
             , h.criteria AS declared
             , h.comment
             , x.id AS "criterion?: ControlCriterionId"
             , x.criterion_code AS "code?: Criterion"
             , x.is_certified AS "is_certified?"
             , x.uploaded_at AS "uploaded_at?"
             , x.submitted_at AS "submitted_at?"
             , x.review AS "review?: Review"
        FROM control_hires h
        LEFT JOIN control_criteria x ON x.hire_id = h.id
        LEFT JOIN eligibility_criteria e ON e.code = x.criterion_code
        WHERE h.control_id = ANY($1)
        ORDER BY h.control_id, h.rank, e.level, e.rank
        LIMIT 1000000
        "#,
        &controls,
    );
    Ok(rows.fetch_all(db).await?)
}

/// Controls as they are read by pages, nothing locked.
pub(in crate::control) async fn read(db: &Db, only: Only) -> Result<Vec<Control>> {
    let rows = rows(db, only).await?;
    let hires = hires(db, &rows).await?;
    assemble(rows, hires)
}

/// Those of a campaign that is locked.
pub(in crate::control) async fn of_campaign(
    db: &mut PgConnection,
    campaign: ControlCampaignId,
) -> Result<Vec<Control>> {
    let rows = rows(&mut *db, Only { campaign: Some(campaign), ..Only::default() }).await?;
    let hires = hires(db, &rows).await?;
    assemble(rows, hires)
}

/// A control, locked; its campaign does not turn meanwhile.
pub(in super::super) async fn lock(work: &mut Work<'_>, id: ControlId) -> Result<Option<Control>> {
    sqlx::query!(
        r#"
        SELECT 1 AS locked
        FROM control_campaigns
        WHERE id = (SELECT c.campaign_id FROM controls c WHERE c.id = $1)
        FOR SHARE
        "#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    sqlx::query!("SELECT 1 AS locked FROM controls WHERE id = $1 FOR UPDATE", id as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    let db = work.db();
    let rows = rows(&mut *db, Only { control: Some(id), ..Only::default() }).await?;
    let hires = hires(db, &rows).await?;
    Ok(assemble(rows, hires)?.pop())
}

/// The control a hire is of.
pub(in super::super) async fn control_of_hire(
    db: impl sqlx::PgExecutor<'_>,
    hire: ControlHireId,
) -> Result<Option<ControlId>> {
    let control = sqlx::query_scalar!(
        r#"SELECT control_id AS "id: ControlId" FROM control_hires WHERE id = $1"#,
        hire as _
    );
    Ok(control.fetch_optional(db).await?)
}

/// The control a criterion is of.
pub(in super::super) async fn control_of_criterion(
    db: impl sqlx::PgExecutor<'_>,
    criterion: ControlCriterionId,
) -> Result<Option<ControlId>> {
    let control = sqlx::query_scalar!(
        r#"
        SELECT h.control_id AS "id: ControlId"
        FROM control_criteria x
        JOIN control_hires h ON h.id = x.hire_id
        WHERE x.id = $1
        "#,
        criterion as _,
    );
    Ok(control.fetch_optional(db).await?)
}

/// What a DDETS says of a hire, and who said it last, as far as the trail keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastComment {
    /// What is said.
    pub comment: String,
    /// Who, and when.
    pub by: Option<(String, DateTime<Utc>)>,
}

/// What is said of a hire now.
pub(in super::super) async fn last_comment(db: &Db, hire: ControlHireId) -> Result<Option<LastComment>> {
    let row = sqlx::query!(
        r#"
        SELECT h.comment
             , last.by
             , last.at AS "at?"
        FROM control_hires h
        LEFT JOIN LATERAL (
            SELECT full_name(u.first_name, u.last_name) AS by
                 , e.at
            FROM audit_events e
            JOIN users u ON u.id = e.actor_id
            WHERE e.subject_kind = 'control'
              AND e.subject_id = h.control_id
              AND e.action = 'control.commented'
              AND e.payload->>'hire' = h.id::text
            ORDER BY e.at DESC, e.seq DESC
            LIMIT 1
        ) AS last ON true
        WHERE h.id = $1
        "#,
        hire as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| LastComment { comment: row.comment, by: row.by.zip(row.at) }))
}
