//! Controls in and out of the database.

mod row;

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::control::{
    Chosen, Control, DrawnCompany, DrawnHire, Launch, Review, Reviewed, ReviewedCriterion, Turned,
};
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{
    ApplicationId, CandidateId, ControlCampaignId, ControlCriterionId, ControlHireId, ControlId,
    OrganisationId, UserId, uuid_at,
};
use iae_domain::organisations::CompanyKind;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db::{ensure_one_row, ensure_rows};
use crate::error::{Error, Result};
use crate::{Db, Work, documents};
use row::{ControlRow, HireRow, assemble, criteria};

/// Which controls are read.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Only {
    /// One.
    pub control: Option<ControlId>,
    /// Those of a campaign.
    pub campaign: Option<ControlCampaignId>,
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
             , o.kind AS "kind: CompanyKind"
             , k.ended_at IS NOT NULL AS "is_ended!"
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
        WHERE (c.id = $1 OR $1 IS NULL)
          AND (c.campaign_id = $2 OR $2 IS NULL)
        ORDER BY c.id
        LIMIT 10000
        "#,
        only.control as Option<ControlId>,
        only.campaign as Option<ControlCampaignId>,
    );
    Ok(rows.fetch_all(db).await?)
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
pub(in super::super) async fn read(db: &Db, only: Only) -> Result<Vec<Control>> {
    let rows = rows(db, only).await?;
    let hires = hires(db, &rows).await?;
    assemble(rows, hires)
}

/// Those of a campaign that is locked.
pub(in super::super) async fn of_campaign(
    db: &mut PgConnection,
    campaign: ControlCampaignId,
) -> Result<Vec<Control>> {
    let rows = rows(&mut *db, Only { campaign: Some(campaign), ..Only::default() }).await?;
    let hires = hires(db, &rows).await?;
    assemble(rows, hires)
}

