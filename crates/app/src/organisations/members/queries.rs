//! Members of an organisation, as pages show them.

mod asked;
mod by_team;
mod due;
mod holdings;

use chrono::{DateTime, Utc};
use iae_domain::ids::{AdminRequestId, MembershipId, OrganisationId, UserId};
use iae_domain::organisations::members::AdminRequestRefused;
use sqlx::types::Json;

pub use asked::departure_asked_at;
pub(super) use by_team::place_of;
pub use by_team::{Place, tended_member};
pub(super) use due::{to_review, without_admin};
pub use holdings::held_by;
pub(super) use holdings::holdings;

use crate::error::{Error, Result};
use crate::{App, Db};

/// How many members an organisation has, and who runs it.
#[derive(Debug, Clone)]
pub struct Staffing {
    /// Active members.
    pub members: i64,
    /// Those who administer it.
    pub admins: i64,
    /// Whether it is a company with an official address: who administers it may be asked there (MEM-11).
    pub has_official_address: bool,
    /// Members who asked to leave, but whoever reads, who cannot let themselves go: their membership, and their name.
    pub leaving: Vec<(MembershipId, String)>,
}

/// The staffing of an organisation, in one statement.
pub async fn staffing(app: &App, organisation: OrganisationId, reader: UserId) -> Result<Staffing> {
    let counted = sqlx::query!(
        r#"
        SELECT count(*) AS "members!"
             , count(*) FILTER (WHERE m.is_admin) AS "admins!"
             , EXISTS (
                   SELECT
                   FROM companies c
                   WHERE c.organisation_id = $1 AND coalesce(c.auth_email, '') <> ''
               ) AS "has_official_address!"
             , coalesce(
                   jsonb_agg(jsonb_build_array(m.id, full_name(u.first_name, u.last_name)) ORDER BY m.departure_asked_at, m.id)
                       FILTER (WHERE m.user_id <> $2 AND m.departure_asked_at IS NOT NULL),
                   '[]'
               ) AS "leaving!: Json<Vec<(MembershipId, String)>>"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1 AND m.is_active AND u.is_active
        "#,
        organisation as _,
        reader as _,
    )
    .fetch_one(&app.db)
    .await?;
    Ok(Staffing {
        members: counted.members,
        admins: counted.admins,
        has_official_address: counted.has_official_address,
        leaving: counted.leaving.0,
    })
}

/// A member, to be acted on.
#[derive(Debug, Clone)]
pub struct MemberCard {
    /// The membership.
    pub id: MembershipId,
    /// The account.
    pub user: UserId,
    /// « Prénom NOM ».
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// Whether they administer the organisation.
    pub is_admin: bool,
    /// Whether they are still there.
    pub is_active: bool,
    /// When they came.
    pub joined_at: DateTime<Utc>,
    /// When it last changed, and who changed it (D32).
    pub updated_at: DateTime<Utc>,
    /// Who changed it last.
    pub updated_by: Option<String>,
    /// Whether they did themselves: they came, or stay after they asked to leave.
    pub is_own_change: bool,
}

/// A member of an organisation, still there or gone; that of another one does not exist.
pub async fn member(app: &App, organisation: OrganisationId, id: MembershipId) -> Result<MemberCard> {
    let member = sqlx::query_as!(
        MemberCard,
        r#"
        SELECT m.id AS "id: MembershipId"
             , m.user_id AS "user: UserId"
             , full_name(u.first_name, u.last_name) AS "name!"
             , u.email
             , m.is_admin
             , m.is_active AND u.is_active AS "is_active!"
             , m.joined_at
             , m.updated_at
             , full_name(changer.first_name, changer.last_name) AS updated_by
             , m.updated_by IS NOT DISTINCT FROM m.user_id AS "is_own_change!"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        LEFT JOIN users changer ON changer.id = m.updated_by
        WHERE m.organisation_id = $1 AND m.id = $2
        "#,
        organisation as _,
        id as _,
    )
    .fetch_optional(&app.db)
    .await?;
    member.ok_or(Error::NotFound)
}

/// What somebody is in an organisation, for who acted on them meanwhile (D32).
pub async fn member_of(app: &App, organisation: OrganisationId, user: UserId) -> Result<MemberCard> {
    let id = sqlx::query_scalar!(
        r#"SELECT id AS "id: MembershipId" FROM memberships WHERE organisation_id = $1 AND user_id = $2"#,
        organisation as _,
        user as _,
    )
    .fetch_optional(&app.db)
    .await?;
    member(app, organisation, id.ok_or(Error::NotFound)?).await
}

/// A colleague, to be written to or chosen.
#[derive(Debug, Clone)]
pub struct Teammate {
    /// The account.
    pub user: UserId,
    /// « Prénom NOM ».
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// Whether they administer the organisation.
    pub is_admin: bool,
}

/// Who acts for an organisation besides this person, by name.
pub async fn teammates(app: &App, organisation: OrganisationId, but: UserId) -> Result<Vec<Teammate>> {
    let teammates = sqlx::query_as!(
        Teammate,
        r#"
        SELECT u.id AS "user: UserId"
             , full_name(u.first_name, u.last_name) AS "name!"
             , u.email
             , m.is_admin
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1 AND m.user_id <> $2 AND m.is_active AND u.is_active
        ORDER BY u.last_name, u.first_name, u.id
        LIMIT 1000
        "#,
        organisation as _,
        but as _,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(teammates)
}

/// What a member of a company asked its official address, as whoever opens the link finds it.
#[derive(Debug, Clone, Copy)]
pub struct OwnRequest {
    /// Whether its link served.
    pub is_used: bool,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
    /// Whether somebody administers the company.
    pub has_admins: bool,
}

impl OwnRequest {
    /// Why its link does nothing any more (MEM-12): said in the same order as by what acts on it.
    pub fn refused(&self, now: DateTime<Utc>) -> Option<AdminRequestRefused> {
        if self.is_used || now >= self.expires_at {
            Some(AdminRequestRefused::Over)
        } else {
            self.has_admins.then_some(AdminRequestRefused::Administered)
        }
    }
}

/// The request of this member of a company, for who has its word.
pub async fn own_request(
    db: &Db,
    id: AdminRequestId,
    company: OrganisationId,
    user: UserId,
    token: &str,
) -> Result<Option<OwnRequest>> {
    let request = sqlx::query_as!(
        OwnRequest,
        r#"
        SELECT r.used_at IS NOT NULL AS "is_used!"
             , r.expires_at
             , EXISTS (
                   SELECT
                   FROM memberships admin
                   JOIN users u ON u.id = admin.user_id
                   WHERE admin.organisation_id = $2 AND admin.is_active AND admin.is_admin AND u.is_active
               ) AS "has_admins!"
        FROM admin_requests r
        JOIN memberships m ON m.id = r.membership_id
        WHERE r.id = $1 AND m.organisation_id = $2 AND m.user_id = $3 AND r.token = $4
        "#,
        id as _,
        company as _,
        user as _,
        token,
    );
    Ok(request.fetch_optional(db).await?)
}
