//! The outbox, and what mails say.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::applications::RefusalReason;
use iae_domain::ids::{ApplicationId, CandidateId, EmailId, OrganisationId, PassId, UserId};
use iae_domain::notifications::{About, EmailKind};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::PassNumber;
use iae_domain::text::Email;
use sqlx::PgConnection;
use uuid::Uuid;

use super::emails::Rendered;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};

/// A mail to be written to the outbox.
pub(super) struct NewEmail {
    pub kind: EmailKind,
    pub about: About,
    pub to: Email,
    pub rendered: Rendered,
}

/// Everything a mail about an application may say.
#[derive(Debug, Clone)]
pub(super) struct ApplicationFacts {
    pub id: ApplicationId,
    pub candidate_first_name: String,
    pub candidate_last_name: String,
    pub candidate_email: Option<Email>,
    pub company_name: String,
    pub company_city: String,
    pub company_kind: CompanyKind,
    pub company_phone: Option<String>,
    pub company_email: Option<String>,
    pub jobs: Vec<String>,
    pub message: String,
    pub answer: String,
    pub answer_to_prescriber: String,
    pub sender_name: Option<String>,
    pub sender_email: Option<Email>,
    pub sender_organisation: Option<OrganisationId>,
    pub sender_organisation_name: Option<String>,
    pub sender_is_member: bool,
    pub sender_sees_identity: bool,
    pub actor_name: Option<String>,
    pub actor_email: Option<Email>,
    pub refusal_reason: Option<RefusalReason>,
    pub refusal_reason_shared: bool,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub pass_id: Option<PassId>,
    pub pass_number: Option<PassNumber>,
    pub pass_starts_on: Option<NaiveDate>,
    pub pass_ends_on: Option<NaiveDate>,
}

pub(super) async fn application_facts(
    connection: &mut PgConnection,
    id: ApplicationId,
    actor: Option<UserId>,
) -> Result<ApplicationFacts> {
    let row = sqlx::query!(
        r#"
        SELECT a.sender_organisation_id
             , a.message
             , a.answer
             , a.answer_to_prescriber
             , a.refusal_reason
             , a.refusal_reason_shared
             , a.hiring_starts_on
             , a.hiring_ends_on
             , a.pass_id
             , p.number AS "pass_number?"
             , p.starts_on AS "pass_starts_on?"
             , p.ends_on AS "pass_ends_on?"
             , candidate.first_name AS candidate_first_name
             , candidate.last_name AS candidate_last_name
             , CASE WHEN candidate.is_active THEN candidate.email END AS "candidate_email: Email"
             , o.shown_name AS "company_name!"
             , o.kind AS "company_kind: CompanyKind"
             , o.city AS company_city
             , o.phone AS company_phone
             , o.email AS company_email
             , full_name(sender.first_name, sender.last_name) AS sender_name
             , CASE WHEN sender.is_active THEN sender.email END AS "sender_email: Email"
             , sending.name AS "sender_organisation_name?"
             , coalesce(m.is_active AND sender.is_active, false) AS "sender_is_member!"
             -- PII-3: a proxy sees the identity when one of their organisations is authorised, when they acted for
             -- a company, or when they created the file.
             , a.sender_kind = 'employer'
                   OR coalesce(file.created_by = a.sender_id, false)
                   OR EXISTS (
                       SELECT FROM memberships of_sender
                       JOIN prescriber_organisations authorised
                         ON authorised.organisation_id = of_sender.organisation_id
                        AND authorised.authorisation_status = 'VALIDATED'
                       WHERE of_sender.user_id = a.sender_id AND of_sender.is_active
                   ) AS "sender_sees_identity!"
             , full_name(actor.first_name, actor.last_name) AS actor_name
             , actor.email AS "actor_email: Email"
             , ARRAY(
                   SELECT coalesce(nullif(j.custom_name, ''), r.label)
                   FROM application_jobs aj
                   JOIN job_descriptions j ON j.id = aj.job_description_id
                   JOIN rome_appellations r ON r.code = j.appellation_code
                   WHERE aj.application_id = a.id
                   ORDER BY 1
               ) AS "jobs!: Vec<String>"
        FROM applications a
        JOIN candidates file ON file.id = a.candidate_id
        JOIN users candidate ON candidate.id = a.candidate_id
        JOIN organisations o ON o.id = a.company_id
        LEFT JOIN users sender ON sender.id = a.sender_id
        LEFT JOIN organisations sending ON sending.id = a.sender_organisation_id
        LEFT JOIN memberships m ON m.user_id = a.sender_id AND m.organisation_id = a.sender_organisation_id
        LEFT JOIN users actor ON actor.id = $2
        LEFT JOIN passes p ON p.id = a.pass_id
        WHERE a.id = $1
        "#,
        id as _,
        actor as Option<UserId>,
    )
    .fetch_one(connection)
    .await?;
    Ok(ApplicationFacts {
        id,
        candidate_first_name: row.candidate_first_name,
        candidate_last_name: row.candidate_last_name,
        candidate_email: row.candidate_email,
        company_name: row.company_name,
        company_city: row.company_city,
        company_kind: row.company_kind,
        company_phone: row.company_phone,
        company_email: row.company_email,
        jobs: row.jobs,
        message: row.message,
        answer: row.answer,
        answer_to_prescriber: row.answer_to_prescriber,
        sender_name: row.sender_name,
        sender_email: row.sender_email,
        sender_organisation: row.sender_organisation_id,
        sender_organisation_name: row.sender_organisation_name,
        sender_is_member: row.sender_is_member,
        sender_sees_identity: row.sender_sees_identity,
        actor_name: row.actor_name,
        actor_email: row.actor_email,
        refusal_reason: row.refusal_reason,
        refusal_reason_shared: row.refusal_reason_shared,
        starts_on: row.hiring_starts_on,
        ends_on: row.hiring_ends_on,
        pass_id: row.pass_id,
        pass_number: row.pass_number,
        pass_starts_on: row.pass_starts_on,
        pass_ends_on: row.pass_ends_on,
    })
}

