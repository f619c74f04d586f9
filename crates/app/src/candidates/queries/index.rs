//! The people an organisation accompanies (ACP-1 to ACP-3).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::candidates::policy::{Standing, sees_identity};
use iae_domain::ids::{CandidateId, OrganisationId, UserId};

use super::shown_name;
use crate::error::Result;
use crate::pagination::{Cursor, PAGE_SIZE, Page};
use crate::{App, Ctx};

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct CandidateFilters {
    /// Part of a name.
    pub name: String,
    /// Only those the actor accompanies in person (ACP-1).
    pub mine: bool,
    /// By their latest PASS (ACP-3).
    pub pass: Option<Passes>,
}

/// By the latest PASS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passes {
    /// Valid today.
    Valid,
    /// Ended.
    Expired,
    /// None ever.
    None,
}

impl Passes {
    const fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Expired => "expired",
            Self::None => "none",
        }
    }
}

/// A person, as listed.
#[derive(Debug, Clone)]
pub struct CandidateRow {
    /// The person.
    pub id: CandidateId,
    /// Their name, masked or not.
    pub name: String,
    /// What the organisation last did for them.
    pub last_action_at: DateTime<Utc>,
    /// Where they live; cities are not masked (PII-4).
    pub city: String,
    /// How many applications the organisation sent or received for them.
    pub applications: i64,
    /// End of their latest PASS.
    pub pass_ends_on: Option<NaiveDate>,
}

struct Row {
    id: CandidateId,
    first_name: String,
    last_name: String,
    city: String,
    created_by: Option<UserId>,
    last_action_at: DateTime<Utc>,
    applications: i64,
    pass_ends_on: Option<NaiveDate>,
}

/// A page of the list, the last action first. Someone who sees masked names finds by name only those they see: a
/// filter never tells who is behind a mask (PII-5).
pub async fn candidates(
    app: &App,
    ctx: &Ctx<Actor>,
    filters: &CandidateFilters,
    after: Option<Cursor>,
) -> Result<Page<CandidateRow>> {
    let actor = ctx.actor_record();
    let sees_all = match &ctx.actor {
        Actor::Employer(_) => true,
        Actor::Prescriber(prescriber) => prescriber.authorised,
        Actor::Candidate(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => false,
    };
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT c.id
             , u.first_name
             , u.last_name
             , c.city
             , c.created_by AS "created_by: UserId"
             , related.last_action_at AS "last_action_at!"
             , (
                   SELECT count(*)
                   FROM applications a
                   WHERE a.candidate_id = c.id AND (a.sender_organisation_id = $1 OR a.company_id = $1)
               ) AS "applications!"
             , (SELECT max(p.ends_on) FROM passes p WHERE p.candidate_id = c.id) AS pass_ends_on
        FROM (
            SELECT r.candidate_id, max(r.last_action_at) AS last_action_at
            FROM candidate_relations r
            WHERE r.organisation_id = $1 AND (NOT $3 OR r.user_id = $2)
            GROUP BY r.candidate_id
        ) AS related
        JOIN candidates c ON c.id = related.candidate_id
        JOIN users u ON u.id = c.id
        WHERE ($4 = '' OR (c.search LIKE '%' || folded($4) || '%' AND ($5 OR c.created_by = $2)))
          AND ($6::text IS NULL OR $6 = (
                  SELECT CASE WHEN max(p.ends_on) IS NULL THEN 'none'
                              WHEN max(p.ends_on) >= $7 THEN 'valid'
                              ELSE 'expired' END
                  FROM passes p
                  WHERE p.candidate_id = c.id
              ))
          AND ($8::timestamptz IS NULL OR (related.last_action_at, c.id) < ($8, $9))
        ORDER BY related.last_action_at DESC, c.id DESC
        LIMIT $10
        "#,
        actor.organisation as Option<OrganisationId>,
        actor.user as Option<UserId>,
        filters.mine,
        filters.name.trim(),
        sees_all,
        filters.pass.map(Passes::code),
        ctx.today(),
        after.map(|cursor| cursor.at),
        after.map(|cursor| cursor.id).unwrap_or_default(),
        i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(&app.db)
    .await?;
    let rows = rows.into_iter().map(|row| row.seen_by(&ctx.actor)).collect();
    Ok(Page::cut(rows, |row| Cursor { at: row.last_action_at, id: row.id.0 }))
}

impl Row {
    fn seen_by(self, actor: &Actor) -> CandidateRow {
        let standing = Standing { candidate: self.id, created_by: self.created_by, is_related: true };
        CandidateRow {
            name: shown_name(&self.first_name, &self.last_name, sees_identity(actor, &standing)),
            id: self.id,
            last_action_at: self.last_action_at,
            city: self.city,
            applications: self.applications,
            pass_ends_on: self.pass_ends_on,
        }
    }
}
