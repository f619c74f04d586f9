//! The controls of a launch, from the frozen list to their rows.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::control::{Control, DrawnCompany, DrawnHire, Launch};
use iae_domain::ids::{ApplicationId, CandidateId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use uuid::Uuid;

use super::row::criteria;
use crate::Work;
use crate::db::ensure_rows;
use crate::error::{Error, Result};

/// What was drawn, as the frozen list holds it: each SIAE with its kind and its hires, in the order of the draw.
pub(in super::super) async fn drawn(
    work: &mut Work<'_>,
    launch: &Launch,
) -> Result<Vec<((OrganisationId, CompanyKind), Vec<DrawnHire>)>> {
    let hires: Vec<Uuid> = launch.drawn.iter().flat_map(|one| &one.hires).map(|hire| hire.0).collect();
    let rows = sqlx::query!(
        r#"
        SELECT l.application_id AS "application: ApplicationId"
             , l.company_id AS "company: OrganisationId"
             , o.kind AS "kind: CompanyKind"
             , l.candidate_id AS "candidate!: CandidateId"
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
pub(in super::super) async fn insert_all(work: &mut Work<'_>, drawn: Vec<Changed<Control>>) -> Result<()> {
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
