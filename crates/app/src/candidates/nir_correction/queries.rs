//! Requests to correct a NIR, as pages show them.

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::actor::StaffActor;
use iae_domain::candidates::{Nir, NirAnswer};
use iae_domain::ids::{CandidateId, NirCorrectionId};
use iae_domain::staff::{StaffRight, ensure};

use super::super::note_opening;
use super::super::store::nir_answer;
use super::super::update::ensure_may_update;
use crate::error::{Error, Result};
use crate::{App, Ctx, Db};

/// How many open requests the team's page shows, the oldest first: it does the others when these are done.
pub const OPEN_SHOWN: i64 = 100;

/// The last request about a person, for whoever may ask for one.
#[derive(Debug, Clone)]
pub struct LastCorrection {
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// What the team decided, and when; none when it waits.
    pub decided: Option<(DateTime<Utc>, bool)>,
    /// Why it was refused.
    pub refusal: Option<String>,
}

/// The last request about the person; a file the actor may not open is not found, one they see masked is denied.
pub async fn last_correction(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<Option<LastCorrection>> {
    ensure_may_update(app, ctx, id).await?;
    let row = sqlx::query!(
        r#"
        SELECT asked_at, decided_at, is_accepted, refusal
        FROM nir_corrections
        WHERE candidate_id = $1
        ORDER BY id DESC
        LIMIT 1
        "#,
        id as _,
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(row.map(|row| LastCorrection {
        asked_at: row.asked_at,
        decided: row.decided_at.zip(row.is_accepted),
        refusal: row.refusal,
    }))
}

/// An open request, as the team lists it.
#[derive(Debug, Clone)]
pub struct OpenCorrection {
    /// Its id.
    pub id: NirCorrectionId,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Who asked.
    pub asker: String,
    /// For which organisation; none for the person.
    pub organisation: Option<String>,
}

/// How many requests wait to be decided.
pub async fn waiting(db: &Db) -> Result<i64> {
    let waiting = sqlx::query_scalar!(
        r#"SELECT count(*) AS "waiting!" FROM nir_corrections WHERE decided_at IS NULL"#,
    )
    .fetch_one(db)
    .await?;
    Ok(waiting)
}

/// Every open request, the oldest first, for whoever of the team decides on them (STF-1).
pub async fn open_corrections(app: &App, ctx: &Ctx<StaffActor>) -> Result<Vec<OpenCorrection>> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    let rows = sqlx::query_as!(
        OpenCorrection,
        r#"
        SELECT n.id
             , n.asked_at
             , full_name(asker.first_name, asker.last_name) AS "asker!"
             , o.shown_name AS "organisation?"
        FROM nir_corrections n
        JOIN users asker ON asker.id = n.asked_by
        LEFT JOIN organisations o ON o.id = n.organisation_id
        WHERE n.decided_at IS NULL
        ORDER BY n.asked_at, n.id
        LIMIT $1
        "#,
        OPEN_SHOWN,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(rows)
}

/// A request, as the team decides on it.
#[derive(Debug, Clone)]
pub struct CorrectionPage {
    /// Its id.
    pub id: NirCorrectionId,
    /// The person.
    pub candidate: String,
    /// What is recorded.
    pub recorded: Option<NirAnswer>,
    /// What is asked.
    pub nir: Nir,
    /// Why.
    pub rationale: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Who asked.
    pub asker: String,
    /// Their address, to ask them more.
    pub asker_email: Option<String>,
    /// For which organisation; none for the person.
    pub organisation: Option<String>,
    /// What the team decided, and when; none when it waits.
    pub decided: Option<(DateTime<Utc>, bool)>,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Whether another file has the NIR asked for.
    pub is_taken: bool,
}

/// The request, for the team; it opens the file (D34).
pub async fn correction(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: NirCorrectionId,
) -> Result<Option<CorrectionPage>> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    let row = sqlx::query!(
        r#"
        SELECT n.candidate_id AS "candidate_id: CandidateId"
             , full_name(u.first_name, u.last_name) AS "candidate!"
             , c.nir AS recorded
             , c.nir_missing_reason
             , n.nir
             , n.rationale
             , n.asked_at
             , full_name(asker.first_name, asker.last_name) AS "asker!"
             , asker.email AS asker_email
             , o.shown_name AS "organisation?"
             , n.decided_at
             , n.is_accepted
             , n.refusal
             , EXISTS (
                   SELECT FROM candidates other WHERE other.nir = n.nir AND other.id <> n.candidate_id
               ) AS "is_taken!"
        FROM nir_corrections n
        JOIN candidates c ON c.id = n.candidate_id
        JOIN users u ON u.id = n.candidate_id
        JOIN users asker ON asker.id = n.asked_by
        LEFT JOIN organisations o ON o.id = n.organisation_id
        WHERE n.id = $1
        "#,
        id as _,
    )
    .fetch_optional(&app.db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    note_opening(app, &ctx.any(), row.candidate_id).await?;
    let recorded = nir_answer(row.recorded.as_deref(), row.nir_missing_reason.as_deref());
    Ok(Some(CorrectionPage {
        id,
        candidate: row.candidate,
        recorded: recorded.map_err(|()| Error::inconsistent("candidates", "nir", row.candidate_id))?,
        nir: Nir::parse(&row.nir).map_err(|_| Error::inconsistent("nir_corrections", "nir", id))?,
        rationale: row.rationale,
        asked_at: row.asked_at,
        asker: row.asker,
        asker_email: row.asker_email,
        organisation: row.organisation,
        decided: row.decided_at.zip(row.is_accepted),
        refusal: row.refusal,
        is_taken: row.is_taken,
    }))
}
