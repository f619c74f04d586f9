//! Read models of the dashboards.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::actor::{CandidateActor, EmployerActor, PrescriberActor};
use iae_domain::applications::{StateCode, visible_since};
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::candidates::{PersonName, ShownName};
use iae_domain::ids::{ApplicationId, CandidateId, PassId, UserId};
use iae_domain::inbox::{NEWS, Urgency};
use iae_domain::pass::{Parcours, PassNumber};
use iae_domain::time::Period;
use sqlx::types::Json;

use crate::error::Result;
use crate::{Ctx, Db};

/// Things shown at most in an inbox: beyond, the list is the place to work.
const INBOX_SIZE: i64 = 12;

/// Applications shown of each urgency: the others are one click away.
const OF_EACH_URGENCY: i64 = 5;

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
    /// Day by which the company should act.
    pub due_on: Option<NaiveDate>,
    /// Who sent it, unless it is whoever reads.
    pub sender: Option<String>,
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
    due_on: Option<NaiveDate>,
    sender_id: Option<UserId>,
    sender: Option<String>,
    candidate: PersonName,
    candidate_id: CandidateId,
    created_by: Option<UserId>,
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
            due_on: self.due_on,
            sender: self.sender.filter(|_| self.sender_id != actor.record().user),
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
///
/// What an organisation sent is read at once: a few are chosen among `w`, after the moment `$2`, before anything else is read of
/// them. One's own are a statement apart, which takes the reader, `$4`, rather than a condition that may not hold: a plan that
/// is kept would read all that colleagues sent. What follows the choice is given to the other statement alone.
macro_rules! waiting {
    (sent by $ctx:ident in $db:ident, $mine:ident, $moment:expr, $chosen:literal, $($reader:tt)*) => {
        if $mine {
            waiting!(
                chosen by $ctx,
                $moment,
                "AND (w.sender_id = $4 OR w.id = ANY (ARRAY(SELECT application_id FROM followed_applications($4)))) "
                $chosen,
                $ctx.actor.user as _,
            )
            .fetch_all($db)
            .await?
        } else {
            waiting!(chosen by $ctx, $moment, $chosen, $($reader)*).fetch_all($db).await?
        }
    };
    (chosen by $ctx:ident, $moment:expr, $($chosen:literal)+, $($reader:tt)*) => {
        waiting!(
            jobs: "ARRAY[]::text[]",
            "WHERE a.id IN (SELECT w.id FROM applications w WHERE prescriber_sent($1, w) " $($chosen)+,
            $ctx.actor.organisation as _,
            $moment,
            INBOX_SIZE,
            $($reader)*
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
                 , a.due_on
                 , a.sender_id AS "sender_id: UserId"
                 , full_name(sender.first_name, sender.last_name) AS sender
                 , full_name(u.first_name, u.last_name) AS "candidate!"
                 , a.candidate_id
                 , file.created_by AS "created_by: UserId"
                 , o.shown_name AS company_name
            "#
            + ", " + $jobs + " AS \"jobs!: Vec<String>\" "
            + r#"
            FROM applications a
            JOIN candidates file ON file.id = a.candidate_id
            JOIN users u ON u.id = a.candidate_id
            JOIN organisations o ON o.id = a.company_id
            LEFT JOIN users sender ON sender.id = a.sender_id
            "#
            $(+ $rest)+,
            $($argument)*
        )
    };
}

/// What waits for the company, a few of each urgency, the longest due first: what it has to answer, and what it put on
/// hold until a day that has come. The list holds the same, whole.
pub async fn received_waiting(db: &Db, ctx: &Ctx<EmployerActor>) -> Result<Vec<WaitingApplication>> {
    let days: Vec<Period> = Urgency::ALL.iter().map(|urgency| urgency.due(ctx.today())).collect();
    let rows = waiting!(
        jobs: "ARRAY(SELECT label FROM application_posts WHERE application_id = a.id ORDER BY 1)",
        r#"
        WHERE a.id IN (
            SELECT waiting.id
            FROM unnest($3::date[], $4::date[]) AS urgency (first_day, last_day)
            CROSS JOIN LATERAL (
                SELECT w.id
                FROM applications w
                WHERE company_sees($1, w, $2)
                  AND w.due_on BETWEEN urgency.first_day AND urgency.last_day
                  AND (w.state <> 'postponed' OR w.due_on <= $5)
                ORDER BY w.due_on, w.id
                LIMIT $6
            ) waiting
        )
        ORDER BY a.due_on, a.id
        "#,
        ctx.actor.organisation as _,
        visible_since(ctx.now),
        &days.iter().map(|days| days.start).collect::<Vec<_>>(),
        &days.iter().map(|days| days.end).collect::<Vec<_>>(),
        ctx.today(),
        OF_EACH_URGENCY,
    )
    .fetch_all(db)
    .await?;
    Ok(seen_by(ctx, rows))
}

/// What no one has answered in the time an answer is expected in, the oldest first: time to call. The day they were due follows
/// that they were sent, and is what an index has them by.
pub async fn sent_waiting(
    db: &Db,
    ctx: &Ctx<PrescriberActor>,
    mine: bool,
) -> Result<Vec<WaitingApplication>> {
    let rows = waiting!(
        sent by ctx in db,
        mine,
        ctx.today(),
        r#"
            AND w.state IN ('new', 'processing')
            AND w.due_on < $2
            ORDER BY w.due_on, w.submitted_at, w.id
            LIMIT $3
        )
        ORDER BY a.submitted_at, a.id
        "#,
    );
    Ok(seen_by(ctx, rows))
}

/// The last answers that are news to the reader, the most recent first.
pub async fn sent_answered(
    db: &Db,
    ctx: &Ctx<PrescriberActor>,
    mine: bool,
) -> Result<Vec<WaitingApplication>> {
    let rows = waiting!(
        sent by ctx in db,
        mine,
        ctx.now - NEWS,
        r#"
            AND w.state IN ('accepted', 'refused', 'postponed')
            AND w.updated_at >= $2
            AND NOT EXISTS (SELECT FROM answer_readings(w.id, w.sender_id, $4, w.updated_at))
            ORDER BY w.updated_at DESC, w.id DESC
            LIMIT $3
        )
        ORDER BY a.updated_at DESC, a.id DESC
        "#,
        ctx.actor.user as _,
    );
    Ok(seen_by(ctx, rows))
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
    /// All that makes its dates.
    pub parcours: Json<Parcours>,
}

/// The PASS of the candidate that ends last.
pub async fn own_pass(db: &Db, ctx: &Ctx<CandidateActor>) -> Result<Option<OwnPass>> {
    let pass = sqlx::query_as!(
        OwnPass,
        r#"
        SELECT id, number, (SELECT parcours FROM read_parcours(id, starts_on, issued_days, closed_on)) AS "parcours!: Json<Parcours>"
        FROM passes
        WHERE candidate_id = $1
        ORDER BY ends_on DESC
        LIMIT 1
        "#,
        ctx.actor.candidate as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(pass)
}
