//! Diagnoses as pages show them: who made them, on what, and what of the situation a reader may see.

mod certified;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::candidates::{Assessment, SituationPoint, Topic};
use iae_domain::eligibility::{
    AuthorKind, Certification, Criterion, Diagnosis, ProfileFacts, Viewer, known, last_considered_valid,
    prefilled,
};
use iae_domain::ids::{ApplicationId, CandidateId, DiagnosisId, OrganisationId};
use iae_domain::pass::waiting_period;
use sqlx::types::Json;

pub(crate) use certified::CertifiedRow;

use crate::Db;
use crate::error::{Error, Result};

/// A diagnosis with its author (rule book 03 §2.10).
#[derive(Debug, Clone)]
pub struct DiagnosisDetail {
    /// Its id.
    pub id: DiagnosisId,
    /// Which kind of organisation made it.
    pub author_kind: AuthorKind,
    /// The organisation that made it.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Who made it: « Prénom NOM ».
    pub author_name: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// First day it no longer holds.
    pub expires_on: NaiveDate,
    /// Its criteria, in display order.
    pub criteria: Vec<Criterion>,
    /// What the State answered of each of them, if it did.
    pub certified: Vec<Certification>,
    /// Every point of its situation, in the order of the guide: for the organisation that wrote it.
    pub points: Vec<SituationPoint>,
}

/// A diagnosis with its author, its criteria and its situation.
pub async fn detail(db: &Db, id: DiagnosisId) -> Result<Option<DiagnosisDetail>> {
    let row = sqlx::query!(
        r#"
        SELECT d.author_kind
             , d.organisation_id
             , o.shown_name AS organisation_name
             , full_name(u.first_name, u.last_name) AS "author_name!"
             , d.created_at
             , d.expires_on
             , ARRAY(SELECT criterion_code FROM diagnosis_criteria WHERE diagnosis_id = d.id) AS "criteria!"
             , (SELECT certifications_of FROM read_certifications_of(d.id)) AS "certified!: Json<Vec<CertifiedRow>>"
             , (
                   SELECT coalesce(jsonb_agg(to_jsonb(p) - 'diagnosis_id'), '[]')
                   FROM situation_points p
                   WHERE p.diagnosis_id = d.id
               ) AS "points!: Json<Vec<SituationPoint>>"
        FROM eligibility_diagnoses d
        JOIN users u ON u.id = d.author_id
        JOIN organisations o ON o.id = d.organisation_id
        WHERE d.id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let mut criteria: Vec<_> = row.criteria.iter().filter_map(|code| Criterion::parse(code)).collect();
        criteria.sort();
        let mut points = row.points.0;
        points.sort_by_key(|point| point.topic);
        DiagnosisDetail {
            id,
            author_kind: row.author_kind,
            organisation_id: row.organisation_id,
            organisation_name: row.organisation_name,
            author_name: row.author_name,
            created_at: row.created_at,
            expires_on: row.expires_on,
            criteria,
            certified: CertifiedRow::all(row.certified.0),
            points,
        }
    }))
}

/// The points of a diagnosis the company may read on an application: shared, and covered by the consent this very
/// application was sent under. What the person agreed to another time, or a diagnosis made since, opens nothing.
pub async fn points_shared_by(
    db: &Db,
    id: DiagnosisId,
    application: ApplicationId,
) -> Result<Vec<SituationPoint>> {
    let rows = sqlx::query!(
        r#"
        SELECT p.topic, p.assessment, p.note
        FROM situation_points p
        JOIN eligibility_diagnoses d ON d.id = p.diagnosis_id
        JOIN applications a ON a.id = $2 AND a.candidate_id = d.candidate_id
        JOIN sharing_consents c
          ON c.id = a.consent_id
         AND c.candidate_id = a.candidate_id
         AND c.company_id = a.company_id
         AND c.recorded_at >= d.created_at
        WHERE p.diagnosis_id = $1 AND p.shared AND p.topic = ANY (c.shared)
        "#,
        id as _,
        application as _,
    )
    .fetch_all(db)
    .await?;
    sorted(rows.into_iter().map(|row| point(id, &row.topic, &row.assessment, row.note, true)))
}

