//! Applications in and out of the database.

mod row;

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::applications::{Application, NewApplication, visible_since};
use iae_domain::ids::{ApplicationId, DiagnosisId, JobDescriptionId, OrganisationId, PassId, UserId};
use iae_domain::text::Message;
use uuid::Uuid;

use crate::db::{ensure_one_row, ensure_rows};
use crate::error::Result;
use crate::{Db, Work};
use row::{Row, StateColumns};

/// `sqlx::query_as!` of applications, from `FROM applications …` on.
macro_rules! application {
    ($rest:literal, $($argument:tt)*) => {
        sqlx::query_as!(
            Row,
            r#"
            SELECT id
                 , candidate_id
                 , company_id
                 , sender_id
                 , sender_kind
                 , sender_organisation_id
                 , state
                 , submitted_at
                 , processed_at
                 , resume_on
                 , answer
                 , answer_to_prescriber
                 , refusal_reason
                 , refusal_reason_shared
                 , hiring_starts_on
                 , hiring_ends_on
                 , hired_job_id
                 , diagnosis_id
                 , pass_id
                 , pass_delivery
                 , pass_refused_at
            FROM applications
            "# + $rest,
            $($argument)*
        )
    };
}

/// Locks the candidate, then the application, when the company received it. The candidate comes first everywhere,
/// so that two companies never wait for each other in a circle. What is no longer visible is not found (VIS-2).
pub(crate) async fn lock_for_employer(
    work: &mut Work<'_>,
    company: OrganisationId,
    id: ApplicationId,
) -> Result<Option<Application>> {
    let candidate = sqlx::query_scalar!(
        r#"
        SELECT id
        FROM candidates
        WHERE id = (
            SELECT a.candidate_id
            FROM applications a
            WHERE a.id = $1 AND company_sees($2, a, $3)
        )
        FOR UPDATE
        "#,
        id as _,
        company as _,
        visible_since(work.now()),
    )
    .fetch_optional(work.db())
    .await?;
    let Some(candidate) = candidate else { return Ok(None) };
    let row = application!(
        r#"
        WHERE id = $1 AND company_id = $2 AND candidate_id = $3
        FOR UPDATE
        "#,
        id as _,
        company as _,
        candidate as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    row.map(Application::try_from).transpose()
}

/// Locks the candidate, then the application, for the team.
pub(crate) async fn lock_for_team(work: &mut Work<'_>, id: ApplicationId) -> Result<Option<Application>> {
    sqlx::query!("SELECT c.id FROM candidates c JOIN applications a ON a.candidate_id = c.id WHERE a.id = $1 FOR UPDATE OF c", id as _)
        .fetch_optional(work.db())
        .await?;
    let row = application!("WHERE id = $1 FOR UPDATE", id as _).fetch_optional(work.db()).await?;
    work.locked();
    row.map(Application::try_from).transpose()
}

/// Locks an application somebody may be reminded of, with the last time somebody was.
pub(crate) async fn lock_to_remind(
    work: &mut Work<'_>,
    id: ApplicationId,
) -> Result<Option<(Application, Option<DateTime<Utc>>)>> {
    let row = application!("WHERE id = $1 FOR UPDATE", id as _).fetch_optional(work.db()).await?;
    work.locked();
    let Some(row) = row else { return Ok(None) };
    let last =
        sqlx::query_scalar!("SELECT max(at) FROM application_reminders WHERE application_id = $1", id as _)
            .fetch_one(work.db())
            .await?;
    Ok(Some((Application::try_from(row)?, last)))
}

/// Writes that the employer was reminded.
pub(crate) async fn save_reminder(work: &mut Work<'_>, reminded: Changed<Application>) -> Result<()> {
    let application = work.keep(reminded);
    sqlx::query!(
        "INSERT INTO application_reminders (application_id, at, user_id) VALUES ($1, $2, $3)",
        application.id as _,
        work.now(),
        work.by.user as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Notes that a professional read the answer to an application their organisation sent: it is no longer news to them.
pub(super) async fn note_reading(
    db: &Db,
    id: ApplicationId,
    reader: UserId,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO application_reads (application_id, user_id, at)
        VALUES ($1, $2, $3)
        ON CONFLICT (application_id, user_id) DO UPDATE
        SET at = excluded.at
        WHERE application_reads.at < (SELECT a.updated_at FROM applications a WHERE a.id = excluded.application_id)
        "#,
        id as _,
        reader as _,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The other pending applications of the person, locked: they are about to become obsolete.
pub(crate) async fn other_pending(
    work: &mut Work<'_>,
    application: &Application,
) -> Result<Vec<Application>> {
    let rows = application!(
        r#"
        WHERE candidate_id = $1 AND id <> $2 AND state IN ('new', 'processing', 'postponed')
        ORDER BY id
        FOR UPDATE
        "#,
        application.candidate as _,
        application.id as _,
    )
    .fetch_all(work.db())
    .await?;
    rows.into_iter().map(Application::try_from).collect()
}

/// Writes a new application with its posts, its audit row and its mails.
pub(crate) async fn insert(work: &mut Work<'_>, new: Changed<NewApplication>) -> Result<()> {
    let new = work.keep(new);
    let NewApplication { application, jobs, message, consent } = new;
    sqlx::query!(
        r#"
        INSERT INTO applications
            (id, candidate_id, company_id, sender_id, sender_kind, sender_organisation_id, state, submitted_at,
             updated_at, message, consent_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)
        "#,
        application.id as _,
        application.candidate as _,
        application.company as _,
        application.sender.user as Option<UserId>,
        application.sender.kind.code(),
        application.sender.organisation as Option<OrganisationId>,
        application.state.code().code(),
        application.submitted_at,
        message.as_ref().map_or("", Message::as_str),
        consent.map(|consent| consent.0),
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "INSERT INTO application_jobs (application_id, job_description_id) SELECT $1, unnest($2::uuid[])",
        application.id as _,
        &jobs.iter().map(|job| job.0).collect::<Vec<Uuid>>(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Writes what changed in an application, with its audit rows and its mails.
pub(crate) async fn save(work: &mut Work<'_>, changed: Changed<Application>) -> Result<()> {
    let application = work.keep(changed);
    let columns = StateColumns::of(&application.state);
    let result = sqlx::query!(
        r#"
        UPDATE applications
        SET state = $2
          , updated_at = $3
          , processed_at = $4
          , answer = $5
          , answer_to_prescriber = $6
          , refusal_reason = $7
          , refusal_reason_shared = $8
          , hiring_starts_on = $9
          , hiring_ends_on = $10
          , hired_job_id = $11
          , diagnosis_id = $12
          , pass_id = $13
          , pass_delivery = $14
          , resume_on = $15
          , pass_refused_at = $16
        WHERE id = $1
        "#,
        application.id as _,
        application.state.code().code(),
        work.now(),
        columns.processed_at,
        application.answer.as_ref().map_or("", Message::as_str),
        application.answer_to_prescriber.as_ref().map_or("", Message::as_str),
        columns.refusal.map(|refusal| refusal.reason.code()),
        columns.refusal.is_some_and(|refusal| refusal.shared_with_candidate),
        columns.hiring.map(|hiring| hiring.starts_on),
        columns.hiring.and_then(|hiring| hiring.ends_on),
        columns.hiring.and_then(|hiring| hiring.job) as Option<JobDescriptionId>,
        columns.hiring.and_then(|hiring| hiring.diagnosis) as Option<DiagnosisId>,
        columns.pass as Option<PassId>,
        columns.delivery,
        columns.resume_on,
        columns.pass_refused_at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "applications")?;
    Ok(())
}

/// Writes that applications became obsolete, whatever their number in one statement, with their audit rows.
pub(crate) async fn save_obsolete(work: &mut Work<'_>, obsolete: Vec<Changed<Application>>) -> Result<()> {
    if obsolete.is_empty() {
        return Ok(());
    }
    let applications: Vec<Application> = obsolete.into_iter().map(|changed| work.keep(changed)).collect();
    let result = sqlx::query!(
        r#"
        UPDATE applications
        SET state = 'obsolete', updated_at = $2, processed_at = $2, resume_on = NULL
        WHERE id = ANY ($1)
        "#,
        &applications.iter().map(|application| application.id.0).collect::<Vec<Uuid>>(),
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, applications.len(), "applications")?;
    Ok(())
}
