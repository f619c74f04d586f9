//! What mails say about an application.

use std::collections::HashMap;

use chrono::NaiveDate;
use iae_domain::applications::{RefusalReason, SenderKind};
use iae_domain::candidates::PersonName;
use iae_domain::french;
use iae_domain::ids::{ApplicationId, CandidateId, OrganisationId, PassId, UserId};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::{Parcours, PassNumber, remaining};
use iae_domain::time::Period;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Result;
use crate::notifications::letter::named;

/// An application, with everything its mails may say.
#[derive(Clone)]
pub(super) struct Application {
    pub id: ApplicationId,
    pub candidate_id: CandidateId,
    pub company_id: OrganisationId,
    candidate_name: String,
    pub company_name: String,
    pub company_city: String,
    pub company_kind: CompanyKind,
    company_phone: Option<String>,
    company_email: Option<String>,
    jobs: Vec<String>,
    pub message: String,
    pub answer: String,
    answer_to_prescriber: String,
    sender_kind: SenderKind,
    sender_name: Option<String>,
    sender_organisation: Option<String>,
    sender_sees_identity: bool,
    organisation_sees_identity: bool,
    /// Who acts: the professional of the company.
    pub actor_name: Option<String>,
    /// Who accompanies the person in the company that hired them; none when the service does not know them.
    pub advisor_name: Option<String>,
    actor_email: Option<String>,
    /// Who accompanies the person, if they are still there.
    companion_name: Option<String>,
    companion_organisation: Option<String>,
    companion_phone: Option<String>,
    pub refusal_reason: Option<RefusalReason>,
    pub refusal_reason_shared: bool,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    pub pass_id: Option<PassId>,
    pub pass_number: Option<PassNumber>,
    /// The PASS that went with the hire, when this is why it was cancelled.
    pub cancelled_pass: Option<PassNumber>,
    parcours: Option<Json<Parcours>>,
}

impl Application {
    pub(super) fn candidate(&self) -> &str {
        &self.candidate_name
    }

    /// « d’Amel BENALI ».
    pub(super) fn of_candidate(&self) -> String {
        french::of(&self.candidate_name)
    }

    /// The same, as the sender may read it (PII-5).
    pub(super) fn of_candidate_for_sender(&self) -> String {
        if self.sender_sees_identity {
            self.of_candidate()
        } else {
            french::of(&PersonName::from(self.candidate_name.clone()).masked())
        }
    }

    /// The same, as the administrators of the organisation read it once the sender has left: whole when the organisation is
    /// authorised (NOT-3, PII-3).
    pub(super) fn for_administrators(&self) -> Self {
        Self { sender_sees_identity: self.organisation_sees_identity, ..self.clone() }
    }

    pub(super) fn jobs(&self) -> String {
        if self.jobs.is_empty() { "Candidature spontanée".to_owned() } else { self.jobs.join(", ") }
    }

    pub(super) fn sender(&self) -> String {
        named(self.sender_name.as_deref(), self.sender_organisation.as_deref())
            .unwrap_or_else(|| "la personne elle-même".to_owned())
    }

    /// The first day of the contract.
    pub(super) fn start(&self) -> Option<String> {
        self.starts_on.map(french::date)
    }

    /// The last day of the contract.
    pub(super) fn end(&self) -> Option<String> {
        self.ends_on.map(french::date)
    }

    /// First and last day of the PASS.
    pub(super) fn pass_days(&self) -> Option<(String, String)> {
        let Period { start, end } = self.parcours.as_ref()?.0.period();
        Some((french::date(start), french::date(end)))
    }

    /// « 730 jours (2 ans) ».
    pub(super) fn pass_remaining(&self, today: NaiveDate) -> Option<String> {
        Some(remaining(&self.parcours.as_ref()?.0, today))
    }

    /// The message to the sender alone; empty when they were sent the one to the person.
    pub(super) fn private_answer(&self) -> &str {
        if self.answer_to_prescriber == self.answer { "" } else { &self.answer_to_prescriber }
    }

    /// The reason of the refusal, in the words the person may read (REF-8, D28).
    pub(super) fn reason_for_candidate(&self) -> Option<&'static str> {
        self.refusal_reason.filter(|_| self.refusal_reason_shared)?.for_person()
    }

    /// « Paul HOFFMANN (Mission locale du pays messin) »: who the person may talk to about a refusal. Name and
    /// organisation only (PII-7).
    pub(super) fn companion(&self) -> Option<String> {
        named(self.companion_name.as_deref(), self.companion_organisation.as_deref())
    }

    /// The number anyone may call at their organisation.
    pub(super) fn companion_phone(&self) -> Option<String> {
        self.companion_phone.as_deref().map(french::phone)
    }

    /// How to discuss a refusal with the company: what its public card says, and for a prescriber, when the reason says
    /// nothing, whoever declined (REF-9).
    pub(super) fn company_contact(&self) -> Option<String> {
        let is_named = self.refusal_reason.is_some_and(|reason| reason.names_who_declined(self.sender_kind));
        let declined = self.actor_name.clone().filter(|_| is_named);
        let email = if declined.is_some() { self.actor_email.as_ref() } else { None };
        let email = email.or(self.company_email.as_ref()).cloned();
        let contact: Vec<String> = [declined, email, self.company_phone.as_deref().map(french::phone)]
            .into_iter()
            .flatten()
            .collect();
        (!contact.is_empty()).then(|| contact.join(", "))
    }
}