/// A criterion with the proof an SIAE keeps beside it (rule book 03 §2.3).
#[derive(Debug, Clone)]
pub struct CriterionProof {
    /// The criterion.
    pub criterion: Criterion,
    /// What proves it.
    pub proof: String,
    /// Oldest proof accepted, in months before the delivery of the PASS.
    pub max_age_months: Option<i16>,
}

/// Every criterion, in display order.
pub async fn criteria(db: &Db) -> Result<Vec<CriterionProof>> {
    let criteria = sqlx::query_as!(
        CriterionProof,
        r#"
        SELECT code AS "criterion: Criterion", proof, proof_max_age_months AS max_age_months
        FROM eligibility_criteria
        ORDER BY level, rank
        LIMIT 100
        "#,
    )
    .fetch_all(db)
    .await?;
    Ok(criteria)
}

/// What is known of a person that ticks criteria in advance (rule book 03 §2.9), when the profile was confirmed.
#[derive(Debug, Clone)]
pub struct ConfirmedProfile {
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Code of the level of education.
    pub education_level: Option<String>,
    /// The town they live in.
    pub city: String,
    /// Whether it is wholly in a ZRR.
    pub wholly_in_zrr: bool,
    /// When someone last confirmed the profile.
    pub last_checked_at: Option<DateTime<Utc>>,
}

impl ConfirmedProfile {
    /// The criteria it ticks.
    pub fn criteria(&self, now: DateTime<Utc>) -> Vec<Criterion> {
        prefilled(self.facts(), now)
    }

    /// Those it matches, whenever it was confirmed.
    pub fn known(&self, now: DateTime<Utc>) -> Vec<Criterion> {
        known(self.facts(), now)
    }

    fn facts(&self) -> ProfileFacts<'_> {
        ProfileFacts {
            birth_date: self.birth_date,
            education_level: self.education_level.as_deref(),
            wholly_in_zrr: self.wholly_in_zrr,
            confirmed_at: self.last_checked_at,
        }
    }
}

/// The profile of a person.
pub async fn profile(db: &Db, candidate: CandidateId) -> Result<Option<ConfirmedProfile>> {
    let profile = sqlx::query_as!(
        ConfirmedProfile,
        r#"
        SELECT c.birth_date
             , c.education_level
             , c.city
             , coalesce(p.zrr_status = 'C', false) AS "wholly_in_zrr!"
             , c.last_checked_at
        FROM candidates c
        LEFT JOIN communes p ON p.insee_code = c.commune_code
        WHERE c.id = $1
        "#,
        candidate as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(profile)
}

fn point(
    id: DiagnosisId,
    topic: &str,
    assessment: &str,
    note: String,
    shared: bool,
) -> Result<SituationPoint> {
    let inconsistent = |column| Error::inconsistent("situation_points", column, id);
    Ok(SituationPoint {
        topic: Topic::parse(topic).ok_or_else(|| inconsistent("topic"))?,
        assessment: Assessment::parse(assessment).ok_or_else(|| inconsistent("assessment"))?,
        note,
        shared,
    })
}

fn sorted(points: impl Iterator<Item = Result<SituationPoint>>) -> Result<Vec<SituationPoint>> {
    let mut points = points.collect::<Result<Vec<_>>>()?;
    points.sort_by_key(|point| point.topic);
    Ok(points)
}

/// What a person holds, in the eyes of prescribers.
#[derive(Debug, Clone)]
pub struct InForce {
    /// Whether they hold a valid PASS.
    pub has_valid_pass: bool,
    /// The diagnosis that counts, if any (rule book 03 §2.7).
    pub diagnosis: Option<Diagnosis>,
}

/// What a person holds today, in the eyes of prescribers.
pub async fn in_force(db: &Db, candidate: CandidateId, today: NaiveDate) -> Result<InForce> {
    let held = super::store::holdings(db, candidate).await?;
    let has_valid_pass = waiting_period::has_valid_pass(&held.passes, today);
    let diagnosis =
        last_considered_valid(&held.diagnoses(), Viewer::Prescriber, has_valid_pass, today).cloned();
    Ok(InForce { has_valid_pass, diagnosis })
}