/// A control, locked; its campaign does not turn meanwhile.
pub(super) async fn lock(work: &mut Work<'_>, id: ControlId) -> Result<Option<Control>> {
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
pub(super) async fn control_of_hire(
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
pub(super) async fn control_of_criterion(
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

/// What was drawn, as the frozen list holds it: each SIAE with its kind and its hires, in the order of the draw.
pub(super) async fn drawn(
    work: &mut Work<'_>,
    launch: &Launch,
) -> Result<Vec<((OrganisationId, CompanyKind), Vec<DrawnHire>)>> {
    let hires: Vec<Uuid> = launch.drawn.iter().flat_map(|one| &one.hires).map(|hire| hire.0).collect();
    let rows = sqlx::query!(
        r#"
        SELECT l.application_id AS "application: ApplicationId"
             , l.company_id AS "company: OrganisationId"
             , o.kind AS "kind: CompanyKind"
             , l.candidate_id AS "candidate: CandidateId"
             , l.criteria
             , l.certified
        FROM control_list_lines l
        JOIN organisations o ON o.id = l.company_id
        WHERE l.campaign_id = $1 AND l.application_id = ANY($2)
        ORDER BY l.company_id, l.application_id
        LIMIT 1000000
        "#,
        launch.campaign.id as _,
        &hires,
    )
    .fetch_all(work.db())
    .await?;
    let mut drawn: Vec<((OrganisationId, CompanyKind), Vec<DrawnHire>)> = vec![];
    for row in rows {
        let hire = DrawnHire {
            application: row.application,
            candidate: row.candidate,
            declared: criteria(&row.criteria)?,
            certified: criteria(&row.certified)?,
        };
        match drawn.last_mut() {
            Some(((company, _), hires)) if *company == row.company => hires.push(hire),
            _ => drawn.push(((row.company, row.kind), vec![hire])),
        }
    }
    let count = |drawn: &DrawnCompany| drawn.hires.len();
    let found = drawn.iter().map(|(_, hires)| hires.len()).sum::<usize>();
    if found == launch.drawn.iter().map(count).sum::<usize>() {
        Ok(drawn)
    } else {
        Err(Error::inconsistent("control_list_lines", "application_id", launch.campaign.id))
    }
}

/// Writes the controls of a launch, with their audit rows and mails: a few statements, however many SIAE were drawn.
pub(super) async fn insert_all(work: &mut Work<'_>, drawn: Vec<Changed<Control>>) -> Result<()> {
    let controls: Vec<Control> = drawn.into_iter().map(|changed| work.keep(changed)).collect();
    // People first, as everywhere: whoever cancels a hire meanwhile waits, and is not waited for.
    let people: Vec<Uuid> =
        controls.iter().flat_map(|control| &control.hires).map(|hire| hire.candidate.0).collect();
    sqlx::query!("SELECT 1 AS locked FROM candidates WHERE id = ANY($1) ORDER BY id FOR KEY SHARE", &people)
        .fetch_all(work.db())
        .await?;
    insert_controls(work, &controls).await?;
    insert_hires(work, &controls).await?;
    insert_certified(work, &controls).await
}

async fn insert_controls(work: &mut Work<'_>, controls: &[Control]) -> Result<()> {
    let ids: Vec<Uuid> = controls.iter().map(|control| control.id.0).collect();
    let campaigns: Vec<Uuid> = controls.iter().map(|control| control.campaign.0).collect();
    let companies: Vec<Uuid> = controls.iter().map(|control| control.company.0).collect();
    let reviewed: Vec<_> = controls.iter().map(|control| control.reviewed.finally_at).collect();
    let result = sqlx::query!(
        r#"
        INSERT INTO controls (id, campaign_id, company_id, reviewed_at, final_reviewed_at)
        SELECT id, campaign, company, reviewed, reviewed
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) AS drawn (id, campaign, company, reviewed)
        "#,
        &ids,
        &campaigns,
        &companies,
        &reviewed as &[Option<DateTime<Utc>>],
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, controls.len(), "controls")
}

async fn insert_hires(work: &mut Work<'_>, controls: &[Control]) -> Result<()> {
    let hires: Vec<_> =
        controls.iter().flat_map(|control| control.hires.iter().map(move |hire| (control, hire))).collect();
    let ids: Vec<Uuid> = hires.iter().map(|(_, hire)| hire.id.0).collect();
    let of: Vec<Uuid> = hires.iter().map(|(control, _)| control.id.0).collect();
    let applications: Vec<Uuid> = hires.iter().map(|(_, hire)| hire.application.0).collect();
    let ranks: Vec<i16> =
        hires.iter().map(|(_, hire)| i16::try_from(hire.rank).unwrap_or(i16::MAX)).collect();
    let result = sqlx::query!(
        r#"
        INSERT INTO control_hires
            (id, control_id, application_id, candidate_id, rank, pass_number, starts_on, criteria)
        SELECT drawn.id, c.id, l.application_id, l.candidate_id, drawn.rank, l.pass_number, l.starts_on, l.criteria
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[]) AS drawn (id, control, application, rank)
        JOIN controls c ON c.id = drawn.control
        JOIN control_list_lines l ON l.campaign_id = c.campaign_id AND l.application_id = drawn.application
        "#,
        &ids,
        &of,
        &applications,
        &ranks,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, hires.len(), "control_hires")
}

async fn insert_certified(work: &mut Work<'_>, controls: &[Control]) -> Result<()> {
    let hires = controls.iter().flat_map(|control| &control.hires);
    let certified: Vec<_> = hires.flat_map(|hire| hire.criteria.iter().map(move |one| (hire, one))).collect();
    let ids: Vec<Uuid> = certified.iter().map(|(_, one)| one.id.0).collect();
    let of: Vec<Uuid> = certified.iter().map(|(hire, _)| hire.id.0).collect();
    let people: Vec<Uuid> = certified.iter().map(|(hire, _)| hire.candidate.0).collect();
    let codes: Vec<String> = certified.iter().map(|(_, one)| one.criterion.code().to_owned()).collect();
    let now = work.now();
    let result = sqlx::query!(
        r#"
        INSERT INTO control_criteria
            (id, hire_id, candidate_id, criterion_code, is_certified, uploaded_at, submitted_at, review)
        SELECT id, hire, candidate, code, true, $5, $5, 'accepted'
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS certified (id, hire, candidate, code)
        "#,
        &ids,
        &of,
        &people,
        &codes,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, certified.len(), "control_criteria")
}

/// Writes what an SIAE chose to defend, with its audit row; what it gave up goes with its proof.
pub(super) async fn save_chosen(work: &mut Work<'_>, changed: Changed<Chosen>) -> Result<()> {
    let Chosen { hire, candidate, added, removed } = work.keep(changed);
    for one in &removed {
        documents::delete_all(work, iae_domain::documents::Owner::ControlCriterion(one.id)).await?;
    }
    let removed: Vec<Uuid> = removed.iter().map(|one| one.id.0).collect();
    let result =
        sqlx::query!("DELETE FROM control_criteria WHERE id = ANY($1)", &removed).execute(work.db()).await?;
    ensure_rows(&result, removed.len(), "control_criteria")?;
    let ids: Vec<Uuid> = added.iter().map(|_| uuid_at(work.now())).collect();
    let codes: Vec<String> = added.iter().map(|criterion| criterion.code().to_owned()).collect();
    let result = sqlx::query!(
        r#"
        INSERT INTO control_criteria (id, hire_id, candidate_id, criterion_code)
        SELECT id, $1, $2, code
        FROM unnest($3::uuid[], $4::text[]) AS added (id, code)
        "#,
        hire as _,
        candidate as _,
        &ids,
        &codes,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, added.len(), "control_criteria")
}

/// Writes that a criterion has a proof, with the audit row: it is to be submitted, and reviewed anew.
pub(super) async fn save_proof(work: &mut Work<'_>, changed: Changed<ControlCriterionId>) -> Result<()> {
    let id = work.keep(changed);
    let now = work.now();
    let result = sqlx::query!(
        r#"
        UPDATE control_criteria
        SET uploaded_at = $2, submitted_at = NULL, review = 'pending', reviewed_by = NULL, reviewed_at = NULL
        WHERE id = $1 AND NOT is_certified
        "#,
        id as _,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "control_criteria")
}

/// Writes that these proofs were submitted, and freezes their SIAE, with the audit row and the mail to the DDETS.
pub(super) async fn save_submitted(
    work: &mut Work<'_>,
    control: ControlId,
    changed: Changed<Vec<ControlCriterionId>>,
) -> Result<()> {
    let submitted: Vec<Uuid> = work.keep(changed).into_iter().map(|id| id.0).collect();
    let now = work.now();
    let result = sqlx::query!(
        "UPDATE control_criteria SET submitted_at = $2 WHERE id = ANY($1) AND submitted_at IS NULL",
        &submitted,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, submitted.len(), "control_criteria")?;
    let result = sqlx::query!("UPDATE controls SET frozen_at = $2 WHERE id = $1", control as _, now)
        .execute(work.db())
        .await?;
    ensure_one_row(&result, "controls")
}

/// Writes what was decided of a proof, with the audit row.
pub(super) async fn save_reviewed(
    work: &mut Work<'_>,
    by: UserId,
    changed: Changed<ReviewedCriterion>,
) -> Result<()> {
    let ReviewedCriterion { id, from, to } = work.keep(changed);
    let decided = (to != Review::Pending).then_some((by, work.now()));
    let result = sqlx::query!(
        r#"
        UPDATE control_criteria
        SET review = $3, reviewed_by = $4, reviewed_at = $5
        WHERE id = $1 AND review = $2
        "#,
        id as _,
        from.code(),
        to.code(),
        decided.map(|(by, _)| by) as Option<UserId>,
        decided.map(|(_, at)| at),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "control_criteria")
}

/// Writes what the DDETS says of a hire, with the audit row.
pub(super) async fn save_comment(
    work: &mut Work<'_>,
    changed: Changed<(ControlHireId, String)>,
) -> Result<()> {
    let (id, comment) = work.keep(changed);
    let result = sqlx::query!("UPDATE control_hires SET comment = $2 WHERE id = $1", id as _, comment)
        .execute(work.db())
        .await?;
    ensure_one_row(&result, "control_hires")
}

/// Writes that a review was validated, with the audit row.
pub(super) async fn save_validated(
    work: &mut Work<'_>,
    control: ControlId,
    changed: Changed<Reviewed>,
) -> Result<()> {
    let reviewed = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE controls SET reviewed_at = $2, final_reviewed_at = $3 WHERE id = $1",
        control as _,
        reviewed.at,
        reviewed.finally_at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "controls")
}

