//! Files in and out of the database. Each owner has its column.

mod find;

use iae_domain::Changed;
use iae_domain::documents::{About, DocumentKind, NewDocument, Owner};
use iae_domain::ids::{
    ApplicationDraftId, ApplicationId, CandidateId, ControlCriterionId, DocumentId, EligibilityProofId,
    HabilitationId, HabilitationPieceId, OrganisationId, ProlongationRequestId, UserId,
};

use crate::error::{Error, Result};
use crate::queue::DeleteFile;
use crate::{Db, Work};
pub(super) use find::find;

/// The column of an owner, one of these.
#[derive(Default)]
struct Columns {
    draft: Option<ApplicationDraftId>,
    application: Option<ApplicationId>,
    report: Option<ProlongationRequestId>,
    control: Option<ControlCriterionId>,
    proof: Option<EligibilityProofId>,
    piece: Option<HabilitationPieceId>,
}

impl From<Owner> for Columns {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Draft(id) => Self { draft: Some(id), ..Self::default() },
            Owner::Application(id) => Self { application: Some(id), ..Self::default() },
            Owner::ProlongationReport(id) => Self { report: Some(id), ..Self::default() },
            Owner::ControlCriterion(id) => Self { control: Some(id), ..Self::default() },
            Owner::EligibilityProof(id) => Self { proof: Some(id), ..Self::default() },
            Owner::HabilitationPiece(id) => Self { piece: Some(id), ..Self::default() },
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
            (id, kind, candidate_id, draft_id, application_id, prolongation_report_id, control_criterion_id,
             eligibility_proof_id, habilitation_piece_id, storage_key, size_bytes, sha256, uploaded_by, organisation_id,
             uploaded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        "#,
        document.id as _,
        document.kind.code(),
        document.about.person() as Option<CandidateId>,
        owner.draft as Option<ApplicationDraftId>,
        owner.application as Option<ApplicationId>,
        owner.report as Option<ProlongationRequestId>,
        owner.control as Option<ControlCriterionId>,
        owner.proof as Option<EligibilityProofId>,
        owner.piece as Option<HabilitationPieceId>,
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
    candidate: Option<CandidateId>,
    habilitation: Option<HabilitationId>,
    applicant: Option<OrganisationId>,
}

impl Former {
    /// Whom or what it is about.
    pub(super) fn about(&self, owner: Owner) -> Result<About> {
        let of_habilitation = self.habilitation.zip(self.applicant);
        let about = self.candidate.map(About::Person);
        about
            .or(of_habilitation.map(|(habilitation, applicant)| About::Habilitation(habilitation, applicant)))
            .ok_or_else(|| Error::Internal(format!("a document of {owner:?} is about nobody"), None))
    }
}

/// The documents of an owner, of one kind or of all.
pub(super) async fn of(work: &mut Work<'_>, owner: Owner, kind: Option<DocumentKind>) -> Result<Vec<Former>> {
    let owner = Columns::from(owner);
    let documents = sqlx::query_as!(
        Former,
        r#"
        SELECT d.id
             , d.candidate_id AS "candidate?"
             , h.id AS "habilitation?: HabilitationId"
             , h.organisation_id AS "applicant?: OrganisationId"
        FROM documents d
        LEFT JOIN habilitation_pieces p ON p.id = d.habilitation_piece_id
        LEFT JOIN habilitations h ON h.id = p.habilitation_id
        WHERE (
                  d.draft_id = $1
                  OR d.application_id = $2
                  OR d.prolongation_report_id = $3
                  OR d.control_criterion_id = $4
                  OR d.eligibility_proof_id = $5
                  OR d.habilitation_piece_id = $7
              )
          AND ($6::text IS NULL OR d.kind = $6)
        ORDER BY d.id
        LIMIT 1000
        "#,
        owner.draft as Option<ApplicationDraftId>,
        owner.application as Option<ApplicationId>,
        owner.report as Option<ProlongationRequestId>,
        owner.control as Option<ControlCriterionId>,
        owner.proof as Option<EligibilityProofId>,
        kind.map(DocumentKind::code),
        owner.piece as Option<HabilitationPieceId>,
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
        WHERE draft_id = $1
           OR application_id = $2
           OR prolongation_report_id = $3
           OR control_criterion_id = $4
           OR eligibility_proof_id = $5
           OR habilitation_piece_id = $6
        ORDER BY id
        LIMIT 1000
        FOR SHARE
        "#,
        owner.draft as Option<ApplicationDraftId>,
        owner.application as Option<ApplicationId>,
        owner.report as Option<ProlongationRequestId>,
        owner.control as Option<ControlCriterionId>,
        owner.proof as Option<EligibilityProofId>,
        owner.piece as Option<HabilitationPieceId>,
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
