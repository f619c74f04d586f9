//! The rows behind the page of an application.

mod hire_choices;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::applications::policy::{self, Exchange, Side};
use iae_domain::applications::{RefusalReason, SenderKind, StateCode, visible_since};
use iae_domain::candidates::{
    FranceTravailIdMissingReason, Identification, Missing, NirMissingReason, PersonName,
};
use iae_domain::eligibility::{Criterion, Diagnosis, Withdrawn};
use iae_domain::ids::{ApplicationId, CandidateId, OrganisationId, PassId, UserId};
use iae_domain::organisations::{CompanyKind, PrescriberKind};
use iae_domain::pass::PassNumber;
use sqlx::types::Json;

pub(super) use hire_choices::hire_choices;

use super::parts::ProvedCriterion;
use super::{DiagnosisCard, Transition};
use crate::control::WithdrawnRow;
use crate::eligibility::queries::CertifiedRow;
use crate::error::Result;
use crate::organisations::succession::first_structure::FirstStructure;
use crate::{Ctx, Db};

pub(super) struct Row {
    pub id: ApplicationId,
    pub candidate_id: CandidateId,
    pub company_id: OrganisationId,
    pub company_sees: bool,
    pub sender_kind: SenderKind,
    pub sender_id: Option<UserId>,
    pub sender_organisation_id: Option<OrganisationId>,
    pub state: StateCode,
    pub submitted_at: DateTime<Utc>,
    pub processed_at: Option<DateTime<Utc>>,
    pub resume_on: Option<NaiveDate>,
    pub message: String,
    pub answer: String,
    pub answer_to_prescriber: String,
    pub refusal_reason: Option<RefusalReason>,
    pub refusal_reason_shared: bool,
    pub declined_by: Option<String>,
    pub declined_by_email: Option<String>,
    pub hiring_starts_on: Option<NaiveDate>,
    pub hiring_ends_on: Option<NaiveDate>,
    pub hired_job: Option<String>,
    pub has_cv: bool,
    pub pass_id: Option<PassId>,
    pub cancelled_pass: Option<PassNumber>,
    pub first: Option<Json<FirstStructure>>,
    pub awaits_manual_delivery: bool,
    pub pass_refused_at: Option<DateTime<Utc>>,
    pub pass_delivered_at: Option<DateTime<Utc>>,
    pub name: PersonName,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub address: String,
    pub post_code: Option<String>,
    pub city: String,
    pub nir: Option<String>,
    pub nir_missing_reason: Option<NirMissingReason>,
    pub has_france_travail_id: bool,
    pub france_travail_id_missing_reason: Option<FranceTravailIdMissingReason>,
    pub has_birth_place: bool,
    pub has_address: bool,
    pub created_by: Option<UserId>,
    pub company_name: String,
    pub company_kind: CompanyKind,
    pub company_city: String,
    pub company_phone: Option<String>,
    pub company_email: Option<String>,
    pub last_reminded_at: Option<DateTime<Utc>>,
    pub sender_name: Option<String>,
    pub sender_email: Option<String>,
    pub sender_phone: Option<String>,
    pub sender_is_member: bool,
    pub sender_organisation: Option<String>,
    pub prescriber_kind: Option<PrescriberKind>,
    pub sender_is_authorised: bool,
    pub jobs: Vec<String>,
    pub other_pending: i64,
    pub withdrawals: Json<Vec<WithdrawnRow>>,
    pub proved: Option<Json<Vec<ProvedCriterion>>>,
}

impl Row {
    /// The strongest thing that identifies the person to the State.
    pub(super) const fn identification(&self) -> Identification {
        match self.france_travail_id_missing_reason {
            _ if self.nir.is_some() => Identification::Nir,
            _ if self.has_france_travail_id => Identification::FranceTravailId,
            Some(FranceTravailIdMissingReason::NotRegistered) => Identification::NotRegistered,
            Some(FranceTravailIdMissingReason::Forgotten) | None => Identification::Forgotten,
        }
    }

    /// The withdrawal of the right of the company to prescribe to itself that holds on a day; nobody but the company is told.
    pub(super) fn withdrawn(&self, day: NaiveDate) -> Option<Withdrawn> {
        Withdrawn::in_force(&WithdrawnRow::all(&self.withdrawals), day)
    }

    pub(super) const fn exchange(&self) -> Exchange {
        Exchange {
            candidate: self.candidate_id,
            company: self.company_id,
            company_sees: self.company_sees,
            sender_kind: self.sender_kind,
            sender_organisation: self.sender_organisation_id,
        }
    }

