//! Applications being written, in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::applications::draft::{Closed, DraftMessage, NewDraft, StepChoice, UnfinishedDiagnosis};
use iae_domain::documents::Owner;
use iae_domain::ids::{ApplicationDraftId, ApplicationId, CandidateId, OrganisationId, UserId};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

pub(in crate::applications) use super::queries::{sent_since, twins};

use super::queries::{self, Proposed};
use super::{Draft, DraftApplication};
use crate::db::{ensure_one_row, ensure_rows};
use crate::error::{Error, Result};
use crate::{Db, Work, documents};

/// The part of a draft that needs no column of its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Data {
    pub eligibility_seen: bool,
    #[serde(skip_serializing_if = "UnfinishedDiagnosis::is_empty")]
    pub unfinished: UnfinishedDiagnosis,
    pub message: DraftMessage,
    pub proposed_from: Option<DateTime<Utc>>,
    pub search: Option<String>,
}

impl From<&Draft> for Data {
    fn from(draft: &Draft) -> Self {
        Self {
            eligibility_seen: draft.eligibility_seen,
            unfinished: draft.unfinished.clone(),
            message: draft.message.clone(),
            proposed_from: draft.proposed_from,
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
        SELECT d.candidate_id
             , d.data AS "data: Json<Data>"
             , (
                   SELECT jsonb_agg(
                       jsonb_build_object(
                           'id', l.id, 'company', l.company_id, 'jobs', l.job_ids,
                           'is_spontaneous', l.is_spontaneous, 'previous_confirmed', l.previous_confirmed
                       )
                       ORDER BY l.rank
                   )
                   FROM draft_applications l
                   WHERE l.draft_id = d.id
               ) AS "applications!: Json<Vec<DraftApplication>>"
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
        let Data { eligibility_seen, unfinished, message, proposed_from, search } = row.data.0;
        Draft {
            id,
            candidate: row.candidate_id,
            applications: row.applications.0,
            eligibility_seen,
            unfinished,
            message,
            proposed_from,
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

/// Writes a new draft with its first employer and its audit row. What was sent lately for the same person is proposed
/// again.
pub(super) async fn insert(work: &mut Work<'_>, new: Changed<NewDraft>) -> Result<()> {
    let draft = work.keep(new);
    let actor = work.by;
    let proposed = Proposed::to(work, draft.candidate).await?;
    let data = Data { search: draft.search, ..proposed.as_ref().map(Proposed::data).unwrap_or_default() };
    sqlx::query!(
        r#"
        WITH new AS (
            INSERT INTO application_drafts
                (id, user_id, organisation_id, candidate_id, data, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $6)
            RETURNING id
        )
        INSERT INTO draft_applications (id, draft_id, rank, company_id, job_ids, is_spontaneous)
        SELECT $7, new.id, 1, $8, $9::uuid[], $9::uuid[] = '{}'
        FROM new
        "#,
        draft.id as _,
        actor.user as Option<UserId>,
        actor.organisation as Option<OrganisationId>,
        draft.candidate as Option<CandidateId>,
        Json(data) as _,
        work.now(),
        draft.application as _,
        draft.company as _,
        &draft.jobs.iter().map(|job| job.0).collect::<Vec<Uuid>>(),
    )
    .execute(work.db())
    .await?;
    match proposed {
        Some(proposed) => proposed.attach(work, draft.id).await,
        None => Ok(()),
    }
}

/// Writes what a step saves in the draft, locked, with its audit row. The documents of someone else than the person
/// chosen are forgotten; what was sent lately for that person is proposed again.
pub(super) async fn save(work: &mut Work<'_>, draft: &Draft, saved: Changed<StepChoice>) -> Result<()> {
    let choice = work.keep(saved);
    let mut after = draft.after(choice);
    let mut proposed = None;
    if after.candidate != draft.candidate {
        documents::delete_all(work, Owner::Draft(draft.id)).await?;
        proposed = Proposed::to(work, after.candidate).await?;
        if let Some(Data { message, proposed_from, .. }) = proposed.as_ref().map(Proposed::data) {
            (after.message, after.proposed_from) = (message, proposed_from);
        }
    }
    let result = sqlx::query!(
        r#"
        UPDATE application_drafts
        SET candidate_id = $2
          , data = $3
          , updated_at = $4
        WHERE id = $1 AND submitted_at IS NULL
        "#,
        draft.id as _,
        after.candidate as Option<CandidateId>,
        Json(Data::from(&after)) as _,
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "application_drafts")?;
    let result = sqlx::query!(
        r#"
        UPDATE draft_applications l
        SET job_ids = after.jobs
          , is_spontaneous = after.is_spontaneous
          , previous_confirmed = after.previous_confirmed
        FROM jsonb_to_recordset($2)
            AS after (id uuid, jobs uuid[], is_spontaneous boolean, previous_confirmed boolean)
        WHERE l.id = after.id AND l.draft_id = $1
        "#,
        draft.id as _,
        Json(&after.applications) as _,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, after.applications.len(), "draft_applications")?;
    match proposed {
        Some(proposed) => proposed.attach(work, draft.id).await,
        None => Ok(()),
    }
}

/// Deletes a draft that was not sent, its documents with it, and leaves its audit row.
pub(in crate::applications) async fn delete(
    work: &mut Work<'_>,
    discarded: Changed<ApplicationDraftId>,
) -> Result<()> {
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

/// Closes the draft: its applications are sent, but for those that are named. What was attached to it belongs to the first
/// from now on; what was typed of the eligibility and not validated is forgotten.
pub(in crate::applications) async fn close(work: &mut Work<'_>, sent: Changed<Closed>) -> Result<()> {
    let closed = work.keep(sent);
    let result = sqlx::query!(
        r#"
        UPDATE application_drafts
        SET submitted_at = $2
          , updated_at = $2
          , data = data - 'unfinished'
        WHERE id = $1 AND submitted_at IS NULL
        "#,
        closed.draft as _,
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "application_drafts")?;
    sqlx::query!(
        "UPDATE documents SET draft_id = NULL, application_id = $2 WHERE draft_id = $1",
        closed.draft as _,
        closed.first as _,
    )
    .execute(work.db())
    .await?;
    for (application, _, refusal) in &closed.not_sent {
        let result = sqlx::query!(
            "UPDATE draft_applications SET refusal = $3 WHERE id = $1 AND draft_id = $2",
            application as _,
            closed.draft as _,
            refusal.code(),
        )
        .execute(work.db())
        .await?;
        ensure_one_row(&result, "draft_applications")?;
    }
    Ok(())
}

/// The first application a sent draft became.
pub(in crate::applications) async fn first_sent(
    work: &mut Work<'_>,
    id: ApplicationDraftId,
) -> Result<Option<ApplicationId>> {
    queries::first_of(work.db(), id).await
}
