//! Read models of the dashboards.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::{CandidateActor, EmployerActor, PrescriberActor};
use iae_domain::applications::StateCode;
use iae_domain::ids::{ApplicationId, PassId};
use iae_domain::pass::PassNumber;

use crate::applications::store::visible_since;
use crate::error::Result;
use crate::{Ctx, Db};

/// Things shown at most in an inbox: beyond, the list is the place to work.
const INBOX_SIZE: i64 = 12;

/// Applications sorted by urgency at most: a page of the inbox shows a few of each urgency.
const RECEIVED_AT_MOST: i64 = 100;

/// An application that waits for someone.
#[derive(Debug, Clone)]
pub struct WaitingApplication {
    /// The application.
    pub id: ApplicationId,
    /// Its state.
    pub state: StateCode,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
    /// When its state last changed.
    pub updated_at: DateTime<Utc>,
    /// The person's first name.
    pub first_name: String,
    /// The person's last name.
    pub last_name: String,
    /// Whether the viewer may read the name (PII-1).
    pub sees_identity: bool,
    /// The company.
    pub company_name: String,
    /// The posts it is for, empty when spontaneous.
    pub jobs: Vec<String>,
}

/// `sqlx::query_as!` of applications that wait: whether the viewer reads the name, the posts, then which ones and in
/// what order. `a` is the application, `file` the file of the person.
/// What an organisation sent takes a moment, its `$2`.
macro_rules! waiting {
    (sent by $ctx:ident, $moment:ident, $rest:literal) => {
        waiting!(
            sees: "($3 OR file.created_by = $4) IS TRUE",
            jobs: "ARRAY[]::text[]",
            "WHERE a.sender_organisation_id = $1 AND a.sender_kind = 'prescriber' " $rest,
            $ctx.actor.organisation as _,
            $moment,
            $ctx.actor.authorised,
            $ctx.actor.user as _,
            INBOX_SIZE,
        )
    };
    (sees: $sees:literal, jobs: $jobs:literal, $($rest:literal)+, $($argument:tt)*) => {
        sqlx::query_as!(
            WaitingApplication,
            r#"
            SELECT a.id
                 , a.state
                 , a.submitted_at
                 , a.updated_at
                 , u.first_name
                 , u.last_name
                 , o.shown_name AS company_name
            "#
            + ", " + $sees + " AS \"sees_identity!\", " + $jobs + " AS \"jobs!: Vec<String>\" "
            + r#"
            FROM applications a
            JOIN candidates file ON file.id = a.candidate_id
            JOIN users u ON u.id = a.candidate_id
            JOIN organisations o ON o.id = a.company_id
            "#
            $(+ $rest)+,
            $($argument)*
        )
    };
}

/// How many applications are in each state.
#[derive(Debug, Clone)]
pub struct StateCount {
    /// The state.
    pub state: StateCode,
    /// How many.
    pub applications: i64,
}

/// What the company has not answered since `since`, the oldest first. What is older is about to be declined by itself
/// (rule book 02 §7.3): the list shows it, not the inbox.
pub async fn received_waiting(
    db: &Db,
    ctx: &Ctx<EmployerActor>,
    since: DateTime<Utc>,
) -> Result<Vec<WaitingApplication>> {
    let rows = waiting!(
        sees: "true",
        jobs: "ARRAY(SELECT label FROM application_posts WHERE application_id = a.id ORDER BY 1)",
        r#"
        WHERE a.company_id = $1 AND a.state IN ('new', 'processing') AND a.submitted_at >= $2
        ORDER BY a.submitted_at, a.id
        LIMIT $3
        "#,
        ctx.actor.organisation as _,
        since,
        RECEIVED_AT_MOST,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// How many applications the company received, by state.
pub async fn received_counts(db: &Db, ctx: &Ctx<EmployerActor>) -> Result<Vec<StateCount>> {
    let counts = sqlx::query_as!(
        StateCount,
        r#"
        SELECT a.state, count(*) AS "applications!"
        FROM applications a
        WHERE company_sees($1, a, $2)
        GROUP BY a.state
        "#,
        ctx.actor.organisation as _,
        visible_since(ctx.now),
    )
    .fetch_all(db)
    .await?;
    Ok(counts)
}

/// What the organisation sent and that no one has answered since `before`, the oldest first: time to call.
pub async fn sent_waiting(
    db: &Db,
    ctx: &Ctx<PrescriberActor>,
    before: DateTime<Utc>,
) -> Result<Vec<WaitingApplication>> {
    let rows = waiting!(
        sent by ctx,
        before,
        r#"
          AND a.state IN ('new', 'processing')
          AND a.submitted_at < $2
          AND a.submitted_at > $2::timestamptz - interval '60 days'
        ORDER BY a.submitted_at, a.id
        LIMIT $5
        "#
    );
    Ok(rows.fetch_all(db).await?)
}

/// The last answers to what the organisation sent since `since`, the most recent first.
pub async fn sent_answered(
    db: &Db,
    ctx: &Ctx<PrescriberActor>,
    since: DateTime<Utc>,
) -> Result<Vec<WaitingApplication>> {
    let rows = waiting!(
        sent by ctx,
        since,
        r#"
          AND a.state IN ('accepted', 'refused', 'postponed')
          AND a.updated_at >= $2
        ORDER BY a.updated_at DESC, a.id DESC
        LIMIT $5
        "#
    );
    Ok(rows.fetch_all(db).await?)
}

/// How many applications the organisation sent, by state.
pub async fn sent_counts(db: &Db, ctx: &Ctx<PrescriberActor>) -> Result<Vec<StateCount>> {
    let counts = sqlx::query_as!(
        StateCount,
        r#"
        SELECT state, count(*) AS "applications!"
        FROM applications
        WHERE sender_organisation_id = $1 AND sender_kind = 'prescriber'
        GROUP BY state
        "#,
        ctx.actor.organisation as _,
    )
    .fetch_all(db)
    .await?;
    Ok(counts)
}

/// The applications of the candidate, the most recent first.
pub async fn own_applications(db: &Db, ctx: &Ctx<CandidateActor>) -> Result<Vec<WaitingApplication>> {
    let rows = waiting!(
        sees: "true",
        jobs: "ARRAY[]::text[]",
        r#"
        WHERE a.candidate_id = $1
        ORDER BY a.submitted_at DESC, a.id DESC
        LIMIT $2
        "#,
        ctx.actor.candidate as _,
        INBOX_SIZE,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// The PASS a candidate sees first.
#[derive(Debug, Clone)]
pub struct OwnPass {
    /// Its id.
    pub id: PassId,
    /// Its number.
    pub number: PassNumber,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

/// The PASS of the candidate that ends last.
pub async fn own_pass(db: &Db, ctx: &Ctx<CandidateActor>) -> Result<Option<OwnPass>> {
    let pass = sqlx::query_as!(
        OwnPass,
        "SELECT id, number, starts_on, ends_on FROM passes WHERE candidate_id = $1 ORDER BY ends_on DESC LIMIT 1",
        ctx.actor.candidate as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(pass)
}