    /// What the person's file lacks.
    pub(super) const fn missing(&self) -> Missing {
        Missing {
            phone: self.phone.is_none(),
            birth_date: self.birth_date.is_none(),
            birth_place: !self.has_birth_place,
            nir: self.nir.is_none() && self.nir_missing_reason.is_none(),
            france_travail: !self.has_france_travail_id && self.france_travail_id_missing_reason.is_none(),
            address: !self.has_address,
        }
    }
}

/// The application `id` and the side it is read from; none when it does not exist for the actor (TEN-1).
#[expect(clippy::too_many_lines, reason = "one statement, one column a line")]
pub(super) async fn find(db: &Db, ctx: &Ctx<Actor>, id: ApplicationId) -> Result<Option<(Side, Row)>> {
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT a.id
             , a.candidate_id
             , a.company_id
             , company_sees(a.company_id, a, $2) AS "company_sees!"
             , a.sender_kind
             , a.sender_id AS "sender_id: UserId"
             , a.sender_organisation_id
             , a.state
             , a.submitted_at
             , a.processed_at
             , a.resume_on
             , a.message
             , a.answer
             , a.answer_to_prescriber
             , a.refusal_reason
             , a.refusal_reason_shared
             , full_name(declined.first_name, declined.last_name) AS declined_by
             , CASE WHEN declined.is_active THEN declined.email END AS declined_by_email
             , a.hiring_starts_on
             , a.hiring_ends_on
             , hired.label AS "hired_job?"
             , EXISTS (SELECT FROM documents d WHERE d.application_id = a.id AND d.kind = 'cv') AS "has_cv!"
             , a.pass_id
             , (
                   SELECT gone.number
                   FROM cancelled_passes gone
                   WHERE gone.application_id = a.id AND gone.cancelled_at = a.processed_at AND a.state = 'cancelled'
                   ORDER BY gone.number DESC
                   LIMIT 1
               ) AS "cancelled_pass: PassNumber"
             , (SELECT first_structure_of FROM read_first_structure_of(a.id)) AS "first: Json<FirstStructure>"
             , (a.pass_delivery IS NOT DISTINCT FROM 'manual' AND a.pass_id IS NULL AND a.pass_refused_at IS NULL)
                   AS "awaits_manual_delivery!"
             , a.pass_refused_at
             , (SELECT p.created_at FROM passes p WHERE p.id = a.pass_id AND a.pass_delivery = 'manual')
                   AS pass_delivered_at
             , full_name(person.first_name, person.last_name) AS "name!"
             , person.email
             , person.phone
             , c.birth_date
             , concat_ws(', ', nullif(c.address_line_1, ''), nullif(c.address_line_2, '')) AS "address!"
             , c.post_code
             , c.city
             , c.nir
             , c.nir_missing_reason AS "nir_missing_reason: NirMissingReason"
             , (c.france_travail_id IS NOT NULL) AS "has_france_travail_id!"
             , c.france_travail_id_missing_reason AS "france_travail_id_missing_reason: FranceTravailIdMissingReason"
             , has_birth_place(c) AS "has_birth_place!"
             , has_address(c) AS "has_address!"
             , c.created_by AS "created_by: UserId"
             , o.shown_name AS company_name
             , o.kind AS "company_kind: CompanyKind"
             , o.city AS company_city
             , o.phone AS company_phone
             , nullif(o.email, '') AS company_email
             , (SELECT max(r.at) FROM application_reminders r WHERE r.application_id = a.id) AS last_reminded_at
             , full_name(sender.first_name, sender.last_name) AS sender_name
             , sender.email AS "sender_email?"
             , sender.phone AS "sender_phone?"
             , coalesce(m.is_active AND sender.is_active, false) AS "sender_is_member!"
             , sending.shown_name AS "sender_organisation?"
             , prescriber.kind AS "prescriber_kind?"
             , coalesce(is_authorised(prescriber, $4), false) AS "sender_is_authorised!"
             , ARRAY(
                   SELECT concat_ws(', ', label, commune) FROM application_posts WHERE application_id = a.id ORDER BY 1
               ) AS "jobs!: Vec<String>"
             , (
                   SELECT count(*)
                   FROM applications other
                   WHERE other.candidate_id = a.candidate_id
                     AND other.id <> a.id
                     AND other.state IN ('new', 'processing', 'postponed')
               ) AS "other_pending!"
             , CASE WHEN a.company_id = $3 THEN (SELECT withdrawals_of FROM read_withdrawals_of(a.company_id)) ELSE '[]' END
                   AS "withdrawals!: Json<Vec<WithdrawnRow>>"
             , (
                   SELECT jsonb_agg(jsonb_build_object(
                              'criterion', declared.criterion_code
                            , 'max_age_months', e.proof_max_age_months
                            , 'dated_on', ARRAY(
                                  SELECT p.dated_on
                                  FROM eligibility_proofs p
                                  WHERE p.company_id = declared.company_id
                                    AND p.candidate_id = declared.candidate_id
                                    AND p.criterion_code = declared.criterion_code
                              )
                          ))
                   FROM self_prescribed_criteria declared
                   JOIN eligibility_criteria e ON e.code = declared.criterion_code
                   WHERE declared.application_id = a.id AND NOT declared.is_certified
               ) AS "proved?: Json<Vec<ProvedCriterion>>"
        FROM applications a
        JOIN candidates c ON c.id = a.candidate_id
        JOIN users person ON person.id = a.candidate_id
        JOIN organisations o ON o.id = a.company_id
        LEFT JOIN users sender ON sender.id = a.sender_id
        LEFT JOIN organisations sending ON sending.id = a.sender_organisation_id
        LEFT JOIN prescriber_organisations prescriber ON prescriber.organisation_id = a.sender_organisation_id
        LEFT JOIN memberships m ON m.user_id = a.sender_id AND m.organisation_id = a.sender_organisation_id
        LEFT JOIN job_descriptions hired ON hired.id = a.hired_job_id
        LEFT JOIN users declined ON declined.id = (
            SELECT t.user_id
            FROM application_transitions t
            WHERE t.application_id = a.id AND t.to_state = 'refused' AND a.state = 'refused'
            ORDER BY t.seq DESC
            LIMIT 1
        )
        WHERE a.id = $1 AND ($3::uuid IS NULL OR a.sender_organisation_id = $3 OR a.company_id = $3)
        "#,
        id as _,
        visible_since(ctx.now),
        ctx.actor_record().organisation as Option<OrganisationId>,
        ctx.today(),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| Some((policy::read(&ctx.actor, &row.exchange())?, row))))
}

