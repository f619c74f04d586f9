//! Applications being written, in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::applications::draft::{DraftMessage, NewDraft, StepChoice};
use iae_domain::documents::Owner;
use iae_domain::ids::{
    ApplicationDraftId, ApplicationId, CandidateId, JobDescriptionId, OrganisationId, UserId,
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::Draft;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};
use crate::{Db, Work, documents};

/// The part of a draft that needs no column of its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Data {
    pub previous_confirmed: bool,
    pub spontaneous: bool,
    pub eligibility_seen: bool,
    pub message: DraftMessage,
    pub search: Option<String>,
}

impl From<&Draft> for Data {
    fn from(draft: &Draft) -> Self {
        Self {
            previous_confirmed: draft.previous_confirmed,
            spontaneous: draft.spontaneous,
            eligibility_seen: draft.eligibility_seen,
            message: draft.message.clone(),
            search: draft.search.clone(),
        }
    }
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
        SELECT d.company_id
             , d.candidate_id
             , d.job_ids
             , d.data AS "data: Json<Data>"
             , EXISTS (SELECT FROM documents WHERE draft_id = d.id AND kind = 'cv') AS "has_cv!"
             , d.submitted_at
             , author.email IS NOT NULL AS "author_is_told!"
        FROM application_drafts d
        JOIN users author ON author.id = d.user_id
        WHERE d.id = $1 AND d.user_id = $2 AND d.organisation_id IS NOT DISTINCT FROM $3
        "#,
        id as _,
        user as _,
        organisation as Option<OrganisationId>,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let Data { previous_confirmed, spontaneous, eligibility_seen, message, search } = row.data.0;
        Draft {
            id,
            company: row.company_id,
            candidate: row.candidate_id,
            jobs: row.job_ids.into_iter().map(JobDescriptionId).collect(),
            spontaneous,
            previous_confirmed,
            eligibility_seen,
            message,
            has_cv: row.has_cv,
            search,
            author_is_told: row.author_is_told,
            submitted_at: row.submitted_at,
        }
    }))
}

/// Keeps the draft from being sent or changed twice at the same instant.
pub(in crate::applications) async fn lock(work: &mut Work<'_>, id: ApplicationDraftId) -> Result<()> {
    sqlx::query!("SELECT FROM application_drafts WHERE id = $1 FOR UPDATE", id as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    Ok(())
}

/// The author's draft as it is now, kept as it is until the transaction ends; not found once sent (SUB-9). Whatever was
/// read before may be another tab's past.
pub(super) async fn lock_unsent(work: &mut Work<'_>, id: ApplicationDraftId) -> Result<Draft> {
    let actor = work.by;
    let user = actor.user.ok_or(Error::NotFound)?;
    lock(work, id).await?;
    let draft = find(work.db(), user, actor.organisation, id).await?;
    draft.filter(|draft| draft.submitted_at.is_none()).ok_or(Error::NotFound)
}

/// Writes a new draft with its audit row.
pub(super) async fn insert(work: &mut Work<'_>, new: Changed<NewDraft>) -> Result<()> {
    let draft = work.keep(new);
    let actor = work.by;
    sqlx::query!(
        r#"
        INSERT INTO application_drafts
            (id, user_id, organisation_id, company_id, candidate_id, job_ids, data, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        "#,
        draft.id as _,
        actor.user as Option<UserId>,
        actor.organisation as Option<OrganisationId>,
        draft.company as _,
        draft.candidate as Option<CandidateId>,
        &draft.job.iter().map(|job| job.0).collect::<Vec<Uuid>>(),
        Json(Data { search: draft.search, ..Data::default() }) as _,
        work.now(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Writes what a step saves in the draft, locked, with its audit row. The documents of someone else than the person
/// chosen are forgotten.
pub(super) async fn save(work: &mut Work<'_>, draft: &Draft, saved: Changed<StepChoice>) -> Result<()> {
    let choice = work.keep(saved);
    let after = draft.after(choice);
    if after.candidate != draft.candidate {
        documents::delete_all(work, Owner::Draft(draft.id)).await?;
    }
    let result = sqlx::query!(
        r#"
        UPDATE application_drafts
        SET candidate_id = $2
          , job_ids = $3
          , data = $4
          , updated_at = $5
        WHERE id = $1 AND submitted_at IS NULL
        "#,
        draft.id as _,
        after.candidate as Option<CandidateId>,
        &after.jobs.iter().map(|job| job.0).collect::<Vec<Uuid>>(),
        Json(Data::from(&after)) as _,
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "application_drafts")?;
    Ok(())
}

/// Deletes a draft that was not sent, its documents with it, and leaves its audit row.
pub(super) async fn delete(work: &mut Work<'_>, discarded: Changed<ApplicationDraftId>) -> Result<()> {
    let id = work.keep(discarded);
    documents::delete_all(work, Owner::Draft(id)).await?;
    let deleted =
        sqlx::query!("DELETE FROM application_drafts WHERE id = $1 AND submitted_at IS NULL", id as _)
            .execute(work.db())
            .await?;
    if deleted.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// Drafts nobody touched since `before`, locked one after the other as they are deleted.
pub(super) async fn untouched_since(db: &Db, before: DateTime<Utc>) -> Result<Vec<ApplicationDraftId>> {
    let ids = sqlx::query_scalar!(
        r#"
        SELECT id
        FROM application_drafts
        WHERE submitted_at IS NULL AND updated_at < $1
        ORDER BY updated_at, id
        LIMIT 1000
        "#,
        before,
    )
    .fetch_all(db)
    .await?;
    Ok(ids)
}

/// Closes the draft: it became the application of the same id.
pub(in crate::applications) async fn close(
    work: &mut Work<'_>,
    sent: Changed<ApplicationDraftId>,
) -> Result<()> {
    let id = work.keep(sent);
    let result = sqlx::query!(
        "UPDATE application_drafts SET submitted_at = $2, updated_at = $2 WHERE id = $1 AND submitted_at IS NULL",
        id as _,
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "application_drafts")
}

/// The application this author sent to the company for the person since an instant: a double click (SUB-64).
pub(in crate::applications) async fn sent_since(
    work: &mut Work<'_>,
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
    .fetch_optional(work.db())
    .await?;
    Ok(id)
}