/// Writes that an SIAE was reminded, with the audit row and the mail.
pub(super) async fn save_reminded(
    work: &mut Work<'_>,
    changed: Changed<(ControlId, DateTime<Utc>)>,
) -> Result<()> {
    let (id, at) = work.keep(changed);
    let result = sqlx::query!("UPDATE controls SET reminded_at = $2 WHERE id = $1", id as _, at)
        .execute(work.db())
        .await?;
    ensure_one_row(&result, "controls")
}

/// Writes what a turn of their campaign, whose events are kept, makes of its controls.
pub(in super::super) async fn save_turned(work: &mut Work<'_>, turned: &[Turned]) -> Result<()> {
    let ids: Vec<Uuid> = turned.iter().map(|one| one.id.0).collect();
    let reviewed: Vec<_> = turned.iter().map(|one| one.reviewed.at).collect();
    let finally: Vec<_> = turned.iter().map(|one| one.reviewed.finally_at).collect();
    let states: Vec<_> =
        turned.iter().map(|one| one.reviewed.final_state.map(|state| state.code().to_owned())).collect();
    let frozen: Vec<_> = turned.iter().map(|one| one.frozen_at).collect();
    let result = sqlx::query!(
        r#"
        UPDATE controls c
        SET reviewed_at = turned.reviewed
          , final_reviewed_at = turned.finally
          , final_state = turned.state
          , frozen_at = turned.frozen
        FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::timestamptz[])
            AS turned (id, reviewed, finally, state, frozen)
        WHERE c.id = turned.id
        "#,
        &ids,
        &reviewed as &[Option<DateTime<Utc>>],
        &finally as &[Option<DateTime<Utc>>],
        &states as &[Option<String>],
        &frozen as &[Option<DateTime<Utc>>],
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, turned.len(), "controls")
}