/// Every diagnosis of the person with what its card shows.
pub(super) async fn diagnoses(db: &Db, candidate: CandidateId) -> Result<Vec<DiagnosisCard>> {
    let rows = sqlx::query!(
        r#"
        SELECT d.id
             , d.candidate_id
             , d.author_kind
             , d.organisation_id
             , d.created_at
             , d.expires_on
             , full_name(author.first_name, author.last_name) AS "author!"
             , o.shown_name AS organisation_name
             , ARRAY(
                   SELECT dc.criterion_code
                   FROM diagnosis_criteria dc
                   JOIN eligibility_criteria e ON e.code = dc.criterion_code
                   WHERE dc.diagnosis_id = d.id
                   ORDER BY e.level, e.rank
               ) AS "criteria!: Vec<Criterion>"
             , (SELECT certifications_of FROM read_certifications_of(d.id)) AS "certified!: Json<Vec<CertifiedRow>>"
        FROM eligibility_diagnoses d
        JOIN users author ON author.id = d.author_id
        JOIN organisations o ON o.id = d.organisation_id
        WHERE d.candidate_id = $1
        ORDER BY d.created_at DESC
        "#,
        candidate as _,
    )
    .fetch_all(db)
    .await?;
    let cards = rows.into_iter().map(|row| DiagnosisCard {
        diagnosis: Diagnosis {
            id: row.id,
            candidate: row.candidate_id,
            author_kind: row.author_kind,
            organisation: row.organisation_id,
            created_at: row.created_at,
            expires_on: row.expires_on,
        },
        author: row.author,
        organisation: row.organisation_name,
        criteria: row.criteria,
        certified: CertifiedRow::all(row.certified.0),
    });
    Ok(cards.collect())
}

/// What happened to the application, latest first (LOG-1).
pub(super) async fn history(db: &Db, id: ApplicationId, reader: Option<UserId>) -> Result<Vec<Transition>> {
    let history = sqlx::query_as!(
        Transition,
        r#"
        SELECT t.at
             , t.to_state AS "to: StateCode"
             , t.answer
             , full_name(author.first_name, author.last_name) AS author
             , author.id IS NOT NULL AND author.id = $2 AS "is_by_reader!"
             , coalesce(author.kind = 'itou_staff', false) AS "is_by_team!"
        FROM application_transitions t
        -- Who hired the person elsewhere is never told.
        LEFT JOIN users author ON author.id = t.user_id AND t.to_state <> 'obsolete'
        WHERE t.application_id = $1
        ORDER BY t.at DESC, t.seq DESC
        LIMIT 100
        "#,
        id as _,
        reader as Option<UserId>,
    )
    .fetch_all(db)
    .await?;
    Ok(history)
}
