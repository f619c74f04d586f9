//! The criteria of a diagnosis and what the State answered of each, as `certifications_of` gathers it.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::eligibility::{Certification, CertifiedDays, Criterion};
use serde::Deserialize;

/// One of them.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct CertifiedRow {
    criterion: Criterion,
    at: Option<DateTime<Utc>>,
    is_empty: Option<bool>,
    first: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

impl CertifiedRow {
    /// All of a diagnosis.
    pub(crate) fn all(rows: Vec<Self>) -> Vec<Certification> {
        rows.into_iter().map(Certification::from).collect()
    }
}

impl From<CertifiedRow> for Certification {
    fn from(row: CertifiedRow) -> Self {
        let days = row.is_empty.map(|is_empty| {
            if is_empty {
                return CertifiedDays::Nothing;
            }
            // Postgres says the first day that is no more in the range.
            let last = row.until.and_then(|until| until.pred_opt());
            CertifiedDays::From { first: row.first.unwrap_or(NaiveDate::MIN), last }
        });
        Self { criterion: row.criterion, at: row.at, days }
    }
}
