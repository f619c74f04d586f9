//! Prolongations and their requests, as pages show them.

mod detail;
mod letter;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::EmployerActor;
use iae_domain::ids::{OrganisationId, PassId, ProlongationRequestId, UserId};
use iae_domain::pass::policy;
use iae_domain::pass::prolongation::{ProlongationReason, RequestState};
use iae_domain::text::Email;

pub use detail::{DenialCard, RequestDetail, ReviewCard, request};
pub use letter::{Correspondents, Letter, letter, letter_to_send};

use super::super::open;
use super::super::queries::PassDetail;
use crate::error::{Error, Result};
use crate::{App, Ctx, Db};

/// A PASS an SIAE may prolong, with what was asked of it before.
#[derive(Debug, Clone)]
pub struct PassToProlong {
    /// The PASS.
    pub pass: PassDetail,
    /// What was declared or asked.
    pub lines: Vec<Line>,
}

impl PassToProlong {
    /// Whether a request waits.
    pub fn is_pending(&self) -> bool {
        is_pending(&self.lines)
    }
}

/// The PASS, for an SIAE that hired its holder with it; to anyone else there is nothing to prolong.
pub async fn to_prolong(app: &App, ctx: &Ctx<EmployerActor>, id: PassId) -> Result<PassToProlong> {
    let pass = open(app, &ctx.any(), id).await?;
    if !policy::prolong(&ctx.actor, pass.relation()) {
        return Err(Error::NotFound);
    }
    Ok(PassToProlong { lines: of_pass(app, id).await?, pass })
}

/// A prolongation of a PASS, or a request that gave none.
#[derive(Debug, Clone)]
pub struct Line {
    /// The request; none for what was declared.
    pub request: Option<ProlongationRequestId>,
    /// The organisation the request is addressed to.
    pub addressed: Option<OrganisationId>,
    /// The SIAE that declared or asked.
    pub company: OrganisationId,
    /// Where the request is; none for what was declared.
    pub state: Option<RequestState>,
    /// Why.
    pub reason: ProlongationReason,
    /// From the end of the PASS then…
    pub starts_on: NaiveDate,
    /// … to the end that is given or asked for.
    pub ends_on: NaiveDate,
    /// Who declared or asked, for which SIAE.
    pub issuer: String,
    /// Who answered, or is asked to; none for what was declared.
    pub validator: Option<String>,
    /// When it was declared or asked.
    pub created_at: DateTime<Utc>,
    /// Whether a report of the pathway came with it, as a file.
    pub has_report: bool,
}

/// Whether a request waits among these.
pub fn is_pending(lines: &[Line]) -> bool {
    lines.iter().any(|line| line.state == Some(RequestState::Pending))
}

/// What was declared or asked of a PASS that was read already, the latest first.
pub async fn of_pass(app: &App, id: PassId) -> Result<Vec<Line>> {
    let lines = sqlx::query_as!(
        Line,
        r#"
        SELECT line.request AS "request: ProlongationRequestId"
             , line.addressed AS "addressed: OrganisationId"
             , line.company_id AS "company!: OrganisationId"
             , line.state AS "state: RequestState"
             , line.reason AS "reason!: ProlongationReason"
             , line.starts_on AS "starts_on!"
             , line.ends_on AS "ends_on!"
             , company.shown_name AS "issuer!"
             , concat_ws(', ', full_name(validator.first_name, validator.last_name), organisation.shown_name) AS validator
             , line.created_at AS "created_at!"
             , has_report(line.request, $1, line.company_id) AS "has_report!"
        FROM (
            SELECT NULL::uuid AS request
                 , NULL::uuid AS addressed
                 , l.company_id
                 , NULL AS state
                 , l.reason
                 , l.starts_on
                 , l.ends_on
                 , NULL::uuid AS validator
                 , l.created_at
            FROM prolongations l
            WHERE l.pass_id = $1 AND l.request_id IS NULL
            UNION ALL
            SELECT r.id
                 , r.prescriber_organisation_id
                 , r.company_id
                 , r.state
                 , r.reason
                 , r.starts_on
                 , r.ends_on
                 , coalesce(r.processed_by, r.assignee_id)
                 , r.created_at
            FROM prolongation_requests r
            WHERE r.pass_id = $1
        ) line
        JOIN organisations company ON company.id = line.company_id
        LEFT JOIN users validator ON validator.id = line.validator
        LEFT JOIN organisations organisation ON organisation.id = line.addressed
        ORDER BY line.created_at DESC, line.ends_on DESC
        LIMIT 100
        "#,
        id as _,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(lines)
}

/// A prescripteur habilité, in one of their organisations.
#[derive(Debug, Clone)]
pub struct Prescriber {
    /// The account.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name and town.
    pub organisation_name: String,
}

/// The organisations that are authorised today of whoever has this address; none when they are no prescripteur habilité.
pub async fn prescribers(app: &App, email: &Email, today: NaiveDate) -> Result<Vec<Prescriber>> {
    let prescribers = sqlx::query_as!(
        Prescriber,
        r#"
        SELECT u.id AS "user: UserId"
             , full_name(u.first_name, u.last_name) AS "name!"
             , o.id AS "organisation: OrganisationId"
             , concat_ws(', ', o.shown_name, nullif(o.city, '')) AS "organisation_name!"
        FROM users u
        JOIN memberships m ON m.user_id = u.id AND m.is_active
        JOIN prescriber_organisations p ON p.organisation_id = m.organisation_id AND is_authorised(p, $2)
        JOIN organisations o ON o.id = m.organisation_id
        WHERE u.email = $1 AND u.is_active
        ORDER BY o.shown_name, o.id
        LIMIT 100
        "#,
        email.as_str(),
        today,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(prescribers)
}

/// The active members of an organisation, to hand a request over to.
pub async fn colleagues(app: &App, organisation: OrganisationId) -> Result<Vec<(UserId, String)>> {
    let members = sqlx::query!(
        r#"
        SELECT u.id AS "user: UserId"
             , full_name(u.first_name, u.last_name) AS "name!"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1 AND m.is_active AND u.is_active
        ORDER BY u.last_name, u.first_name, u.id
        LIMIT 1000
        "#,
        organisation as _,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(members.into_iter().map(|member| (member.user, member.name)).collect())
}

/// Requests that wait and may be reminded on this day; the rule decides for each.
pub(super) async fn to_remind(db: &Db, today: NaiveDate) -> Result<Vec<ProlongationRequestId>> {
    let ids = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: ProlongationRequestId"
        FROM prolongation_requests
        WHERE state = 'pending'
          AND created_at BETWEEN $1::date - 32 AND $1::date - 8
          AND (reminded_at IS NULL OR reminded_at < $1::date - 8)
        ORDER BY created_at, id
        LIMIT 100000
        "#,
        today,
    )
    .fetch_all(db)
    .await?;
    Ok(ids)
}