/// These applications, by their ids, as `actor` leaves them.
#[expect(clippy::too_many_lines, reason = "one statement, one column a line")]
pub(super) async fn applications(
    db: &mut PgConnection,
    ids: impl Iterator<Item = ApplicationId>,
    actor: Option<UserId>,
    today: NaiveDate,
) -> Result<HashMap<ApplicationId, Application>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Application,
        r#"
        SELECT a.id
             , a.candidate_id
             , a.company_id
             , full_name(candidate.first_name, candidate.last_name) AS "candidate_name!"
             , o.shown_name AS "company_name!"
             , o.city AS company_city
             , o.kind AS "company_kind: CompanyKind"
             , nullif(o.phone, '') AS company_phone
             , nullif(o.email, '') AS company_email
             , ARRAY(
                   SELECT post.label
                   FROM application_posts post
                   WHERE post.application_id = a.id
                   ORDER BY post.label
               ) AS "jobs!: Vec<String>"
             , a.message
             , a.answer
             , a.answer_to_prescriber
             , a.sender_kind AS "sender_kind: SenderKind"
             , full_name(sender.first_name, sender.last_name) AS sender_name
             , sending.shown_name AS "sender_organisation?"
             -- PII-3: a proxy sees the identity when one of their organisations is authorised, when they acted for
             -- a company, or when they created the file.
             , a.sender_kind = 'employer'
                   OR coalesce(file.created_by = a.sender_id, false)
                   OR EXISTS (
                       SELECT FROM memberships of_sender
                       JOIN prescriber_organisations authorised
                         ON authorised.organisation_id = of_sender.organisation_id
                        AND is_authorised(authorised, $3)
                       WHERE of_sender.user_id = a.sender_id AND of_sender.is_active
                   ) AS "sender_sees_identity!"
             , a.sender_kind = 'employer'
                   OR EXISTS (
                       SELECT FROM prescriber_organisations authorised
                       WHERE authorised.organisation_id = a.sender_organisation_id
                         AND is_authorised(authorised, $3)
                   ) AS "organisation_sees_identity!"
             , full_name(actor.first_name, actor.last_name) AS actor_name
             , (
                   SELECT CASE WHEN NOT r.advisor_is_unlisted THEN full_name(hired.first_name, hired.last_name) END
                   FROM candidate_relations r
                   JOIN users hired ON hired.id = r.user_id
                   WHERE r.candidate_id = a.candidate_id AND r.organisation_id = a.company_id AND r.origin = 'hired'
                   ORDER BY r.last_action_at DESC, r.user_id
                   LIMIT 1
               ) AS advisor_name
             , CASE WHEN actor.is_active THEN actor.email END AS actor_email
             , companion.name AS "companion_name?"
             , companion.organisation AS "companion_organisation?"
             , companion.phone AS "companion_phone?"
             , a.refusal_reason AS "refusal_reason: RefusalReason"
             , a.refusal_reason_shared
             , a.hiring_starts_on AS starts_on
             , a.hiring_ends_on AS ends_on
             , a.pass_id AS "pass_id: PassId"
             , p.number AS "pass_number?: PassNumber"
             , (
                   SELECT c.number
                   FROM cancelled_passes c
                   WHERE c.application_id = a.id AND c.cancelled_at = a.processed_at
                   ORDER BY c.number DESC
                   LIMIT 1
               ) AS "cancelled_pass: PassNumber"
             , CASE WHEN p.id IS NOT NULL THEN (SELECT parcours FROM read_parcours(p.id, p.starts_on, p.issued_days, p.closed_on)) END
                   AS "parcours: Json<Parcours>"
        FROM applications a
        JOIN candidates file ON file.id = a.candidate_id
        JOIN users candidate ON candidate.id = a.candidate_id
        JOIN organisations o ON o.id = a.company_id
        LEFT JOIN users sender ON sender.id = a.sender_id
        LEFT JOIN organisations sending ON sending.id = a.sender_organisation_id
        LEFT JOIN users actor ON actor.id = $2
        LEFT JOIN passes p ON p.id = a.pass_id
        -- Who sent the person, else who created their file. Of someone who left, the organisation remains; its number
        -- is told when it has a public card (PRE-28).
        LEFT JOIN LATERAL (
            SELECT CASE WHEN m.is_active AND u.is_active THEN full_name(u.first_name, u.last_name) END AS name
                 , helping.shown_name AS organisation
                 , CASE WHEN helping.family = 'company' OR is_authorised(authorised, $3)
                        THEN nullif(helping.phone, '')
                   END AS phone
            FROM (VALUES (1, a.sender_id, a.sender_organisation_id)
                       , (2, file.created_by, file.created_by_organisation)) AS known (rank, user_id, organisation_id)
            JOIN organisations helping ON helping.id = known.organisation_id AND helping.id <> a.company_id
            LEFT JOIN prescriber_organisations authorised ON authorised.organisation_id = helping.id
            LEFT JOIN users u ON u.id = known.user_id
            LEFT JOIN memberships m ON m.user_id = u.id AND m.organisation_id = helping.id
            ORDER BY known.rank
            LIMIT 1
        ) companion ON true
        WHERE a.id = ANY ($1)
        ORDER BY a.id
        "#,
        &ids,
        actor as Option<UserId>,
        today,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
