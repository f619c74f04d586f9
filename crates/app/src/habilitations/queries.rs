//! Habilitations as pages show them.

mod detail;
mod own;

use chrono::NaiveDate;
use iae_domain::actor::PrescriberActor;
use iae_domain::habilitations::policy::{self, Instructor};
use iae_domain::habilitations::{Assessment, Authorisation, Piece};
use iae_domain::ids::{HabilitationId, HabilitationPieceId, OrganisationId};
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind, Siret};
use iae_domain::time::{Period, add_days, paris_midnight};

pub use detail::{HabilitationDetail, detail};
pub use own::{OwnHabilitation, own};

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Db};

/// The right of an organisation, and what waits for it.
#[derive(Debug, Clone)]
pub struct OwnRight {
    /// Whether it is authorised, and until when.
    pub authorisation: Authorisation,
    /// Whether the DDETS waits for it to complete its request.
    pub is_completing: bool,
}

/// The right of the organisation of whoever asks.
pub async fn own_right(app: &App, ctx: &Ctx<PrescriberActor>) -> Result<OwnRight> {
    let applicant = store::applicant(&app.db, policy::apply(&ctx.actor)).await?.ok_or(Error::NotFound)?;
    Ok(OwnRight { authorisation: applicant.authorisation, is_completing: applicant.is_completing })
}

/// Rights whose end is to be announced or told; the rule decides for each.
pub(super) async fn to_follow(db: &Db, today: NaiveDate) -> Result<Vec<HabilitationId>> {
    let ids = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: HabilitationId"
        FROM habilitations
        WHERE state = 'granted'
          AND ended_at IS NULL
          AND ends_on <= $1::date + 190
          AND (ends_on < $1 OR announced_months IS NULL OR announced_months > 1)
        ORDER BY ends_on, id
        LIMIT 10000
        "#,
        today,
    )
    .fetch_all(db)
    .await?;
    Ok(ids)
}

/// The pieces of a request, in the order they were given.
async fn pieces(db: &Db, habilitation: HabilitationId) -> Result<Vec<Piece>> {
    let pieces = sqlx::query_as!(
        Piece,
        r#"
        SELECT id AS "id: HabilitationPieceId"
             , label
             , given_at
        FROM habilitation_pieces
        WHERE habilitation_id = $1
        ORDER BY given_at, id
        LIMIT 100
        "#,
        habilitation as _,
    )
    .fetch_all(db)
    .await?;
    Ok(pieces)
}

/// What an organisation did in these days: the assessment of a renewal (guide P2 §1.1).
async fn assessment(db: &Db, organisation: OrganisationId, period: Period) -> Result<Assessment> {
    let (since, until) = (paris_midnight(period.start), paris_midnight(add_days(period.end, 1)));
    let row = sqlx::query!(
        r#"
        SELECT (
                   SELECT count(*)
                   FROM eligibility_diagnoses d
                   WHERE d.organisation_id = $1 AND d.author_kind = 'prescriber' AND d.created_at >= $2 AND d.created_at < $3
               ) AS "prescriptions!"
             , count(*) AS "sent!"
             , count(*) FILTER (WHERE a.state = 'accepted') AS "accepted!"
             , count(DISTINCT a.company_id) AS "companies!"
             , count(DISTINCT a.company_id) FILTER (WHERE a.state = 'accepted') AS "hiring!"
             , (
                   SELECT count(*)
                   FROM prolongation_requests r
                   WHERE r.prescriber_organisation_id = $1
                     AND r.state IN ('granted', 'denied')
                     AND r.processed_at >= $2
                     AND r.processed_at < $3
               ) AS "prolongations!"
        FROM applications a
        JOIN organisations o ON o.id = a.company_id
        WHERE a.sender_organisation_id = $1
          AND a.submitted_at >= $2
          AND a.submitted_at < $3
          AND o.kind IN ('ACI', 'AI', 'EI', 'EITI', 'ETTI')
        "#,
        organisation as _,
        since,
        until,
    )
    .fetch_one(db)
    .await?;
    Ok(Assessment {
        period,
        prescriptions: row.prescriptions,
        sent: row.sent,
        accepted: row.accepted,
        companies: row.companies,
        hiring: row.hiring,
        prolongations: row.prolongations,
    })
}

/// An organisation an order may be entered for.
#[derive(Debug, Clone)]
pub struct Nominee {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: PrescriberKind,
    /// Where its authorisation stands.
    pub status: AuthorisationStatus,
}

/// The prescriber organisations of a SIRET that whoever asks may enter an order for.
pub async fn nominees(app: &App, ctx: &Ctx<Instructor>, siret: &Siret) -> Result<Vec<Nominee>> {
    let nominees = sqlx::query_as!(
        Nominee,
        r#"
        SELECT o.id
             , o.shown_name AS name
             , p.kind
             , p.authorisation_status AS status
        FROM organisations o
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        WHERE o.siret = $1
          AND o.closed_at IS NULL
          AND o.family = 'prescriber'
          AND p.kind <> 'FT'
          AND o.department_code IS NOT NULL
          AND ($2::text IS NULL OR o.department_code = $2)
        ORDER BY o.search, o.id
        LIMIT 20
        "#,
        siret.as_str(),
        ctx.actor.department(),
    )
    .fetch_all(&app.db)
    .await?;
    Ok(nominees)
}
