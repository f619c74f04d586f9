//! Who and what is around an organisation: its members, the companies beside it, what the team did of it.

use chrono::{DateTime, Utc};
use iae_domain::ids::{MembershipId, OrganisationId, UserId};
use iae_domain::organisations::transfer::Category;
use iae_domain::organisations::{CompanySource, OrganisationFamily};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

use crate::App;
use crate::accounts::oversight::list::shown_address;
use crate::admin::words;
use crate::error::Result;
use crate::organisations::kind_label;

/// Members shown on the page: whoever looks for another one finds their account.
const MEMBERS_SHOWN: i64 = 200;

/// Somebody who acts for the organisation, or did.
#[derive(Debug, Clone)]
pub struct Member {
    /// The membership.
    pub id: MembershipId,
    /// The account.
    pub user: UserId,
    /// « Prénom NOM ».
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// Whether they administer it.
    pub is_admin: bool,
    /// Whether they act for it now (MEM-2).
    pub is_active: bool,
    /// When they came, the last time.
    pub joined_at: DateTime<Utc>,
    /// When that last changed.
    pub updated_at: DateTime<Utc>,
}

impl Member {
    /// Their address, as they wrote it (USR-15).
    pub fn shown_email(&self) -> Option<&str> {
        Some(shown_address(self.email.as_deref()?, self.is_active))
    }
}

