//! Applications being written, in and out of the database, with what their steps show.

use chrono::{DateTime, Utc};
use iae_domain::applications::draft::{DraftMessage, NewDraft, StepChoice};
use iae_domain::candidates::consent::Declaration;
use iae_domain::ids::{
    ApplicationDraftId, ApplicationId, CandidateId, DocumentId, JobDescriptionId, OrganisationId, UserId,
};
use iae_domain::organisations::CompanyKind;
use iae_domain::{Actor, Changed};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Draft, DraftCandidate, DraftCompany, OpenJob, ResumableDraft};
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::{App, Ctx, Tx, audit};

/// The part of a draft that needs no column of its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Data {
    pub previous_confirmed: bool,
    pub spontaneous: bool,
    pub eligibility_seen: bool,
    pub message: DraftMessage,
}

/// The draft of this author in this organisation; locked when it is about to be sent.
pub(in crate::applications) async fn find(
    db: &mut PgConnection,
    user: UserId,
    organisation: Option<OrganisationId>,
    id: ApplicationDraftId,
) -> Result<Option<Draft>> {
    let row = sqlx::query!(
        r#"
        SELECT company_id
             , candidate_id
             , job_ids
             , data AS "data: Json<Data>"
             , cv_id
             , submitted_at
        FROM application_drafts
        WHERE id = $1 AND user_id = $2 AND organisation_id IS NOT DISTINCT FROM $3
        "#,
        id as _,
        user as _,
        organisation as Option<OrganisationId>,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let Data { previous_confirmed, spontaneous, eligibility_seen, message } = row.data.0;
        Draft {
            id,
            company: row.company_id,
            candidate: row.candidate_id,
            jobs: row.job_ids.into_iter().map(JobDescriptionId).collect(),
            spontaneous,
            previous_confirmed,
            eligibility_seen,
            message,
            cv: row.cv_id,
            submitted_at: row.submitted_at,
        }
    }))
}

/// Keeps the draft from being sent twice at the same instant.
pub(in crate::applications) async fn lock(tx: &mut Tx, id: ApplicationDraftId) -> Result<()> {
    sqlx::query!("SELECT 1 AS locked FROM application_drafts WHERE id = $1 FOR UPDATE", id as _)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(())
}

