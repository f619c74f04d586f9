//! The PASS that a hire gives, delivered at once or by the team (rule book 03 §4.6, §4.10).

use chrono::{DateTime, Utc};

use super::Application;
use crate::Changed;
use crate::ids::{DiagnosisId, PassId};
use crate::organisations::{CompanyKind, PrescriberKind, Siret};
use crate::pass::{NewPass, OriginSnapshot, Pass};
use crate::time::Period;

/// What the rules of a delivery need to know, loaded under the lock of the candidate.
#[derive(Debug, Clone)]
pub struct IssueFacts {
    /// Kind of the company.
    pub company_kind: CompanyKind,
    /// SIRET of the company.
    pub company_siret: Siret,
    /// Kind of the prescriber organisation that sent the application, if one did.
    pub prescriber_kind: Option<PrescriberKind>,
    /// Every PASS of the person.
    pub passes: Vec<Pass>,
    /// The id a new PASS would take.
    pub new_pass: PassId,
}

impl Application {
    /// The PASS of this hire, for these days, on the strength of this diagnosis.
    pub(super) fn issue_pass(
        &self,
        period: Period,
        diagnosis: DiagnosisId,
        facts: &IssueFacts,
        at: DateTime<Utc>,
    ) -> Changed<NewPass> {
        let pass = NewPass {
            id: facts.new_pass,
            candidate: self.candidate,
            period,
            diagnosis,
            origin: OriginSnapshot {
                siret: facts.company_siret.clone(),
                company_kind: facts.company_kind,
                sender_kind: self.sender.kind,
                prescriber_kind: facts.prescriber_kind,
            },
            created_at: at,
        };
        pass.issued_by(self.id)
    }
}
