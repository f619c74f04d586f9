//! Files in and out of the database. Each owner has its column.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::applications::policy::Exchange;
use iae_domain::applications::{SenderKind, visible_since};
use iae_domain::documents::policy::{Concerned, Readers};
use iae_domain::documents::{DocumentKind, NewDocument, Owner};
use iae_domain::ids::{
    ApplicationDraftId, ApplicationId, CandidateId, ControlCriterionId, DocumentId, OrganisationId,
    ProlongationRequestId, UserId,
};

use crate::error::{Error, Result};
use crate::queue::DeleteFile;
use crate::{Db, Work};

/// The column of an owner, one of these.
#[derive(Default)]
struct Columns {
    draft: Option<ApplicationDraftId>,
    application: Option<ApplicationId>,
    report: Option<ProlongationRequestId>,
    control: Option<ControlCriterionId>,
}

impl From<Owner> for Columns {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Draft(id) => Self { draft: Some(id), ..Self::default() },
            Owner::Application(id) => Self { application: Some(id), ..Self::default() },
            Owner::ProlongationReport(id) => Self { report: Some(id), ..Self::default() },
            Owner::ControlCriterion(id) => Self { control: Some(id), ..Self::default() },
        }
    }
}

/// Writes a new file with its audit row.
pub(super) async fn insert(work: &mut Work<'_>, new: Changed<NewDocument>) -> Result<()> {
    let document = work.keep(new);
    let actor = work.by;
    let owner = Columns::from(document.owner);
    let size = i32::try_from(document.size_bytes).map_err(|error| Error::internal("file size", error))?;
    sqlx::query!(
        r#"
        INSERT INTO documents
            (id, kind, candidate_id, draft_id, application_id, prolongation_report_id, control_criterion_id, storage_key,
             size_bytes, sha256, uploaded_by, organisation_id, uploaded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        "#,
        document.id as _,
        document.kind.code(),
        document.candidate as _,
        owner.draft as Option<ApplicationDraftId>,
        owner.application as Option<ApplicationId>,
        owner.report as Option<ProlongationRequestId>,
        owner.control as Option<ControlCriterionId>,
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

/// A document of an owner.
pub(super) struct Former {
    pub id: DocumentId,
    pub candidate: CandidateId,
}

/// The documents of an owner, of one kind or of all.
pub(super) async fn of(work: &mut Work<'_>, owner: Owner, kind: Option<DocumentKind>) -> Result<Vec<Former>> {
    let owner = Columns::from(owner);
    let documents = sqlx::query_as!(
        Former,
        r#"
        SELECT id
             , candidate_id AS candidate
        FROM documents
        WHERE (draft_id = $1 OR application_id = $2 OR prolongation_report_id = $3 OR control_criterion_id = $4)
          AND ($5::text IS NULL OR kind = $5)
        ORDER BY id
        LIMIT 1000
        "#,
        owner.draft as Option<ApplicationDraftId>,
        owner.application as Option<ApplicationId>,
        owner.report as Option<ProlongationRequestId>,
        owner.control as Option<ControlCriterionId>,
        kind.map(DocumentKind::code),
    )
    .fetch_all(work.db())
    .await?;
    Ok(documents)
}

/// What a document holds, and where its content is.
pub(super) struct Content {
    pub kind: DocumentKind,
    pub storage_key: String,
    pub sha256: Vec<u8>,
    pub size_bytes: i32,
}

/// The documents of an owner, kept from being deleted until the transaction ends.
pub(super) async fn contents(work: &mut Work<'_>, owner: Owner) -> Result<Vec<Content>> {
    let owner = Columns::from(owner);
    let contents = sqlx::query_as!(
        Content,
        r#"
        SELECT kind
             , storage_key
             , sha256
             , size_bytes
        FROM documents
        WHERE draft_id = $1 OR application_id = $2 OR prolongation_report_id = $3 OR control_criterion_id = $4
        ORDER BY id
        LIMIT 1000
        FOR SHARE
        "#,
        owner.draft as Option<ApplicationDraftId>,
        owner.application as Option<ApplicationId>,
        owner.report as Option<ProlongationRequestId>,
        owner.control as Option<ControlCriterionId>,
    )
    .fetch_all(work.db())
    .await?;
    Ok(contents)
}

/// Forgets a file nothing refers to any more, with its audit row; its content goes once that is committed, unless another
/// document shares it. Of two that go at the same instant, each may leave it to the other: the nightly purge finds it.
pub(super) async fn delete(work: &mut Work<'_>, deleted: Changed<DocumentId>) -> Result<()> {
    let id = work.keep(deleted);
    let key = sqlx::query_scalar!("DELETE FROM documents WHERE id = $1 RETURNING storage_key", id as _)
        .fetch_optional(work.db())
        .await?;
    let Some(key) = key else { return Ok(()) };
    let is_shared = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM documents WHERE storage_key = $1) AS "shared!""#,
        key,
    )
    .fetch_one(work.db())
    .await?;
    if is_shared {
        return Ok(());
    }
    work.enqueue([DeleteFile { key }]).await?;
    Ok(())
}

/// A document, with what decides who reads it.
pub(super) struct Stored {
    pub id: DocumentId,
    pub storage_key: String,
    /// When its owner was sent, else when it was stored.
    pub dated: DateTime<Utc>,
    pub readers: Readers,
}

/// The document of this kind an owner has: the policy says to whom it exists.
pub(super) async fn find(
    db: &Db,
    now: DateTime<Utc>,
    owner: Owner,
    kind: DocumentKind,
) -> Result<Option<Stored>> {
    let columns = Columns::from(owner);
    let row = sqlx::query!(
        r#"
        SELECT d.id
             , d.candidate_id
             , d.storage_key
             , coalesce(a.submitted_at, q.created_at, d.uploaded_at) AS "dated!"
             , c.created_by AS "created_by: UserId"
             , w.user_id AS "author?: UserId"
             , w.organisation_id AS "author_organisation?: OrganisationId"
             , a.sender_id AS "sender?: UserId"
             , a.sender_kind AS "sender_kind?: SenderKind"
             , a.sender_organisation_id AS "sender_organisation?: OrganisationId"
             , a.company_id AS "company?: OrganisationId"
             , coalesce(company_sees(a.company_id, a, $5), false) AS "company_sees!"
             , r.company_id AS "asks?: OrganisationId"
             , q.prescriber_organisation_id AS "addressed?: OrganisationId"
             , control.company_id AS "controlled?: OrganisationId"
             , campaign.institution_id AS "controller?: OrganisationId"
             , x.submitted_at IS NOT NULL AS "is_submitted!"
        FROM documents d
        JOIN candidates c ON c.id = d.candidate_id
        LEFT JOIN application_drafts w ON w.id = d.draft_id
        LEFT JOIN applications a ON a.id = d.application_id
        LEFT JOIN prolongation_reports r ON r.id = d.prolongation_report_id
        LEFT JOIN prolongation_requests q ON q.id = r.id AND q.pass_id = r.pass_id AND q.company_id = r.company_id
        LEFT JOIN control_criteria x ON x.id = d.control_criterion_id
        LEFT JOIN control_hires hire ON hire.id = x.hire_id
        LEFT JOIN controls control ON control.id = hire.control_id
        LEFT JOIN control_campaigns campaign ON campaign.id = control.campaign_id
        WHERE (d.draft_id = $1 OR d.application_id = $2 OR d.prolongation_report_id = $3 OR d.control_criterion_id = $6)
          AND d.kind = $4
        ORDER BY d.id
        LIMIT 1
        "#,
        columns.draft as Option<ApplicationDraftId>,
        columns.application as Option<ApplicationId>,
        columns.report as Option<ProlongationRequestId>,
        kind.code(),
        visible_since(now),
        columns.control as Option<ControlCriterionId>,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let concerned = match owner {
        Owner::Draft(id) => Concerned::Draft {
            author: row.author.ok_or_else(|| Error::inconsistent("documents", "draft_id", id))?,
            organisation: row.author_organisation,
        },
        Owner::Application(id) => {
            let missing = || Error::inconsistent("documents", "application_id", id);
            Concerned::Application {
                sender: row.sender,
                exchange: Exchange {
                    candidate: row.candidate_id,
                    company: row.company.ok_or_else(missing)?,
                    company_sees: row.company_sees,
                    sender_kind: row.sender_kind.ok_or_else(missing)?,
                    sender_organisation: row.sender_organisation,
                },
            }
        }
        Owner::ProlongationReport(id) => Concerned::ProlongationReport {
            company: row
                .asks
                .ok_or_else(|| Error::inconsistent("documents", "prolongation_report_id", id))?,
            addressed: row.addressed,
        },
        Owner::ControlCriterion(id) => {
            let missing = || Error::inconsistent("documents", "control_criterion_id", id);
            Concerned::ControlCriterion {
                company: row.controlled.ok_or_else(missing)?,
                institution: row.controller.ok_or_else(missing)?,
                is_submitted: row.is_submitted,
            }
        }
    };
    Ok(Some(Stored {
        id: row.id,
        storage_key: row.storage_key,
        dated: row.dated,
        readers: Readers { candidate: row.candidate_id, created_by: row.created_by, concerned },
    }))
}

/// Those of these keys that no document has.
pub(super) async fn unknown(db: &Db, keys: &[String]) -> Result<Vec<String>> {
    let unknown = sqlx::query_scalar!(
        r#"
        SELECT key AS "key!"
        FROM unnest($1::text[]) AS stored (key)
        WHERE NOT EXISTS (SELECT FROM documents d WHERE d.storage_key = stored.key)
        ORDER BY key
        "#,
        keys,
    )
    .fetch_all(db)
    .await?;
    Ok(unknown)
}
