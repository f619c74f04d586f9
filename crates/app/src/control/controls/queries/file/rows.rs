//! The lists of the file of a control, a row each.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{Line, NegativeReason};
use iae_domain::ids::{
    ApplicationId, ControlCriterionId, ControlDecisionId, ControlHireId, DocumentId, OrganisationId,
};
use iae_domain::pass::PassNumber;
use serde::Deserialize;
use serde_json::Value;

/// A hire that could be drawn.
#[derive(Deserialize)]
pub(in crate::control::controls) struct LineRow {
    company: OrganisationId,
    hire: ApplicationId,
    starts_on: NaiveDate,
}

impl From<&LineRow> for Line {
    fn from(row: &LineRow) -> Self {
        Self { company: row.company, hire: row.hire, starts_on: row.starts_on }
    }
}

/// A drawn hire, as it was at the draw.
#[derive(Deserialize)]
pub(in crate::control::controls) struct HireRow {
    pub id: ControlHireId,
    pub pass_number: PassNumber,
    pub starts_on: NaiveDate,
    /// Whether it is kept already that the reader read who it is about, today (D34).
    pub is_opened: bool,
}

/// A criterion that is defended, and its proof when it has one.
#[derive(Deserialize)]
pub(in crate::control::controls) struct CriterionRow {
    pub id: ControlCriterionId,
    pub given_at: Option<DateTime<Utc>>,
    /// When the proof beside it was submitted: read with it, since another may take its place at any time.
    pub submitted_at: Option<DateTime<Utc>>,
    pub reviewed_at: Option<DateTime<Utc>>,
    pub reviewed_by: Option<String>,
    pub proof: Option<ProofRow>,
}

/// The file of a proof.
#[derive(Clone, Deserialize)]
pub(in crate::control::controls) struct ProofRow {
    pub document: DocumentId,
    pub storage_key: String,
    /// In hexadecimal.
    pub sha256: String,
    pub size: u64,
    pub stored_at: DateTime<Utc>,
}

/// Something that happened, as the trail keeps it.
#[derive(Deserialize)]
pub(in crate::control::controls) struct EventRow {
    pub at: DateTime<Utc>,
    pub action: String,
    pub actor_kind: String,
    pub by: Option<String>,
    pub organisation: Option<OrganisationId>,
    pub organisation_name: Option<String>,
    pub payload: Value,
}

/// A mail, and everyone it went to.
#[derive(Deserialize)]
pub(in crate::control::controls) struct MailRow {
    pub kind: String,
    pub subject: String,
    pub text: String,
    pub recipients: Vec<String>,
    pub written_at: DateTime<Utc>,
    /// How many of them it left for, and could not leave for so far.
    pub sent: usize,
    pub failed: usize,
    pub sent_at: Option<DateTime<Utc>>,
}

/// A decision on the negative result.
#[derive(Deserialize)]
pub(in crate::control::controls) struct DecisionRow {
    pub id: ControlDecisionId,
    pub replaces: Option<ControlDecisionId>,
    pub replaced_why: Option<String>,
    pub is_annulment: bool,
    pub reason: Option<NegativeReason>,
    pub comment: Option<String>,
    pub training: Option<String>,
    pub withdrawn_from: Option<NaiveDate>,
    pub withdrawn_to: Option<NaiveDate>,
    pub leniency: Option<String>,
    pub cuts: Vec<CutRow>,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// The subsidy of a hire that is cut.
#[derive(Deserialize)]
pub(in crate::control::controls) struct CutRow {
    pub rank: u16,
    pub percent: u8,
}
