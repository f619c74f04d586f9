//! Diagnoses in and out of the database.

use iae_domain::Changed;
use iae_domain::candidates::{SituationPoint, Topic};
use iae_domain::eligibility::{Diagnosis, NewDiagnosis};
use iae_domain::ids::{CandidateId, DiagnosisId};
use iae_domain::pass::Pass;
use serde::Deserialize;
use sqlx::types::Json;

use crate::db::ensure_one_row;
use crate::error::Result;
use crate::{Work, pass};

/// A diagnosis, with the points of its situation that may be shared.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SharedDiagnosis {
    #[serde(flatten)]
    pub diagnosis: Diagnosis,
    pub shared_topics: Vec<Topic>,
}

/// Everything a person holds: diagnoses and PASS, whatever their dates, the latest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holdings {
    pub diagnoses: Vec<SharedDiagnosis>,
    pub passes: Vec<Pass>,
}

impl Holdings {
    /// The points of a diagnosis that may be shared.
    pub(crate) fn topics_of(&self, id: DiagnosisId) -> &[Topic] {
        let held = self.diagnoses.iter().find(|held| held.diagnosis.id == id);
        held.map_or(&[], |held| &held.shared_topics)
    }

    /// The diagnoses as rules read them.
    pub(crate) fn diagnoses(&self) -> Vec<Diagnosis> {
        self.diagnoses.iter().map(|held| held.diagnosis.clone()).collect()
    }
}

/// Everything a person holds, in one statement.
pub(crate) async fn holdings(db: impl sqlx::PgExecutor<'_>, candidate: CandidateId) -> Result<Holdings> {
    let row = sqlx::query!(
        r#"
        WITH diagnoses AS (
            SELECT d.id
                 , d.candidate_id AS candidate
                 , d.author_kind
                 , d.organisation_id AS organisation
                 , d.created_at
                 , d.expires_on
                 , ARRAY(
                       SELECT p.topic FROM situation_points p WHERE p.diagnosis_id = d.id AND p.shared
                   ) AS shared_topics
            FROM eligibility_diagnoses d
            WHERE d.candidate_id = $1
        ), held_passes AS (
            SELECT id
                 , number
                 , candidate_id
                 , (SELECT parcours FROM read_parcours(id, starts_on, issued_days, closed_on)) AS parcours
                 , ends_on
                 , diagnosis_id
                 , created_at
            FROM passes
            WHERE candidate_id = $1
        )
        SELECT (
                   SELECT coalesce(jsonb_agg(d ORDER BY d.created_at DESC), '[]') FROM diagnoses d
               ) AS "diagnoses!: Json<Vec<SharedDiagnosis>>"
             , (
                   SELECT coalesce(jsonb_agg(p ORDER BY p.ends_on DESC), '[]') FROM held_passes p
               ) AS "passes!: Json<Vec<pass::store::Row>>"
        "#,
        candidate as _,
    )
    .fetch_one(db)
    .await?;
    Ok(Holdings { diagnoses: row.diagnoses.0, passes: row.passes.0.into_iter().map(Pass::from).collect() })
}

/// Every diagnosis of a person.
pub(crate) async fn of_candidate(
    db: impl sqlx::PgExecutor<'_>,
    candidate: CandidateId,
) -> Result<Vec<Diagnosis>> {
    let diagnoses = sqlx::query_as!(
        Diagnosis,
        r#"
        SELECT id
             , candidate_id AS candidate
             , author_kind
             , organisation_id AS organisation
             , created_at
             , expires_on
        FROM eligibility_diagnoses
        WHERE candidate_id = $1
        ORDER BY created_at DESC
        "#,
        candidate as _,
    )
    .fetch_all(db)
    .await?;
    Ok(diagnoses)
}

/// Writes a new diagnosis with its criteria and its audit row.
pub(crate) async fn insert(work: &mut Work<'_>, new: Changed<NewDiagnosis>) -> Result<()> {
    let NewDiagnosis { diagnosis, author, criteria, points } = work.keep(new);
    sqlx::query!(
        r#"
        INSERT INTO eligibility_diagnoses
            (id, candidate_id, author_id, author_kind, organisation_id, created_at, expires_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        "#,
        diagnosis.id as _,
        diagnosis.candidate as _,
        author as _,
        diagnosis.author_kind.code(),
        diagnosis.organisation as _,
        diagnosis.created_at,
        diagnosis.expires_on,
    )
    .execute(work.db())
    .await?;
    let codes: Vec<String> = criteria.iter().map(|criterion| criterion.code().to_owned()).collect();
    sqlx::query!(
        "INSERT INTO diagnosis_criteria (diagnosis_id, criterion_code) SELECT $1, unnest($2::text[])",
        diagnosis.id as _,
        &codes,
    )
    .execute(work.db())
    .await?;
    if points.is_empty() { Ok(()) } else { insert_points(work, diagnosis.id, &points).await }
}

/// Writes the new end of a replaced diagnosis (rule book 03 §2.8).
pub(crate) async fn save(work: &mut Work<'_>, changed: Changed<Diagnosis>) -> Result<()> {
    let diagnosis = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE eligibility_diagnoses SET expires_on = $2 WHERE id = $1",
        diagnosis.id as _,
        diagnosis.expires_on,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "eligibility_diagnoses")?;
    Ok(())
}

async fn insert_points(work: &mut Work<'_>, id: DiagnosisId, points: &[SituationPoint]) -> Result<()> {
    let column = |value: fn(&SituationPoint) -> &str| -> Vec<String> {
        points.iter().map(|point| value(point).to_owned()).collect()
    };
    sqlx::query!(
        r#"
        INSERT INTO situation_points (diagnosis_id, topic, assessment, note, shared)
        SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::boolean[])
        "#,
        id as _,
        &column(|point| point.topic.code()),
        &column(|point| point.assessment.code()),
        &column(|point| &point.note),
        &points.iter().map(|point| point.shared).collect::<Vec<bool>>(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}