/// What a mail about a candidate's file may say.
#[derive(Debug, Clone)]
pub(super) struct CandidateFacts {
    pub first_name: String,
    pub last_name: String,
    pub email: Option<Email>,
    pub created_by_organisation: Option<String>,
}

pub(super) async fn candidate_facts(
    connection: &mut PgConnection,
    id: CandidateId,
) -> Result<CandidateFacts> {
    let row = sqlx::query!(
        r#"
        SELECT u.first_name
             , u.last_name
             , CASE WHEN u.is_active THEN u.email END AS "email: Email"
             , o.name AS "organisation?"
        FROM candidates c
        JOIN users u ON u.id = c.id
        LEFT JOIN organisations o ON o.id = c.created_by_organisation
        WHERE c.id = $1
        "#,
        id as _,
    )
    .fetch_one(connection)
    .await?;
    Ok(CandidateFacts {
        first_name: row.first_name,
        last_name: row.last_name,
        email: row.email,
        created_by_organisation: row.organisation,
    })
}

/// Addresses of the active members of an organisation (MEM-2), or of its active administrators only.
pub(super) async fn member_emails(
    connection: &mut PgConnection,
    organisation: OrganisationId,
    admins: bool,
) -> Result<Vec<Email>> {
    let emails = sqlx::query_scalar!(
        r#"
        SELECT u.email AS "email!: Email"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1
          AND m.is_active
          AND u.is_active
          AND u.email IS NOT NULL
          AND (m.is_admin OR NOT $2)
        ORDER BY m.joined_at, m.id
        "#,
        organisation as _,
        admins,
    )
    .fetch_all(connection)
    .await?;
    Ok(emails)
}

/// Writes mails to the outbox in one statement, and returns their ids.
pub(super) async fn insert_emails(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    emails: &[NewEmail],
) -> Result<Vec<EmailId>> {
    if emails.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<EmailId> = emails.iter().map(|_| EmailId::at(now)).collect();
    let (about_kinds, about_ids): (Vec<&str>, Vec<Uuid>) =
        emails.iter().map(|email| about(email.about)).unzip();
    let result = sqlx::query!(
        r#"
        INSERT INTO emails
            (id, kind, recipient, subject, text_body, html_body, about_kind, about_id, status, created_at)
        SELECT *, 'queued', $9
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[])
        "#,
        &ids.iter().map(|id| id.0).collect::<Vec<_>>(),
        &emails.iter().map(|email| email.kind.code().to_owned()).collect::<Vec<_>>(),
        &emails.iter().map(|email| email.to.as_str().to_owned()).collect::<Vec<_>>(),
        &emails.iter().map(|email| email.rendered.subject.clone()).collect::<Vec<_>>(),
        &emails.iter().map(|email| email.rendered.text.clone()).collect::<Vec<_>>(),
        &emails.iter().map(|email| email.rendered.html.clone()).collect::<Vec<_>>(),
        &about_kinds.into_iter().map(str::to_owned).collect::<Vec<_>>(),
        &about_ids,
        now,
    )
    .execute(connection)
    .await?;
    if result.rows_affected() == emails.len() as u64 {
        Ok(ids)
    } else {
        Err(Error::Internal("the outbox did not take every mail".to_owned(), None))
    }
}

fn about(about: About) -> (&'static str, Uuid) {
    match about {
        About::Application(id) => ("application", id.0),
        About::Candidate(id) => ("candidate", id.0),
    }
}

/// A mail of the outbox, as the mailer needs it.
#[derive(Debug, Clone)]
pub struct OutgoingEmail {
    /// Its id.
    pub id: EmailId,
    /// Whom it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text_body: String,
    /// The same in HTML.
    pub html_body: String,
}

/// Locks a mail that is still to be sent; none when another worker sent it or sends it now.
pub async fn lock_email(connection: &mut PgConnection, id: EmailId) -> Result<Option<OutgoingEmail>> {
    let email = sqlx::query_as!(
        OutgoingEmail,
        r#"
        SELECT id, recipient, subject, text_body, html_body
        FROM emails
        WHERE id = $1 AND status <> 'sent'
        FOR UPDATE SKIP LOCKED
        "#,
        id as _,
    )
    .fetch_optional(connection)
    .await?;
    Ok(email)
}

/// The mail left.
pub async fn mark_sent(connection: &mut PgConnection, id: EmailId, now: DateTime<Utc>) -> Result<()> {
    let result = sqlx::query!(
        "UPDATE emails SET status = 'sent', sent_at = $2, attempts = attempts + 1, last_error = NULL WHERE id = $1",
        id as _,
        now,
    )
    .execute(connection)
    .await?;
    ensure_one_row(&result, "emails")
}

/// The mail did not leave; the queue tries again, up to [`crate::queue::MAX_ATTEMPTS`].
pub async fn mark_failed(connection: &mut PgConnection, id: EmailId, error: &str) -> Result<()> {
    let result = sqlx::query!(
        "UPDATE emails SET status = 'failed', attempts = attempts + 1, last_error = $2 WHERE id = $1",
        id as _,
        error,
    )
    .execute(connection)
    .await?;
    ensure_one_row(&result, "emails")
}
