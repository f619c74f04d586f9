//! PASS IAE.

use chrono::{NaiveDate, TimeDelta};
use iae_domain::ids::{CandidateId, PassId};
use iae_domain::pass::default_end;

use crate::TestApp;

/// A PASS to be written.
#[derive(Clone, Copy)]
#[must_use]
pub struct PassBuilder<'a> {
    pub(super) app: &'a TestApp,
    pub(super) of: CandidateId,
    pub(super) starts_on: Option<NaiveDate>,
    pub(super) ends_on: Option<NaiveDate>,
}

impl PassBuilder<'_> {
    /// The holder.
    pub const fn of(self, of: CandidateId) -> Self {
        Self { of, ..self }
    }

    /// Its first day.
    pub const fn starting(self, day: NaiveDate) -> Self {
        Self { starts_on: Some(day), ..self }
    }

    /// Its last day, when it is not the one two years give.
    pub const fn ending(self, day: NaiveDate) -> Self {
        Self { ends_on: Some(day), ..self }
    }

    /// Writes it, on a diagnosis of the prescriber made the day it starts.
    pub async fn insert(self) -> PassId {
        let app = self.app;
        let starts_on = self.starts_on.unwrap_or_else(|| app.today() - TimeDelta::days(30));
        let age = app.today() - starts_on;
        let diagnosis =
            app.scenario().diagnosis().of(self.of).made(age.max(TimeDelta::zero())).insert().await;
        let id = PassId::at(app.now());
        sqlx::query(
            "WITH number AS (
                 INSERT INTO pass_counters VALUES ($1, 1)
                 ON CONFLICT (prefix) DO UPDATE SET last_sequence = pass_counters.last_sequence + 1
                 RETURNING prefix || lpad(last_sequence::text, 7, '0') AS number
             )
             INSERT INTO passes
                 (id, number, candidate_id, starts_on, issued_days, ends_on, diagnosis_id, origin_siret, origin_company_kind,
                  origin_sender_kind, origin_prescriber_kind, created_at, updated_at)
             SELECT $2, number, $3, $4, $5 - $4 + 1, $5, $6, '38012345600011', 'ACI', 'prescriber', 'ML', $7, $7 FROM number",
        )
        .bind(app.app.config.pass_prefix.as_str())
        .bind(id)
        .bind(self.of)
        .bind(starts_on)
        .bind(self.ends_on.unwrap_or_else(|| default_end(starts_on)))
        .bind(diagnosis)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
        id
    }
}
