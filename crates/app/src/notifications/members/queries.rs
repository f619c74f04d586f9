//! What mails say about the members of an organisation.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::french;
use iae_domain::ids::{AdminRequestId, MembershipId, OrganisationId};
use iae_domain::organisations::OrganisationFamily;
use iae_domain::organisations::members::Held;
use iae_domain::organisations::transfer::Category;
use iae_domain::time::paris_date;
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Result;
use crate::notifications::letter::counted;
use crate::organisations::kind_label;

/// A member, with everything their mails may say.
pub(super) struct Member {
    pub id: MembershipId,
    pub name: String,
    pub email: Option<String>,
    pub organisation: String,
    family: OrganisationFamily,
    kind: String,
    pub organisation_email: Option<String>,
    request_id: Option<AdminRequestId>,
    request_token: Option<String>,
    request_expires_at: Option<DateTime<Utc>>,
    handed: Json<Vec<Line>>,
}

/// What was handed over, and to whom.
#[derive(Deserialize)]
struct Line {
    held: Held,
    count: u32,
    to: String,
}

impl Member {
    /// « Mission locale ».
    pub(super) fn kind(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }

    /// The request they made last, and its word.
    pub(super) fn request(&self) -> Option<(AdminRequestId, &str)> {
        self.request_id.zip(self.request_token.as_deref())
    }

    /// Until when its link serves.
    pub(super) fn request_until(&self) -> String {
        self.request_expires_at.map(|at| french::date(paris_date(at))).unwrap_or_default()
    }

    /// « Candidatures envoyées, en attente de réponse (3) : Perrine WEBER », line by line.
    pub(super) fn handed(&self) -> Vec<String> {
        let line = |line: &Line| format!("- {} ({}) : {}", line.held.label(), line.count, line.to);
        self.handed.0.iter().map(line).collect()
    }
}

/// These members, by the ids of their memberships.
pub(super) async fn members(
    db: &mut PgConnection,
    ids: impl Iterator<Item = MembershipId>,
) -> Result<HashMap<MembershipId, Member>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Member,
        r#"
        SELECT m.id AS "id: MembershipId"
             , full_name(u.first_name, u.last_name) AS "name!"
             , u.email
             , o.shown_name AS "organisation!"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , nullif(o.email, '') AS organisation_email
             , request.id AS "request_id?: AdminRequestId"
             , request.token AS "request_token?"
             , request.expires_at AS "request_expires_at?"
             , coalesce((
                   SELECT jsonb_agg(
                       jsonb_build_object(
                           'held', h.held, 'count', h.count, 'to', full_name(taker.first_name, taker.last_name)
                       )
                       ORDER BY h.held
                   )
                   FROM member_handovers h
                   JOIN users taker ON taker.id = h.to_user_id
                   WHERE h.membership_id = m.id AND h.left_at = m.updated_at
               ), '[]') AS "handed!: Json<Vec<Line>>"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        JOIN organisations o ON o.id = m.organisation_id
        LEFT JOIN LATERAL (
            SELECT r.id, r.token, r.expires_at
            FROM admin_requests r
            WHERE r.membership_id = m.id
            ORDER BY r.asked_at DESC, r.id DESC
            LIMIT 1
        ) request ON true
        WHERE m.id = ANY ($1)
        ORDER BY m.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// An organisation, with who acts for it.
pub(super) struct Host {
    id: OrganisationId,
    pub name: String,
    /// What was merged into it last.
    former: Option<String>,
    giver: Option<String>,
    taker: Option<String>,
    given: Option<Json<Vec<Given>>>,
    members: i64,
    admins: i64,
}

/// What a transfer moved.
#[derive(Deserialize)]
struct Given {
    category: Category,
    moved: u32,
}

impl Host {
    /// The company that last gave what it had, to it or to another one.
    pub(super) fn giver(&self) -> &str {
        self.giver.as_deref().unwrap_or_default()
    }

    /// The one that was given it.
    pub(super) fn taker(&self) -> &str {
        self.taker.as_deref().unwrap_or_default()
    }

    /// What moved then, a line each.
    pub(super) fn given(&self) -> Vec<String> {
        let given = self.given.as_ref().map(|given| given.0.as_slice()).unwrap_or_default();
        let line = |one: &Given| format!("{} : {}", one.category.label(), one.moved);
        given.iter().filter(|one| one.moved > 0 && !one.category.is_said()).map(line).collect()
    }

    /// « 4 collaborateurs, dont 1 administrateur ».
    pub(super) fn staffing(&self) -> String {
        let number = |count: i64| u64::try_from(count).unwrap_or_default();
        let members = counted(number(self.members), "collaborateur", "collaborateurs");
        let admins = counted(number(self.admins), "administrateur", "administrateurs");
        format!("{members}, dont {admins}")
    }

    /// What was merged into it last.
    pub(super) fn former(&self) -> &str {
        self.former.as_deref().unwrap_or_default()
    }

    /// Whether one person alone administers it.
    pub(super) fn has_one_admin(&self) -> bool {
        self.admins == 1
    }
}

/// These organisations, by their ids.
pub(super) async fn hosts(
    db: &mut PgConnection,
    ids: impl Iterator<Item = OrganisationId>,
) -> Result<HashMap<OrganisationId, Host>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Host,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , (
                   SELECT former.shown_name
                   FROM organisations former
                   WHERE former.replaced_by = o.id
                   ORDER BY former.closed_at DESC, former.id
                   LIMIT 1
               ) AS former
             , last.giver AS "giver?"
             , last.taker AS "taker?"
             , last.moved AS "given?: Json<Vec<Given>>"
             , count(u.id) AS "members!"
             , count(u.id) FILTER (WHERE m.is_admin) AS "admins!"
        FROM organisations o
        LEFT JOIN memberships m ON m.organisation_id = o.id AND m.is_active
        LEFT JOIN users u ON u.id = m.user_id AND u.is_active
        LEFT JOIN LATERAL (
            SELECT giver.shown_name AS giver
                 , taker.shown_name AS taker
                 , t.moved
            FROM organisation_transfers t
            JOIN organisations giver ON giver.id = t.source_id
            JOIN organisations taker ON taker.id = t.target_id
            WHERE t.kind = 'transfer' AND (t.source_id = o.id OR t.target_id = o.id)
            ORDER BY t.done_at DESC, t.id DESC
            LIMIT 1
        ) last ON true
        WHERE o.id = ANY ($1)
        GROUP BY o.id, last.giver, last.taker, last.moved
        ORDER BY o.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
