//! Eligibility to the IAE: administrative criteria and diagnoses.

mod anomaly;
mod certification;
mod criteria;
mod diagnosis;
mod event;
pub mod policy;
mod prefill;
mod proof;
mod withdrawn;

pub use anomaly::Anomaly;
pub use certification::{Certification, CertificationBadge, CertifiedDays, CriterionShown};
pub use criteria::{AgeContradicted, Criteria, CriteriaConflict, CriteriaMissing, Criterion, Level};
pub use diagnosis::{
    AuthorKind, Diagnosis, DiagnosisFacts, DiagnosisRefused, EMPLOYER_VALIDITY_DAYS, NewDiagnosis,
    PRESCRIBER_VALIDITY_MONTHS, Prescription, Viewer, employer_diagnosis_expiry, last_considered_valid,
    prescribe, prescriber_diagnosis_expiry, self_prescribe,
};
pub use event::{DiagnosisChange, DiagnosisEvent};
pub use prefill::{PROFILE_FRESHNESS, ProfileFacts, known, prefilled};
pub use proof::{
    DeclaredCriterion, DeclaredHire, EligibilityProof, PROOF_KEPT_MONTHS, ProofRefused, ServingProof,
    is_valid_for, max_age,
};
pub use withdrawn::{Withdrawn, has_prescriber_diagnosis, rests_on_siae};
