//! Prolongations and their requests, in and out of the database.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Changed;
use iae_domain::ids::{CandidateId, OrganisationId, PassId, ProlongationRequestId, UserId};
use iae_domain::pass::prolongation::{
    Addressed, Decided, MOST_COLLEAGUES, NewProlongationRequest, Prolongation, ProlongationReason,
    ProlongationRequest, Prolonged, Reminded, RequestParties, RequestState,
};
use iae_domain::text::Message;
use iae_domain::time::Period;
use uuid::Uuid;

use super::super::store::save_within;
use crate::db::{ensure_one_row, violates};
use crate::error::{Error, Result};
use crate::{Work, authorisation};

/// Whether this very form was recorded already, as a prolongation or as a request.
pub(super) async fn is_recorded(work: &mut Work<'_>, id: Uuid, pass: PassId) -> Result<bool> {
    let is_recorded = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (SELECT FROM prolongations WHERE id = $1 AND pass_id = $2)
            OR EXISTS (SELECT FROM prolongation_requests WHERE id = $1 AND pass_id = $2) AS "is_recorded!"
        "#,
        id,
        pass as _,
    );
    Ok(is_recorded.fetch_one(work.db()).await?)
}

/// Whether a request waits on the PASS, once its holder is locked.
pub(super) async fn is_pending(work: &mut Work<'_>, pass: PassId) -> Result<bool> {
    let is_pending = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM prolongation_requests WHERE pass_id = $1 AND state = 'pending') AS "is_pending!""#,
        pass as _,
    );
    Ok(is_pending.fetch_one(work.db()).await?)
}

/// Whether this is an active member of the organisation.
pub(super) async fn is_member(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    user: UserId,
) -> Result<bool> {
    let is_member = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT
            FROM memberships m
            JOIN users u ON u.id = m.user_id
            WHERE m.organisation_id = $1 AND m.user_id = $2 AND m.is_active AND u.is_active
        ) AS "is_member!"
        "#,
        organisation as _,
        user as _,
    );
    Ok(is_member.fetch_one(work.db()).await?)
}

/// Whether this is an active member of an organisation that is authorised.
pub(super) async fn is_prescriber(work: &mut Work<'_>, addressed: Addressed) -> Result<bool> {
    let Addressed { organisation, assignee } = addressed;
    Ok(authorisation::is_authorised(work, organisation).await?
        && is_member(work, organisation, assignee).await?)
}

/// The PASS a request is about.
pub(super) async fn pass_of(work: &mut Work<'_>, id: ProlongationRequestId) -> Result<Option<PassId>> {
    let pass = sqlx::query_scalar!(
        r#"SELECT pass_id AS "pass: PassId" FROM prolongation_requests WHERE id = $1"#,
        id as _
    );
    Ok(pass.fetch_optional(work.db()).await?)
}

/// The requests that wait for the answer of this member of an organisation.
pub(super) async fn addressed_to(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    assignee: UserId,
) -> Result<Vec<ProlongationRequestId>> {
    let requests = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: ProlongationRequestId"
        FROM prolongation_requests
        WHERE prescriber_organisation_id = $1 AND assignee_id = $2 AND state = 'pending'
        ORDER BY id
        LIMIT 10000
        "#,
        organisation as _,
        assignee as _,
    );
    Ok(requests.fetch_all(work.db()).await?)
}

/// A request as its columns have it.
struct Row {
    id: ProlongationRequestId,
    pass: PassId,
    candidate: CandidateId,
    reason: ProlongationReason,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    company: OrganisationId,
    declared_by: UserId,
    organisation: OrganisationId,
    assignee: UserId,
    condition_declared: bool,
    state: RequestState,
    created_at: DateTime<Utc>,
    reminded_at: Option<DateTime<Utc>>,
}

impl From<Row> for ProlongationRequest {
    fn from(row: Row) -> Self {
        let addressed = Addressed { organisation: row.organisation, assignee: row.assignee };
        Self {
            id: row.id,
            pass: row.pass,
            candidate: row.candidate,
            reason: row.reason,
            period: Period { start: row.starts_on, end: row.ends_on },
            parties: RequestParties { company: row.company, declared_by: row.declared_by, addressed },
            condition_declared: row.condition_declared,
            state: row.state,
            created_at: row.created_at,
            reminded_at: row.reminded_at,
        }
    }
}

