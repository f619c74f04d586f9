//! Read models of the dashboards.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::actor::{CandidateActor, EmployerActor, PrescriberActor};
use iae_domain::applications::{StateCode, visible_since};
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::candidates::{PersonName, ShownName};
use iae_domain::ids::{ApplicationId, CandidateId, PassId, UserId};
use iae_domain::pass::PassNumber;

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
    /// The person, as the viewer may read their name (PII-1).
    pub candidate: ShownName,
    /// The company.
    pub company_name: String,
    /// The posts it is for, empty when spontaneous.
    pub jobs: Vec<String>,
}

struct Row {
    id: ApplicationId,
    state: StateCode,
    submitted_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    candidate: PersonName,
    candidate_id: CandidateId,
    created_by: Option<UserId>,
    sender_id: Option<UserId>,
    company_name: String,
    jobs: Vec<String>,
}

impl Row {
    fn seen_by(self, actor: &Actor) -> WaitingApplication {
        let standing = Standing::related(self.candidate_id, self.created_by).sent_by(self.sender_id, actor);
        WaitingApplication {
            id: self.id,
            state: self.state,
            submitted_at: self.submitted_at,
            updated_at: self.updated_at,
            candidate: shown_name(actor, &standing, self.candidate),
            company_name: self.company_name,
            jobs: self.jobs,
        }
    }
}

fn seen_by<A: Clone + Into<Actor>>(ctx: &Ctx<A>, rows: Vec<Row>) -> Vec<WaitingApplication> {
    let actor = ctx.any().actor;
    rows.into_iter().map(|row| row.seen_by(&actor)).collect()
}

/// `sqlx::query_as!` of applications that wait: the posts, then which ones and in what order. `a` is the application,
/// `file` the file of the person.
/// What an organisation sent takes a moment, its `$2`.
macro_rules! waiting {
    (sent by $ctx:ident, $moment:ident, $rest:literal) => {
        waiting!(
            jobs: "ARRAY[]::text[]",
            "WHERE prescriber_sent($1, a) " $rest,
            $ctx.actor.organisation as _,
            $moment,
            INBOX_SIZE,
        )
    };
    (jobs: $jobs:literal, $($rest:literal)+, $($argument:tt)*) => {
        sqlx::query_as!(
            Row,
            r#"
            SELECT a.id
                 , a.state
                 , a.submitted_at
                 , a.updated_at
                 , full_name(u.first_name, u.last_name) AS "candidate!"
                 , a.candidate_id
                 , file.created_by AS "created_by: UserId"
                 , a.sender_id AS "sender_id: UserId"
                 , o.shown_name AS company_name
            "#
            + ", " + $jobs + " AS \"jobs!: Vec<String>\" "
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
    Ok(seen_by(ctx, rows))
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
        LIMIT $3
        "#
    );
    Ok(seen_by(ctx, rows.fetch_all(db).await?))
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
        LIMIT $3
        "#
    );
    Ok(seen_by(ctx, rows.fetch_all(db).await?))
}

/// How many applications the organisation sent, by state.
pub async fn sent_counts(db: &Db, ctx: &Ctx<PrescriberActor>) -> Result<Vec<StateCount>> {
    let counts = sqlx::query_as!(
        StateCount,
        r#"
        SELECT a.state, count(*) AS "applications!"
        FROM applications a
        WHERE prescriber_sent($1, a)
        GROUP BY a.state
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
    Ok(seen_by(ctx, rows))
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
