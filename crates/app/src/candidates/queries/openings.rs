//! Who looked a person up, opened their file or read their documents: what the person may see of it (D4).

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::actor::CandidateActor;
use iae_domain::ids::{CandidateId, OrganisationId, UserId};
use iae_domain::time::paris_midnight;
use sqlx::PgConnection;

use crate::error::Result;
use crate::{App, Ctx};

/// How many traces the page shows, the most recent first.
const OPENINGS_SHOWN: i64 = 100;
/// How many consents it shows, the most recent first.
const CONSENTS_SHOWN: i64 = 50;

/// One trace.
#[derive(Debug, Clone)]
pub struct Opening {
    /// When.
    pub at: DateTime<Utc>,
    /// What was done: the name of the event.
    pub action: String,
    /// Who; nobody when the service did it by itself.
    pub person: Option<String>,
    /// For which organisation.
    pub organisation: Option<String>,
    /// They are of the team, who saw the platform in the place of somebody (AUT-31).
    pub is_of_support: bool,
}

/// Who opened the person's own file, and when.
pub async fn openings(app: &App, ctx: &Ctx<CandidateActor>) -> Result<Vec<Opening>> {
    let rows = sqlx::query_as!(
        Opening,
        r#"
        SELECT e.at
             , e.action
             , full_name(u.first_name, u.last_name) AS person
             , o.shown_name AS "organisation?"
             , e.impersonator_id IS NOT NULL AS "is_of_support!"
        FROM audit_events e
        LEFT JOIN users u ON u.id = coalesce(e.impersonator_id, e.actor_id)
        LEFT JOIN organisations o ON o.id = e.organisation_id AND e.impersonator_id IS NULL
        WHERE e.subject_kind = 'candidate'
          AND e.subject_id = $1
          AND coalesce(e.impersonator_id, e.actor_id) IS DISTINCT FROM $1
          AND e.action IN ('candidate.created', 'candidate.looked_up', 'candidate.file_opened',
                           'candidate.searched_for', 'candidate.completed', 'candidate.updated', 'candidate.nir_correction_asked',
                           'candidate.nir_corrected', 'candidate.document_downloaded')
        ORDER BY e.at DESC, e.seq DESC
        LIMIT $2
        "#,
        ctx.actor.candidate as _,
        OPENINGS_SHOWN,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(rows)
}

/// Whether the actor's opening of the file is already kept for today, in Paris.
pub(in crate::candidates) async fn opened_today(
    db: &mut PgConnection,
    ctx: &Ctx<Actor>,
    id: CandidateId,
) -> Result<bool> {
    let actor = ctx.actor_record();
    let opened = sqlx::query_scalar!(
        r#"SELECT (SELECT file_opened_since FROM read_file_opened_since($1, $2, $3, $4)) AS "opened!""#,
        id as _,
        ctx.reader() as Option<UserId>,
        actor.organisation as Option<OrganisationId>,
        paris_midnight(ctx.today()),
    )
    .fetch_one(db)
    .await?;
    Ok(opened)
}

/// A consent the person gave: what is shared with which company.
#[derive(Debug, Clone)]
pub struct ConsentGiven {
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The company it is shared with.
    pub company: String,
    /// The organisation that informed the person.
    pub organisation: String,
}

/// What the person consented to share, the most recent first.
pub async fn consents(app: &App, ctx: &Ctx<CandidateActor>) -> Result<Vec<ConsentGiven>> {
    let rows = sqlx::query_as!(
        ConsentGiven,
        r#"
        SELECT s.recorded_at
             , company.shown_name AS "company"
             , organisation.shown_name AS "organisation"
        FROM sharing_consents s
        JOIN organisations company ON company.id = s.company_id
        JOIN organisations organisation ON organisation.id = s.organisation_id
        WHERE s.candidate_id = $1
        ORDER BY s.recorded_at DESC, s.id DESC
        LIMIT $2
        "#,
        ctx.actor.candidate as _,
        CONSENTS_SHOWN,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(rows)
}
