//! A control and its hires as their columns have them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{
    Campaign, Control, ControlledCriterion, ControlledHire, Defended, FinalState, Review, Reviewed,
};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::ids::{
    ApplicationId, CandidateId, ControlCampaignId, ControlCriterionId, ControlHireId, ControlId,
    OrganisationId,
};
use iae_domain::organisations::CompanyKind;
use iae_domain::time::Period;

use crate::error::{Error, Result};

/// A control, with what its campaign says of it.
pub(super) struct ControlRow {
    pub id: ControlId,
    pub campaign: ControlCampaignId,
    pub institution: OrganisationId,
    pub company: OrganisationId,
    pub answering: OrganisationId,
    pub kind: CompanyKind,
    pub hired_from: NaiveDate,
    pub hired_to: NaiveDate,
    pub ended_at: Option<DateTime<Utc>>,
    pub adversarial_from: NaiveDate,
    pub is_adversarial: bool,
    pub reviewed_at: Option<DateTime<Utc>>,
    pub final_reviewed_at: Option<DateTime<Utc>>,
    pub final_state: Option<FinalState>,
    pub frozen_at: Option<DateTime<Utc>>,
    pub reminded_at: Option<DateTime<Utc>>,
    pub notified_at: Option<DateTime<Utc>>,
}

/// A hire, and one of the criteria defended for it.
pub(super) struct HireRow {
    pub control: ControlId,
    pub id: ControlHireId,
    pub application: ApplicationId,
    pub candidate: CandidateId,
    pub rank: i16,
    pub declared: Vec<String>,
    pub comment: String,
    pub criterion: Option<ControlCriterionId>,
    pub code: Option<Criterion>,
    pub is_certified: Option<bool>,
    pub uploaded_at: Option<DateTime<Utc>>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub review: Option<Review>,
}

impl ControlRow {
    /// Which contracts its campaign controls.
    pub(super) const fn hired(&self) -> Period {
        Period { start: self.hired_from, end: self.hired_to }
    }
}

/// Criteria as a column keeps their codes.
pub(super) fn criteria(codes: &[String]) -> Result<Criteria> {
    let read = |code: &String| {
        Criterion::parse(code).ok_or_else(|| Error::Internal(format!("unknown criterion {code}"), None))
    };
    let criteria = codes.iter().map(read).collect::<Result<Vec<_>>>()?;
    Criteria::choose(criteria).map_err(|error| Error::internal("declared criteria", error))
}

/// Puts the hires, which come by control and by rank, in their controls.
pub(super) fn assemble(controls: Vec<ControlRow>, hires: Vec<HireRow>) -> Result<Vec<Control>> {
    let mut of: HashMap<ControlId, Vec<ControlledHire>> = HashMap::new();
    for row in hires {
        let hires = of.entry(row.control).or_default();
        if hires.last().is_none_or(|last| last.id != row.id) {
            hires.push(ControlledHire {
                id: row.id,
                application: row.application,
                candidate: row.candidate,
                rank: row.rank.unsigned_abs(),
                declared: criteria(&row.declared)?,
                criteria: vec![],
                comment: row.comment.clone(),
            });
        }
        if let (Some(hire), Some(criterion)) = (hires.last_mut(), row.criterion()) {
            hire.criteria.push(criterion);
        }
    }
    let control = |row: ControlRow| Control {
        id: row.id,
        campaign: row.campaign,
        institution: row.institution,
        company: row.company,
        answering: row.answering,
        kind: row.kind,
        phase: if row.ended_at.is_some() { Campaign::Ended } else { Campaign::Open },
        adversarial_from: row.adversarial_from,
        is_adversarial: row.is_adversarial,
        reviewed: Reviewed {
            at: row.reviewed_at,
            finally_at: row.final_reviewed_at,
            final_state: row.final_state,
        },
        frozen_at: row.frozen_at,
        reminded_at: row.reminded_at,
        notified_at: row.notified_at,
        hires: of.remove(&row.id).unwrap_or_default(),
    };
    Ok(controls.into_iter().map(control).collect())
}

impl HireRow {
    fn criterion(&self) -> Option<ControlledCriterion> {
        let is_certified = self.is_certified?;
        let given_at = self.uploaded_at.filter(|_| !is_certified);
        let defended = Defended {
            is_certified,
            has_proof: given_at.is_some(),
            submitted_at: self.submitted_at,
            review: self.review?,
        };
        Some(ControlledCriterion { id: self.criterion?, criterion: self.code?, defended, given_at })
    }
}
