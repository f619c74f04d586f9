//! Files in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::documents::NewDocument;
use iae_domain::ids::{ApplicationId, CandidateId, DocumentId, OrganisationId, UserId};

use crate::applications::store::visible_since;
use crate::error::{Error, Result};
use crate::queue::DeleteFile;
use crate::{Db, Work};

/// Writes a new file with its audit row.
pub(super) async fn insert(work: &mut Work<'_>, new: Changed<NewDocument>) -> Result<()> {
    let document = work.keep(new);
    let actor = work.by;
    let size = i32::try_from(document.size_bytes).map_err(|error| Error::internal("file size", error))?;
    sqlx::query!(
        r#"
        INSERT INTO documents
            (id, kind, candidate_id, storage_key, size_bytes, sha256, uploaded_by, organisation_id, uploaded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        document.id as _,
        document.kind.code(),
        document.candidate as _,
        document.storage_key,
        size,
        document.sha256,
        actor.user as Option<UserId>,
        actor.organisation as Option<OrganisationId>,
        document.stored_at,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Forgets a file nothing refers to any more, with its audit row; its content goes once that is committed.
pub(crate) async fn delete(work: &mut Work<'_>, deleted: Changed<DocumentId>) -> Result<()> {
    let id = work.keep(deleted);
    let key = sqlx::query_scalar!("DELETE FROM documents WHERE id = $1 RETURNING storage_key", id as _)
        .fetch_optional(work.db())
        .await?;
    let Some(key) = key else { return Ok(()) };
    work.enqueue([DeleteFile { key }]).await?;
    Ok(())
}

/// The CV of an application.
pub(super) struct StoredCv {
    pub document: DocumentId,
    pub candidate: CandidateId,
    pub storage_key: String,
    pub submitted_at: DateTime<Utc>,
    /// Who created the person's file, if a professional did.
    pub created_by: Option<UserId>,
}

/// The CV of an application within this reader's reach (rule book 02 §11.1): the person, the sender, members of the
/// organisation it was sent by, members of the company that received it as long as it sees the application (VIS-1).
pub(super) async fn cv(
    db: &Db,
    user: UserId,
    organisation: Option<OrganisationId>,
    now: DateTime<Utc>,
    application: ApplicationId,
) -> Result<Option<StoredCv>> {
    let cv = sqlx::query_as!(
        StoredCv,
        r#"
        SELECT d.id AS document
             , d.candidate_id AS candidate
             , d.storage_key
             , a.submitted_at
             , c.created_by AS "created_by: UserId"
        FROM applications a
        JOIN documents d ON d.id = a.cv_id
        JOIN candidates c ON c.id = a.candidate_id
        WHERE a.id = $1
          AND (
              a.candidate_id = $2
              OR a.sender_id = $2
              OR a.sender_organisation_id = $3
              OR company_sees($3, a, $4)
          )
        "#,
        application as _,
        user as _,
        organisation as Option<OrganisationId>,
        visible_since(now),
    )
    .fetch_optional(db)
    .await?;
    Ok(cv)
}
