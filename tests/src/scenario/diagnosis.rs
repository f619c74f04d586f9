//! Diagnoses, of a prescriber or of an SIAE.

use chrono::TimeDelta;
use iae_domain::eligibility::{Criterion, employer_diagnosis_expiry, prescriber_diagnosis_expiry};
use iae_domain::ids::{CandidateId, DiagnosisId};
use iae_domain::time::paris_date;

use crate::{Persona, TestApp};

/// A diagnosis to be written.
#[derive(Clone, Copy)]
#[must_use]
pub struct DiagnosisBuilder<'a> {
    pub(super) app: &'a TestApp,
    pub(super) by: Persona,
    pub(super) of: CandidateId,
    pub(super) age: TimeDelta,
    pub(super) criteria: &'a [Criterion],
}

impl<'a> DiagnosisBuilder<'a> {
    /// Who made it: a prescripteur habilité, or a member of an SIAE.
    pub const fn by(self, by: Persona) -> Self {
        Self { by, ..self }
    }

    /// The person.
    pub const fn of(self, of: CandidateId) -> Self {
        Self { of, ..self }
    }

    /// How long ago it was made.
    pub const fn made(self, ago: TimeDelta) -> Self {
        Self { age: ago, ..self }
    }

    /// Its administrative criteria.
    pub const fn criteria(self, criteria: &'a [Criterion]) -> Self {
        Self { criteria, ..self }
    }

    /// Writes it, expiring when the rules say.
    pub async fn insert(self) -> DiagnosisId {
        let at = self.app.now() - self.age;
        let id = DiagnosisId::at(at);
        let is_employer =
            matches!(self.by, Persona::Employer | Persona::EmployerAdmin | Persona::OtherEmployer);
        let expiry = if is_employer { employer_diagnosis_expiry } else { prescriber_diagnosis_expiry };
        sqlx::query(
            "INSERT INTO eligibility_diagnoses
                 (id, candidate_id, author_id, author_kind, organisation_id, created_at, expires_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(self.of)
        .bind(self.by.user())
        .bind(if is_employer { "employer" } else { "prescriber" })
        .bind(self.by.organisation())
        .bind(at)
        .bind(expiry(paris_date(at)))
        .execute(self.app.db())
        .await
        .unwrap();
        for criterion in self.criteria {
            sqlx::query("INSERT INTO diagnosis_criteria (diagnosis_id, criterion_code) VALUES ($1, $2)")
                .bind(id)
                .bind(criterion.code())
                .execute(self.app.db())
                .await
                .unwrap();
        }
        id
    }
}
