//! What sends the same again: other drafts for the same employers, a second click.

use chrono::{DateTime, Utc};
use iae_domain::ids::{ApplicationDraftId, ApplicationId, CandidateId, OrganisationId, UserId};
use uuid::Uuid;

use crate::Work;
use crate::error::Result;

/// The other drafts of this author for the person, whose every employer is one of these; but those another tab is working
/// on, which meet the rules by themselves.
pub(in crate::applications) async fn twins(
    work: &mut Work<'_>,
    candidate: CandidateId,
    but: ApplicationDraftId,
    companies: &[OrganisationId],
) -> Result<Vec<ApplicationDraftId>> {
    let actor = work.by;
    let twins = sqlx::query_scalar!(
        r#"
        SELECT d.id
        FROM application_drafts d
        WHERE d.user_id = $1
          AND d.organisation_id IS NOT DISTINCT FROM $2
          AND d.candidate_id = $3
          AND d.id <> $4
          AND d.submitted_at IS NULL
          AND NOT EXISTS (SELECT FROM draft_applications l WHERE l.draft_id = d.id AND l.company_id <> ALL ($5))
        ORDER BY d.id
        LIMIT 100
        FOR UPDATE OF d SKIP LOCKED
        "#,
        actor.user as Option<UserId>,
        actor.organisation as Option<OrganisationId>,
        candidate as _,
        but as _,
        &companies.iter().map(|id| id.0).collect::<Vec<Uuid>>(),
    )
    .fetch_all(work.db())
    .await?;
    Ok(twins)
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
