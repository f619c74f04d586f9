//! What mails say about sign-ups.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::french;
use iae_domain::ids::{OrganisationId, SignUpRequestId};
use iae_domain::organisations::OrganisationFamily;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;
use crate::organisations::kind_label;

/// What somebody who signs up asks, with everything its mails may say.
pub(super) struct Request {
    pub id: SignUpRequestId,
    pub token: Option<String>,
    pub asker: String,
    pub email: Option<String>,
    pub organisation: String,
    family: OrganisationFamily,
    kind: String,
    pub siret: Option<String>,
    expires_at: Option<DateTime<Utc>>,
}

impl Request {
    /// « Mission locale ».
    pub(super) fn kind(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }

    /// Until when a link serves, to the minute: as its page says it.
    pub(super) fn until(&self) -> String {
        self.expires_at.map(french::date_time).unwrap_or_default()
    }
}

/// These requests, by their ids.
pub(super) async fn requests(
    db: &mut PgConnection,
    ids: impl Iterator<Item = SignUpRequestId>,
) -> Result<HashMap<SignUpRequestId, Request>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Request,
        r#"
        SELECT r.id AS "id: SignUpRequestId"
             , r.token
             , full_name(u.first_name, u.last_name) AS "asker!"
             , u.email
             , o.shown_name AS "organisation!"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , o.siret
             , r.expires_at
        FROM sign_up_requests r
        JOIN users u ON u.id = r.user_id
        JOIN organisations o ON o.id = r.organisation_id
        WHERE r.id = ANY ($1)
        ORDER BY r.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// An organisation that somebody signed up.
pub(super) struct NewOne {
    pub id: OrganisationId,
    pub name: String,
    family: OrganisationFamily,
    kind: String,
    pub siret: Option<String>,
    pub city: String,
    /// Its first administrator.
    pub admin: Option<String>,
    pub email: Option<String>,
}

impl NewOne {
    /// « Mission locale ».
    pub(super) fn kind(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }
}

/// These organisations, by their ids.
pub(super) async fn new_ones(
    db: &mut PgConnection,
    ids: impl Iterator<Item = OrganisationId>,
) -> Result<HashMap<OrganisationId, NewOne>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        NewOne,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , o.siret
             , o.city
             , admin.name AS "admin?"
             , admin.email AS "email?"
        FROM organisations o
        LEFT JOIN LATERAL (
            SELECT full_name(u.first_name, u.last_name) AS name
                 , u.email
            FROM memberships m
            JOIN users u ON u.id = m.user_id
            WHERE m.organisation_id = o.id AND m.is_active AND m.is_admin AND u.is_active
            ORDER BY m.joined_at, m.id
            LIMIT 1
        ) admin ON true
        WHERE o.id = ANY ($1)
        ORDER BY o.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