/// Its members, those who left included, in the order in which one looks for them.
pub async fn members(app: &App, organisation: OrganisationId) -> Result<Vec<Member>> {
    let members = sqlx::query_as!(
        Member,
        r#"
        SELECT m.id AS "id: MembershipId"
             , m.user_id AS "user: UserId"
             , full_name(u.first_name, u.last_name) AS "name!"
             , u.email
             , m.is_admin
             , m.is_active AND u.is_active AS "is_active!"
             , m.joined_at
             , m.updated_at
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1
        ORDER BY (m.is_active AND u.is_active) DESC
               , m.is_admin DESC
               , u.last_name
               , u.first_name
               , m.id
        LIMIT $2
        "#,
        organisation as _,
        MEMBERS_SHOWN,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(members)
}

/// Another organisation that has something in common with this one.
#[derive(Debug, Clone)]
pub struct Relative {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    family: OrganisationFamily,
    kind: String,
    /// Its SIRET.
    pub siret: Option<String>,
    /// Where it comes from, when it is a company.
    pub source: Option<CompanySource>,
    /// Whether it shares the convention: the company of the State, or one of its antennas.
    pub shares_convention: bool,
}

impl Relative {
    /// What it is, in words.
    pub fn kind_label(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }
}

/// Those that share its convention, then those of its SIRET.
pub async fn relatives(app: &App, organisation: OrganisationId) -> Result<Vec<Relative>> {
    let relatives = sqlx::query_as!(
        Relative,
        r#"
        SELECT other.id AS "id: OrganisationId"
             , other.shown_name AS "name!"
             , other.family AS "family: OrganisationFamily"
             , other.kind
             , other.siret
             , oc.source AS "source?: CompanySource"
             , (c.convention_id IS NOT NULL AND oc.convention_id IS NOT DISTINCT FROM c.convention_id) AS "shares_convention!"
        FROM organisations o
        LEFT JOIN companies c ON c.organisation_id = o.id
        CROSS JOIN LATERAL (
            SELECT shared.organisation_id AS id
            FROM companies shared
            WHERE shared.convention_id = c.convention_id
            UNION
            SELECT twin.id
            FROM organisations twin
            WHERE twin.siret = o.siret
        ) near
        JOIN organisations other ON other.id = near.id AND other.id <> o.id
        LEFT JOIN companies oc ON oc.organisation_id = other.id
        WHERE o.id = $1
        ORDER BY (c.convention_id IS NOT NULL AND oc.convention_id IS NOT DISTINCT FROM c.convention_id) DESC
               , oc.source
               , other.search
               , other.id
        LIMIT 50
        "#,
        organisation as _,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(relatives)
}

/// What happened to an organisation, or what the support wrote of it.
#[derive(Debug, Clone)]
pub struct Line {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; the service itself, when nobody.
    pub who: Option<String>,
    act: String,
    /// The words of the support; none for a line of the trail.
    pub remark: Option<String>,
    /// The other organisation of a transfer, a merger or a split.
    pub other: Option<OrganisationId>,
    /// What that one is called.
    pub other_name: Option<String>,
    moved: Option<Json<Vec<Given>>>,
}

#[derive(Debug, Clone, Deserialize)]
struct Given {
    category: Category,
    moved: u32,
}

impl Line {
    /// The other organisation, and what it is called.
    pub fn other(&self) -> Option<(&OrganisationId, &str)> {
        self.other.as_ref().zip(self.other_name.as_deref())
    }

    /// What moved, and how many of it: of a transfer, or of a merger of prescribers.
    pub fn moved(&self) -> Vec<(&'static str, i64)> {
        let given = self.moved.as_ref().map(|moved| moved.0.as_slice()).unwrap_or_default();
        let line = |one: &Given| (one.category.label(), i64::from(one.moved));
        given.iter().filter(|one| one.moved > 0).map(line).collect()
    }

    /// What was done, in French.
    pub fn done(&self) -> &str {
        words::action(&self.act)
    }
}

/// The last ten lines of its journal and of that of its convention, and the last twenty remarks of each sort, the latest first: those
/// on the organisation, on what was transferred or merged, on what became of it (STF-2).
pub async fn lines(app: &App, organisation: OrganisationId, convention: Option<Uuid>) -> Result<Vec<Line>> {
    let lines = sqlx::query_as!(
        Line,
        r#"
        (
            SELECT e.at AS "at!"
                 , full_name(u.first_name, u.last_name) AS who
                 , e.action AS "act!"
                 , NULL::text AS remark
                 , NULL::uuid AS "other?: OrganisationId"
                 , NULL::text AS "other_name?"
                 , NULL::jsonb AS "moved?: Json<Vec<Given>>"
            FROM audit_events e
            LEFT JOIN users u ON u.id = e.actor_id
            WHERE e.subject_id = $1 OR e.subject_id = $2
            ORDER BY e.at DESC, e.id DESC
            LIMIT 10
        )
        UNION ALL
        (
            SELECT r.written_at
                 , full_name(u.first_name, u.last_name)
                 , r.act
                 , r.remark
                 , NULL
                 , NULL
                 , NULL
            FROM organisation_remarks r
            JOIN users u ON u.id = r.written_by
            WHERE r.organisation_id = $1
            ORDER BY r.written_at DESC, r.id DESC
            LIMIT 20
        )
        UNION ALL
        (
            SELECT t.done_at
                 , full_name(u.first_name, u.last_name)
                 , CASE
                       WHEN t.kind = 'merger' AND t.source_id = $1 THEN 'organisation.merged_away'
                       WHEN t.kind = 'merger' THEN 'organisation.absorbed'
                       WHEN t.source_id = $1 THEN 'organisation.data_given'
                       ELSE 'organisation.data_received'
                   END
                 , t.remark
                 , other.id
                 , other.shown_name
                 , t.moved
            FROM organisation_transfers t
            JOIN users u ON u.id = t.done_by
            JOIN organisations other ON other.id = CASE WHEN t.source_id = $1 THEN t.target_id ELSE t.source_id END
            WHERE t.source_id = $1 OR t.target_id = $1
            ORDER BY t.done_at DESC, t.id DESC
            LIMIT 20
        )
        UNION ALL
        (
            SELECT s.decided_at
                 , full_name(u.first_name, u.last_name)
                 , CASE
                       WHEN s.kind = 'siret_change' THEN 'organisation.siret_changed'
                       WHEN s.kind = 'merger' AND s.source_id = $1 THEN 'organisation.merged_into'
                       WHEN s.kind = 'merger' THEN 'organisation.took_over'
                       WHEN s.source_id = $1 THEN 'organisation.split_into'
                       ELSE 'organisation.took_part_of'
                   END
                 , s.remark
                 , other.id
                 , other.shown_name
                 , NULL
            FROM structure_successions s
            JOIN users u ON u.id = s.decided_by
            LEFT JOIN organisations other
                ON other.id = CASE WHEN s.source_id = $1 THEN s.target_id ELSE s.source_id END AND s.kind <> 'siret_change'
            WHERE s.source_id = $1 OR s.target_id = $1
            ORDER BY s.decided_at DESC, s.id DESC
            LIMIT 20
        )
        ORDER BY 1 DESC, 4 NULLS LAST
        LIMIT 70
        "#,
        organisation.0,
        convention,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(lines)
}
