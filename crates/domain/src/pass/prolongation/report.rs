//! The report of a pathway that goes with a request, as a file (rule book 03 §6.3, X3): besides the review on line (D8).

use chrono::{DateTime, TimeDelta, Utc};

use crate::Changed;
use crate::actor::EmployerActor;
use crate::ids::{CandidateId, OrganisationId, PassId, ProlongationRequestId};
use crate::organisations::CompanyKind;
use crate::pass::HeldPass;

/// How long a report that no request followed is kept: a form is confirmed the same day.
pub const REPORT_KEPT: TimeDelta = TimeDelta::days(1);

/// Whether an SIAE of this kind owes one with each request: an AI does, the others may give one.
pub const fn owes_report(kind: CompanyKind) -> bool {
    matches!(kind, CompanyKind::Ai)
}

/// What owns the file, from the first page of the form on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// The id of the form, which its request takes.
    pub id: ProlongationRequestId,
    /// The PASS to be prolonged.
    pub pass: PassId,
    /// Its holder.
    pub candidate: CandidateId,
    /// The SIAE that asks.
    pub company: OrganisationId,
    /// When its file was given, the last time.
    pub created_at: DateTime<Utc>,
}

impl HeldPass {
    /// A report given with a form by an SIAE that may prolong the PASS. The file itself is what the trail keeps.
    pub fn begin_report(
        &self,
        id: ProlongationRequestId,
        by: &EmployerActor,
        now: DateTime<Utc>,
    ) -> Changed<Report> {
        let (pass, candidate) = (self.pass.id, self.pass.candidate);
        Changed::with(Report { id, pass, candidate, company: by.organisation, created_at: now }, vec![])
    }
}

/// A report that no request followed is forgotten, its file before it: that is what the trail keeps.
pub const fn forget_report(id: ProlongationRequestId) -> Changed<ProlongationRequestId> {
    Changed::with(id, vec![])
}