/// The request, once the holder of its PASS is locked.
pub(super) async fn request(
    work: &mut Work<'_>,
    id: ProlongationRequestId,
) -> Result<Option<ProlongationRequest>> {
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT r.id AS "id: ProlongationRequestId"
             , r.pass_id AS "pass: PassId"
             , p.candidate_id AS "candidate: CandidateId"
             , r.reason AS "reason: ProlongationReason"
             , r.starts_on
             , r.ends_on
             , r.company_id AS "company: OrganisationId"
             , r.declared_by AS "declared_by: UserId"
             , r.prescriber_organisation_id AS "organisation: OrganisationId"
             , r.assignee_id AS "assignee: UserId"
             , r.condition_declared
             , r.state AS "state: RequestState"
             , r.created_at
             , r.reminded_at
        FROM prolongation_requests r
        JOIN passes p ON p.id = r.pass_id
        WHERE r.id = $1
        "#,
        id as _,
    );
    Ok(row.fetch_optional(work.db()).await?.map(ProlongationRequest::from))
}

/// The request, locked alone: reminding changes neither its answer nor the PASS.
pub(super) async fn lock_request(
    work: &mut Work<'_>,
    id: ProlongationRequestId,
) -> Result<Option<ProlongationRequest>> {
    sqlx::query!("SELECT 1 AS locked FROM prolongation_requests WHERE id = $1 FOR UPDATE", id as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    request(work, id).await
}

/// Who is reminded of a request: the prescriber it is addressed to, as long as they are there, and some colleagues, those
/// who administer the organisation first, then the latest who signed in, then the latest who joined (rule book 03 §6.7).
pub(super) async fn who_may_answer(work: &mut Work<'_>, addressed: Addressed) -> Result<Vec<UserId>> {
    let members = sqlx::query_scalar!(
        r#"
        SELECT u.id AS "user: UserId"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1 AND m.is_active AND u.is_active
        ORDER BY u.id = $2 DESC, m.is_admin DESC, u.last_login_at DESC NULLS LAST, m.joined_at DESC, u.id
        LIMIT $3
        "#,
        addressed.organisation as _,
        addressed.assignee as _,
        i64::try_from(MOST_COLLEAGUES + 1).unwrap_or(i64::MAX),
    );
    let mut members = members.fetch_all(work.db()).await?;
    let most = MOST_COLLEAGUES + usize::from(members.contains(&addressed.assignee));
    members.truncate(most);
    Ok(members)
}

/// Writes a request, with its audit row and the mail to the prescriber.
pub(super) async fn insert_request(
    work: &mut Work<'_>,
    changed: Changed<NewProlongationRequest>,
) -> Result<()> {
    let NewProlongationRequest { request, review, contact } = work.keep(changed);
    sqlx::query!(
        r#"
        INSERT INTO prolongation_requests
            (id, pass_id, reason, starts_on, ends_on, company_id, declared_by, condition_declared, review_done,
             review_obstacles, review_planned, wants_interview, contact_email, contact_phone, prescriber_organisation_id,
             assignee_id, state, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        "#,
        request.id as _,
        request.pass as _,
        request.reason.code(),
        request.period.start,
        request.period.end,
        request.parties.company as _,
        request.parties.declared_by as _,
        request.condition_declared,
        review.done.as_str(),
        review.obstacles.as_str(),
        review.planned.as_str(),
        contact.is_some(),
        contact.as_ref().map(|contact| contact.email.as_str()),
        contact.as_ref().map(|contact| contact.phone.as_str()),
        request.parties.addressed.organisation as _,
        request.parties.addressed.assignee as _,
        request.state.code(),
        request.created_at,
    )
    .execute(work.db())
    .await
    .map_err(conflict)?;
    Ok(())
}

/// Writes a prolongation that was declared, and the PASS, with their audit row.
pub(super) async fn insert_declared(work: &mut Work<'_>, changed: Changed<Prolonged>) -> Result<()> {
    keep_prolonged(work, changed, |prolonged| Some(prolonged)).await.map(drop)
}

/// Writes what was decided: the PASS and its prolongation, or the reasons of the refusal; with the audit row and the mails.
pub(super) async fn save_decided(work: &mut Work<'_>, changed: Changed<Decided>) -> Result<()> {
    let decided = work_decided(work, changed).await?;
    let Some(denial) = &decided.denial else { return Ok(()) };
    let (actions, details) = denial.proposed.clone().unzip();
    let actions: Option<Vec<String>> =
        actions.map(|actions| actions.iter().map(|action| action.code().to_owned()).collect());
    sqlx::query!(
        "INSERT INTO prolongation_denials (request_id, reason, explanation, actions, details) VALUES ($1, $2, $3, $4, $5)",
        decided.request.id as _,
        denial.reason.code(),
        denial.explanation.as_str(),
        actions.as_deref(),
        details.as_ref().map(Message::as_str),
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Writes the request, and the prolongation when it is granted.
async fn work_decided(work: &mut Work<'_>, changed: Changed<Decided>) -> Result<Decided> {
    let decided = keep_prolonged(work, changed, |decided: &Decided| decided.prolonged.as_ref()).await?;
    let result = sqlx::query!(
        r#"
        UPDATE prolongation_requests
        SET state = $2, processed_by = $3, processed_at = $4
        WHERE id = $1 AND state = 'pending'
        "#,
        decided.request.id as _,
        decided.request.state.code(),
        decided.by as _,
        decided.at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "prolongation_requests")?;
    Ok(decided)
}

/// Writes the PASS and its prolongation, when what changed has one.
async fn keep_prolonged<T>(
    work: &mut Work<'_>,
    changed: Changed<T>,
    of: impl Fn(&T) -> Option<&Prolonged>,
) -> Result<T> {
    let kept = save_within(work, changed, |kept| of(kept).map(|prolonged| &prolonged.pass)).await?;
    let Some(Prolonged { pass, prolongation }) = of(&kept) else { return Ok(kept) };
    let Prolongation { id, reason, period, company, declared_by, condition_declared, granted, created_at } =
        prolongation;
    sqlx::query!(
        r#"
        INSERT INTO prolongations
            (id, pass_id, starts_on, ends_on, reason, company_id, declared_by, condition_declared, request_id,
             validated_by, prescriber_organisation_id, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        "#,
        id as _,
        pass.id as _,
        period.start,
        period.end,
        reason.code(),
        company as _,
        declared_by as _,
        condition_declared,
        granted.map(|(request, ..)| request) as Option<ProlongationRequestId>,
        granted.map(|(_, by, _)| by) as Option<UserId>,
        granted.map(|(.., organisation)| organisation) as Option<OrganisationId>,
        created_at,
    )
    .execute(work.db())
    .await
    .map_err(conflict)?;
    Ok(kept)
}

/// Writes whom a request was handed over to, with its audit row and the mail to them.
pub(super) async fn save_delegated(work: &mut Work<'_>, changed: Changed<ProlongationRequest>) -> Result<()> {
    let request = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE prolongation_requests SET assignee_id = $2 WHERE id = $1 AND state = 'pending'",
        request.id as _,
        request.parties.addressed.assignee as _,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "prolongation_requests")
}

/// The requests that wait for an organisation, locked.
pub(super) async fn lock_pending_of(
    work: &mut Work<'_>,
    organisation: OrganisationId,
) -> Result<Vec<ProlongationRequestId>> {
    let ids = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: ProlongationRequestId"
        FROM prolongation_requests
        WHERE prescriber_organisation_id = $1 AND state = 'pending'
        ORDER BY id
        LIMIT 10000
        FOR UPDATE
        "#,
        organisation as _,
    )
    .fetch_all(work.db())
    .await?;
    work.locked();
    Ok(ids)
}

/// Writes that a request goes back to the SIAE, with its audit row and the mail.
pub(super) async fn save_returned(work: &mut Work<'_>, changed: Changed<ProlongationRequest>) -> Result<()> {
    let request = work.keep(changed);
    let now = work.now();
    let result = sqlx::query!(
        "UPDATE prolongation_requests SET state = $2, processed_at = $3 WHERE id = $1 AND state = 'pending'",
        request.id as _,
        request.state.code(),
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "prolongation_requests")
}

/// Writes that a request was reminded, with its audit row and the mails.
pub(super) async fn save_reminded(work: &mut Work<'_>, changed: Changed<Reminded>) -> Result<()> {
    let Reminded { request } = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE prolongation_requests SET reminded_at = $2 WHERE id = $1 AND state = 'pending'",
        request.id as _,
        request.reminded_at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "prolongation_requests")
}

/// The id comes with the form: that of something of another PASS is no reason to fail.
fn conflict(error: sqlx::Error) -> Error {
    let is_there = ["prolongations_pkey", "prolongation_requests_pkey", "prolongation_requests_pending_key"];
    if is_there.iter().any(|key| violates(&error, key)) { Error::Conflict } else { error.into() }
}
