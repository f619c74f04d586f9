//! One document, with what decides who reads it.

use chrono::{DateTime, Utc};
use iae_domain::applications::policy::Exchange;
use iae_domain::applications::{SenderKind, visible_since};
use iae_domain::documents::policy::{Concerned, Readers};
use iae_domain::documents::{About, DocumentKind, Owner};
use iae_domain::ids::{
    ApplicationDraftId, ApplicationId, CandidateId, ControlCriterionId, DocumentId, EligibilityProofId,
    HabilitationId, HabilitationPieceId, OrganisationId, ProlongationRequestId, UserId,
};

use super::Columns;
use crate::Db;
use crate::error::{Error, Result};

/// A document, with what decides who reads it.
pub(in super::super) struct Stored {
    pub id: DocumentId,
    pub storage_key: String,
    /// When its owner was sent, else when it was stored.
    pub dated: DateTime<Utc>,
    pub readers: Readers,
}

/// A document, with what its owner says of whom it concerns.
struct Row {
    id: DocumentId,
    candidate: Option<CandidateId>,
    storage_key: String,
    dated: DateTime<Utc>,
    created_by: Option<UserId>,
    author: Option<UserId>,
    author_organisation: Option<OrganisationId>,
    sender: Option<UserId>,
    sender_kind: Option<SenderKind>,
    sender_organisation: Option<OrganisationId>,
    company: Option<OrganisationId>,
    company_sees: bool,
    asks: Option<OrganisationId>,
    addressed: Option<OrganisationId>,
    controlled: Option<OrganisationId>,
    controller: Option<OrganisationId>,
    is_submitted: bool,
    keeps: Option<OrganisationId>,
    habilitation: Option<HabilitationId>,
    applicant: Option<OrganisationId>,
    department: Option<String>,
    is_sent: bool,
}

impl Row {
    fn concerned(&self, owner: Owner) -> Result<Concerned> {
        Ok(match owner {
            Owner::Draft(id) => Concerned::Draft {
                author: self.author.ok_or_else(|| Error::inconsistent("documents", "draft_id", id))?,
                organisation: self.author_organisation,
            },
            Owner::Application(id) => {
                let missing = || Error::inconsistent("documents", "application_id", id);
                Concerned::Application {
                    sender: self.sender,
                    exchange: Exchange {
                        candidate: self.candidate.ok_or_else(missing)?,
                        company: self.company.ok_or_else(missing)?,
                        company_sees: self.company_sees,
                        sender_kind: self.sender_kind.ok_or_else(missing)?,
                        sender_organisation: self.sender_organisation,
                    },
                }
            }
            Owner::ProlongationReport(id) => {
                let missing = || Error::inconsistent("documents", "prolongation_report_id", id);
                Concerned::ProlongationReport {
                    company: self.asks.ok_or_else(missing)?,
                    addressed: self.addressed,
                }
            }
            Owner::ControlCriterion(id) => {
                let missing = || Error::inconsistent("documents", "control_criterion_id", id);
                Concerned::ControlCriterion {
                    company: self.controlled.ok_or_else(missing)?,
                    institution: self.controller.ok_or_else(missing)?,
                    is_submitted: self.is_submitted,
                }
            }
            Owner::EligibilityProof(id) => {
                let missing = || Error::inconsistent("documents", "eligibility_proof_id", id);
                Concerned::EligibilityProof { company: self.keeps.ok_or_else(missing)? }
            }
            Owner::HabilitationPiece(id) => {
                let missing = || Error::inconsistent("documents", "habilitation_piece_id", id);
                Concerned::HabilitationPiece {
                    organisation: self.applicant.ok_or_else(missing)?,
                    department: self.department.clone().ok_or_else(missing)?,
                    is_submitted: self.is_sent,
                }
            }
        })
    }
}

/// The document of this kind an owner has: the policy says to whom it exists.
pub(in super::super) async fn find(
    db: &Db,
    now: DateTime<Utc>,
    owner: Owner,
    kind: DocumentKind,
) -> Result<Option<Stored>> {
    let columns = Columns::from(owner);
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT d.id
             , d.candidate_id AS "candidate?"
             , d.storage_key
             , coalesce(a.submitted_at, q.created_at, d.uploaded_at) AS "dated!"
             , c.created_by AS "created_by?: UserId"
             , w.user_id AS "author?: UserId"
             , w.organisation_id AS "author_organisation?: OrganisationId"
             , a.sender_id AS "sender?: UserId"
             , a.sender_kind AS "sender_kind?: SenderKind"
             , a.sender_organisation_id AS "sender_organisation?: OrganisationId"
             , a.company_id AS "company?: OrganisationId"
             , coalesce(company_sees(a.company_id, a, $5), false) AS "company_sees!"
             , r.company_id AS "asks?: OrganisationId"
             , q.prescriber_organisation_id AS "addressed?: OrganisationId"
             , (SELECT heir_of FROM read_heir_of(control.company_id)) AS "controlled?: OrganisationId"
             , campaign.institution_id AS "controller?: OrganisationId"
             , x.submitted_at IS NOT NULL AS "is_submitted!"
             , p.company_id AS "keeps?: OrganisationId"
             , asked.id AS "habilitation?: HabilitationId"
             , asked.organisation_id AS "applicant?: OrganisationId"
             , asked.department_code AS "department?"
             , coalesce(asked.state <> 'draft', false) AS "is_sent!"
        FROM documents d
        LEFT JOIN candidates c ON c.id = d.candidate_id
        LEFT JOIN application_drafts w ON w.id = d.draft_id
        LEFT JOIN applications a ON a.id = d.application_id
        LEFT JOIN prolongation_reports r ON r.id = d.prolongation_report_id
        LEFT JOIN prolongation_requests q ON q.id = r.id AND q.pass_id = r.pass_id AND q.company_id = r.company_id
        LEFT JOIN control_criteria x ON x.id = d.control_criterion_id
        LEFT JOIN control_hires hire ON hire.id = x.hire_id
        LEFT JOIN controls control ON control.id = hire.control_id
        LEFT JOIN control_campaigns campaign ON campaign.id = control.campaign_id
        LEFT JOIN eligibility_proofs p ON p.id = d.eligibility_proof_id
        LEFT JOIN habilitation_pieces piece ON piece.id = d.habilitation_piece_id
        LEFT JOIN habilitations asked ON asked.id = piece.habilitation_id
        WHERE (
                  d.draft_id = $1
                  OR d.application_id = $2
                  OR d.prolongation_report_id = $3
                  OR d.control_criterion_id = $6
                  OR d.eligibility_proof_id = $7
                  OR d.habilitation_piece_id = $8
              )
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
        columns.proof as Option<EligibilityProofId>,
        columns.piece as Option<HabilitationPieceId>,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let concerned = row.concerned(owner)?;
    let of_habilitation = row.habilitation.zip(row.applicant);
    let about = row
        .candidate
        .map(About::Person)
        .or(of_habilitation.map(|(habilitation, applicant)| About::Habilitation(habilitation, applicant)))
        .ok_or_else(|| Error::inconsistent("documents", "candidate_id", row.id))?;
    let readers = Readers { about, created_by: row.created_by, concerned };
    Ok(Some(Stored { id: row.id, storage_key: row.storage_key, dated: row.dated, readers }))
}