/// Writes a new draft with its audit row.
pub(super) async fn insert(app: &App, tx: &mut Tx, ctx: &Ctx<Actor>, new: Changed<NewDraft>) -> Result<()> {
    let (draft, events) = new.into_parts();
    let actor = ctx.actor_record();
    sqlx::query!(
        r#"
        INSERT INTO application_drafts
            (id, user_id, organisation_id, company_id, candidate_id, job_ids, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
        "#,
        draft.id as _,
        actor.user as Option<UserId>,
        actor.organisation as Option<OrganisationId>,
        draft.company as _,
        draft.candidate as Option<CandidateId>,
        &draft.job.iter().map(|job| job.0).collect::<Vec<Uuid>>(),
        ctx.now,
    )
    .execute(&mut **tx)
    .await?;
    audit::record(app, tx, ctx, &events).await
}

/// Writes what a step saves, with its audit row.
pub(super) async fn save(
    app: &App,
    tx: &mut Tx,
    ctx: &Ctx<Actor>,
    draft: &Draft,
    saved: Changed<StepChoice>,
) -> Result<()> {
    let (choice, events) = saved.into_parts();
    let mut after = draft.clone();
    match choice {
        StepChoice::Candidate(candidate) => {
            if after.candidate != Some(candidate) {
                after = Draft { cv: None, message: DraftMessage::default(), ..after };
                after.previous_confirmed = false;
                after.eligibility_seen = false;
            }
            after.candidate = Some(candidate);
        }
        StepChoice::Previous => after.previous_confirmed = true,
        StepChoice::Jobs(jobs) => {
            after.spontaneous = jobs.is_empty();
            after.jobs = jobs;
        }
        StepChoice::Eligibility => {
            after.eligibility_seen = true;
            // What is shared may have changed: the person is asked again (guide, partie 2, §2.2).
            after.message.declaration = Declaration::default();
        }
        StepChoice::Message(message) => after.message = message,
    }
    let data = Data {
        previous_confirmed: after.previous_confirmed,
        spontaneous: after.spontaneous,
        eligibility_seen: after.eligibility_seen,
        message: after.message,
    };
    let result = sqlx::query!(
        r#"
        UPDATE application_drafts
        SET candidate_id = $2
          , job_ids = $3
          , data = $4
          , cv_id = $5
          , updated_at = $6
        WHERE id = $1 AND submitted_at IS NULL
        "#,
        draft.id as _,
        after.candidate as Option<CandidateId>,
        &after.jobs.iter().map(|job| job.0).collect::<Vec<Uuid>>(),
        Json(data) as _,
        after.cv as Option<DocumentId>,
        ctx.now,
    )
    .execute(&mut **tx)
    .await?;
    ensure_one_row(&result, "application_drafts")?;
    audit::record(app, tx, ctx, &events).await
}

/// Attaches a CV, or none.
pub(crate) async fn set_cv(
    tx: &mut Tx,
    now: DateTime<Utc>,
    draft: ApplicationDraftId,
    cv: Option<DocumentId>,
) -> Result<()> {
    let result = sqlx::query!(
        "UPDATE application_drafts SET cv_id = $2, updated_at = $3 WHERE id = $1 AND submitted_at IS NULL",
        draft as _,
        cv as Option<DocumentId>,
        now,
    )
    .execute(&mut **tx)
    .await?;
    ensure_one_row(&result, "application_drafts")
}

/// Closes the draft: it became the application of the same id.
pub(in crate::applications) async fn close(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: ApplicationDraftId,
) -> Result<()> {
    let result = sqlx::query!(
        "UPDATE application_drafts SET submitted_at = $2, updated_at = $2 WHERE id = $1 AND submitted_at IS NULL",
        id as _,
        now,
    )
    .execute(&mut **tx)
    .await?;
    ensure_one_row(&result, "application_drafts")
}

/// The company, when it is still in the directory (SUB-2), with what decides whether it takes applications.
pub(super) async fn company(
    db: &mut PgConnection,
    now: DateTime<Utc>,
    id: OrganisationId,
) -> Result<Option<DraftCompany>> {
    let company = sqlx::query_as!(
        DraftCompany,
        r#"
        SELECT o.id
             , o.kind AS "kind: CompanyKind"
             , coalesce(nullif(c.brand, ''), o.name) AS "name!"
             , o.city
             , c.block_applications_at IS NOT NULL AS "blocks!"
             , c.block_applications_at IS NULL AND c.spontaneous_open_since IS NOT NULL AS "spontaneous_open!"
             , EXISTS (
                   SELECT FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
               ) AS "has_members!"
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        JOIN company_activity a ON a.organisation_id = c.organisation_id
        WHERE c.organisation_id = $1 AND a.active_until > $2
        "#,
        id as _,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(company)
}

/// The posts open at the company, those with few recent applications marked (SUB-50, SUB-52).
pub(super) async fn open_jobs(
    db: &mut PgConnection,
    now: DateTime<Utc>,
    company: OrganisationId,
) -> Result<Vec<OpenJob>> {
    let jobs = sqlx::query_as!(
        OpenJob,
        r#"
        SELECT j.id
             , coalesce(nullif(j.custom_name, ''), r.label) AS "name!"
             , coalesce(m.name, o.city) AS "place!"
             , j.contract_type
             , j.weekly_hours
             , j.cv_required
             , (
                   SELECT count(*) <= 1
                   FROM application_jobs aj
                   JOIN applications a ON a.id = aj.application_id
                   WHERE aj.job_description_id = j.id AND a.submitted_at > $2::timestamptz - interval '21 days'
               ) AS "few_applications!"
        FROM job_descriptions j
        JOIN rome_appellations r ON r.code = j.appellation_code
        JOIN organisations o ON o.id = j.company_id
        LEFT JOIN communes m ON m.insee_code = j.commune_code
        WHERE j.company_id = $1 AND j.is_active
        ORDER BY 2, j.id
        "#,
        company as _,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(jobs)
}

/// The person, with the relation that lets this organisation deal with them (D4) and their last application to the
/// company, by whoever (SUB-6).
pub(super) async fn candidate(
    db: &mut PgConnection,
    organisation: Option<OrganisationId>,
    company: OrganisationId,
    id: CandidateId,
) -> Result<Option<DraftCandidate>> {
    let candidate = sqlx::query_as!(
        DraftCandidate,
        r#"
        SELECT c.id
             , u.first_name
             , u.last_name
             , u.email
             , u.phone
             , c.birth_date
             , c.city
             , c.created_by AS "created_by: UserId"
             , is_related(c.id, $2) AS "related!"
             , (
                   SELECT max(a.submitted_at)
                   FROM applications a
                   WHERE a.candidate_id = c.id AND a.company_id = $3
               ) AS last_submitted_at
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.id = $1
        "#,
        id as _,
        organisation as Option<OrganisationId>,
        company as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(candidate)
}

/// The application this author sent to the company for the person since an instant: a double click (SUB-64).
pub(in crate::applications) async fn sent_since(
    tx: &mut Tx,
    user: UserId,
    candidate: CandidateId,
    company: OrganisationId,
    since: DateTime<Utc>,
) -> Result<Option<ApplicationId>> {
    let id = sqlx::query_scalar!(
        r#"
        SELECT id
        FROM applications
        WHERE candidate_id = $1 AND company_id = $2 AND sender_id = $3 AND submitted_at > $4
        ORDER BY submitted_at DESC
        LIMIT 1
        "#,
        candidate as _,
        company as _,
        user as _,
        since,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id)
}

/// What an author has begun in this organisation and not sent, the latest first.
pub(super) async fn resumable(
    db: &mut PgConnection,
    user: UserId,
    organisation: Option<OrganisationId>,
) -> Result<Vec<ResumableRow>> {
    let rows = sqlx::query_as!(
        ResumableRow,
        r#"
        SELECT d.id
             , coalesce(nullif(c.brand, ''), o.name) AS "company_name!"
             , u.first_name AS "first_name?"
             , u.last_name AS "last_name?"
             , candidate.created_by AS "created_by?: UserId"
             , d.updated_at
        FROM application_drafts d
        JOIN companies c ON c.organisation_id = d.company_id
        JOIN organisations o ON o.id = d.company_id
        LEFT JOIN candidates candidate ON candidate.id = d.candidate_id
        LEFT JOIN users u ON u.id = d.candidate_id
        WHERE d.user_id = $1 AND d.organisation_id IS NOT DISTINCT FROM $2 AND d.submitted_at IS NULL
        ORDER BY d.updated_at DESC
        LIMIT 5
        "#,
        user as _,
        organisation as Option<OrganisationId>,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// A row of [`resumable`]; whether the name may be read is decided by the caller.
pub(super) struct ResumableRow {
    pub id: ApplicationDraftId,
    pub company_name: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub created_by: Option<UserId>,
    pub updated_at: DateTime<Utc>,
}

impl ResumableRow {
    pub(super) fn shown(self, actor: &Actor) -> ResumableDraft {
        let name = match (&self.first_name, &self.last_name) {
            (Some(first), Some(last)) => Some(super::name_shown(actor, first, last, self.created_by)),
            (Some(_) | None, _) => None,
        };
        ResumableDraft {
            id: self.id,
            company_name: self.company_name,
            candidate_name: name,
            updated_at: self.updated_at,
        }
    }
}

/// Who sent an application, to whom and for whom: what the end page needs, for its sender alone (SUB-70).
pub(super) async fn sent(
    db: &mut PgConnection,
    sender: UserId,
    id: ApplicationId,
) -> Result<Option<super::SentApplication>> {
    let sent = sqlx::query_as!(
        super::SentApplication,
        r#"
        SELECT a.id
             , a.candidate_id
             , a.company_id
             , coalesce(nullif(c.brand, ''), o.name) AS "company_name!"
             , u.first_name
             , u.last_name
             , u.phone
             , u.email
             , f.created_by AS "created_by: UserId"
             , a.submitted_at
        FROM applications a
        JOIN companies c ON c.organisation_id = a.company_id
        JOIN organisations o ON o.id = a.company_id
        JOIN users u ON u.id = a.candidate_id
        JOIN candidates f ON f.id = a.candidate_id
        WHERE a.id = $1 AND a.sender_id = $2
        "#,
        id as _,
        sender as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(sent)
}
