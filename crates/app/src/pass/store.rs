//! PASS in and out of the database.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Changed;
use iae_domain::ids::{CandidateId, DiagnosisId, PassId};
use iae_domain::pass::{NewPass, Pass, PassNumber};
use iae_domain::time::Period;

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};

/// A PASS as its columns have it.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Row {
    id: PassId,
    number: PassNumber,
    candidate_id: CandidateId,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    diagnosis_id: DiagnosisId,
    created_at: DateTime<Utc>,
}

impl From<Row> for Pass {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            number: row.number,
            candidate: row.candidate_id,
            period: Period { start: row.starts_on, end: row.ends_on },
            diagnosis: row.diagnosis_id,
            created_at: row.created_at,
        }
    }
}

/// Every PASS of a person.
pub(crate) async fn of_candidate(db: impl sqlx::PgExecutor<'_>, candidate: CandidateId) -> Result<Vec<Pass>> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT id, number, candidate_id, starts_on, ends_on, diagnosis_id, created_at
        FROM passes
        WHERE candidate_id = $1
        ORDER BY ends_on DESC
        "#,
        candidate as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Pass::from).collect())
}

/// Writes a new PASS under the next number, with its audit row.
pub(crate) async fn insert(work: &mut Work<'_>, new: Changed<NewPass>) -> Result<()> {
    let pass = work.keep(new);
    let number = next_number(work).await?;
    sqlx::query!(
        r#"
        INSERT INTO passes
            (id, number, candidate_id, starts_on, ends_on, diagnosis_id, origin_siret, origin_company_kind,
             origin_sender_kind, origin_prescriber_kind, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
        "#,
        pass.id as _,
        number.as_str(),
        pass.candidate as _,
        pass.period.start,
        pass.period.end,
        pass.diagnosis as _,
        pass.origin.siret.as_str(),
        pass.origin.company_kind.code(),
        pass.origin.sender_kind.code(),
        pass.origin.prescriber_kind.map(|kind| kind.code()),
        pass.created_at,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// The next number of the prefix. The row of the counter stays locked until the transaction ends: two hires get
/// consecutive numbers, and a rolled-back one leaves no gap (rule book 03 §4.2, C1).
async fn next_number(work: &mut Work<'_>) -> Result<PassNumber> {
    let prefix = &work.app.config.pass_prefix;
    let sequence = sqlx::query_scalar!(
        r#"
        INSERT INTO pass_counters (prefix, last_sequence)
        VALUES ($1, 1)
        ON CONFLICT (prefix) DO UPDATE SET last_sequence = pass_counters.last_sequence + 1
        RETURNING last_sequence
        "#,
        prefix.as_str(),
    )
    .fetch_one(work.db())
    .await?;
    let sequence = u32::try_from(sequence).unwrap_or(0);
    PassNumber::new(prefix, sequence).map_err(|error| Error::internal("PASS number", error))
}

/// Writes the new dates of a PASS, with its audit row.
pub(crate) async fn save(work: &mut Work<'_>, changed: Changed<Pass>) -> Result<()> {
    let pass = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE passes SET starts_on = $2, ends_on = $3, updated_at = $4 WHERE id = $1",
        pass.id as _,
        pass.period.start,
        pass.period.end,
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "passes")?;
    Ok(())
}
