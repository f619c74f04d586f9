//! Requests to be let into an organisation, while nobody answers (SGN-11, SGN-15).

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::ids::{OrganisationId, SignUpRequestId, UserId};
use iae_domain::organisations::sign_up::JOIN_ASKED_AGAIN;

use crate::Db;
use crate::error::Result;

/// How long a request that nobody answers is shown.
const SHOWN: TimeDelta = TimeDelta::days(30);

/// A request, as whoever made it reads it.
#[derive(Debug, Clone)]
pub struct OwnRequest {
    /// The name of the organisation.
    pub organisation: String,
    /// When it was made, the last time.
    pub asked_at: DateTime<Utc>,
}

impl OwnRequest {
    /// When the same may be asked again.
    pub fn again(&self) -> DateTime<Utc> {
        self.asked_at + JOIN_ASKED_AGAIN
    }
}

/// What somebody asked and waits for, the latest first.
pub async fn asked_by(db: &Db, user: UserId, now: DateTime<Utc>) -> Result<Vec<OwnRequest>> {
    let asked = sqlx::query_as!(
        OwnRequest,
        r#"
        SELECT o.shown_name AS "organisation!"
             , w.asked_at AS "asked_at!"
        FROM join_requests_waiting w
        JOIN organisations o ON o.id = w.organisation_id
        WHERE w.user_id = $1 AND w.asked_at > $2
        ORDER BY w.asked_at DESC, o.id
        LIMIT 20
        "#,
        user as _,
        now - SHOWN,
    )
    .fetch_all(db)
    .await?;
    Ok(asked)
}

/// Somebody who asks to be let in, as those who may invite them read it.
#[derive(Debug, Clone)]
pub struct Joining {
    /// Their request.
    pub id: SignUpRequestId,
    /// « Prénom NOM ».
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// When they asked, the last time.
    pub asked_at: DateTime<Utc>,
}

/// Those who ask to join an organisation, the first who asked first.
pub async fn asking(db: &Db, organisation: OrganisationId, now: DateTime<Utc>) -> Result<Vec<Joining>> {
    let asking = sqlx::query_as!(
        Joining,
        r#"
        SELECT w.id AS "id!: SignUpRequestId"
             , full_name(u.first_name, u.last_name) AS "name!"
             , u.email AS "email?"
             , w.asked_at AS "asked_at!"
        FROM join_requests_waiting w
        JOIN users u ON u.id = w.user_id
        -- The team alone answers what it alone was asked.
        WHERE w.organisation_id = $1 AND w.asked_at > $2 AND w.contact_id IS NOT NULL
        ORDER BY w.asked_at, w.id
        LIMIT 50
        "#,
        organisation as _,
        now - SHOWN,
    )
    .fetch_all(db)
    .await?;
    Ok(asking)
}
