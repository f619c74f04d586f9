//! A session with the person behind it.

use chrono::{DateTime, Utc};
use iae_domain::accounts::UserKind;
use iae_domain::ids::{ImpersonationId, OrganisationId, UserId};
use iae_domain::organisations::OrganisationFamily;
use iae_domain::text::Email;
use iae_domain::time::paris_date;

use crate::Db;
use crate::accounts::SignedIn;
use crate::accounts::queries::{self, PersonRow};
use crate::accounts::sessions::StoredSession;
use crate::accounts::sessions::seen_as::{Holder, SeenAs};
use crate::error::Result;

/// A session as it is stored.
pub(in crate::accounts::sessions) struct Found {
    /// The session.
    pub session: StoredSession,
    /// When it was last used.
    pub used_at: DateTime<Utc>,
    /// Whose it is, with what they may act for now; none when it is nobody's or their account is closed.
    pub person: Option<SignedIn>,
}

/// The session, and the person behind it: what every page asks first is one statement.
#[expect(clippy::too_many_lines, reason = "one statement, one column a line")]
pub(in crate::accounts::sessions) async fn find(
    db: &Db,
    key: &[u8],
    now: DateTime<Utc>,
    used_since: DateTime<Utc>,
) -> Result<Option<Found>> {
    let rows = sqlx::query!(
        r#"
        SELECT s.data
             , s.user_id AS "user: UserId"
             , s.organisation_id AS "wanted: OrganisationId"
             , s.expires_at
             , s.last_seen_at
             , i.id AS "impersonation?: ImpersonationId"
             , i.target_id AS "target?: UserId"
             , i.started_at AS "seen_since?"
             , i.expires_at AS "seen_until?"
             , team.first_name AS "team_first_name?"
             , team.last_name AS "team_last_name?"
             , team.is_superuser AS "team_is_superuser?"
             , ARRAY(SELECT g.code FROM staff_groups g WHERE g.user_id = team.id ORDER BY g.code LIMIT 50)
                   AS "team_groups!"
             , u.kind AS "kind?: UserKind"
             , u.first_name AS "first_name?"
             , u.last_name AS "last_name?"
             , u.is_superuser AS "is_superuser?"
             , ARRAY(SELECT g.code FROM staff_groups g WHERE g.user_id = u.id ORDER BY g.code LIMIT 50) AS "groups!"
             , u.terms_version AS "terms?"
             , u.welcomed_at IS NOT NULL AS "is_welcomed!"
             , EXISTS (
                   SELECT FROM second_factors f WHERE f.user_id = u.id AND f.removed_at IS NULL
               ) AS "has_second_factor!"
             , u.email AS "email?: Email"
             , u.dismissed_announcements AS "dismissed?"
             , m.organisation_id AS "organisation?: OrganisationId"
             , m.is_admin AS "is_admin?"
             , m.family AS "family?: OrganisationFamily"
             , m.kind AS "organisation_kind?"
             , coalesce(m.department_code, (SELECT c.department_code FROM candidates c WHERE c.id = u.id))
                   AS "department_code?"
             , m.shown_name AS "name?"
             , is_authorised(p, $4) AS authorised
             , nullif(m.active_until, 'infinity') AS grace_until
        FROM sessions s
        LEFT JOIN impersonations i
               ON i.id = s.impersonation_id
              AND i.staff_id = s.user_id
              AND i.ended_at IS NULL
        LEFT JOIN users team ON team.id = i.staff_id AND team.is_active
        LEFT JOIN users u ON u.id = coalesce(i.target_id, s.user_id) AND u.is_active
        LEFT JOIN active_memberships m
               ON m.user_id = u.id
              AND u.kind = 'professional'
              AND (m.family <> 'company' OR m.active_until >= $2)
        LEFT JOIN prescriber_organisations p ON p.organisation_id = m.organisation_id
        WHERE s.id_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3
        ORDER BY m.rank
               , (m.active_until = 'infinity') DESC
               , m.joined_at
               , m.id
        "#,
        key,
        now,
        used_since,
        paris_date(now),
    )
    .fetch_all(db)
    .await?;
    let mut found = None;
    let mut people = Vec::new();
    for row in rows {
        let session = StoredSession {
            data: row.data,
            user: row.user,
            organisation: row.wanted,
            expires_at: row.expires_at,
            login_began_at: None,
            browser: None,
            provider: None,
            provider_session: None,
            impersonation: row.impersonation,
        };
        let staff = match (row.user, row.team_first_name, row.team_last_name, row.team_is_superuser) {
            (Some(user), Some(first_name), Some(last_name), Some(is_superuser)) => {
                Some(Holder { user, first_name, last_name, is_superuser, groups: row.team_groups })
            }
            _ => None,
        };
        let seen_as = match (row.impersonation, row.target, row.seen_since, row.seen_until) {
            (Some(id), Some(target), Some(since), Some(until)) => {
                Some(SeenAs { id, target, since, until, staff })
            }
            _ => None,
        };
        found.get_or_insert((session, row.last_seen_at, seen_as));
        if let (Some(kind), Some(first_name), Some(last_name), Some(is_superuser)) =
            (row.kind, row.first_name, row.last_name, row.is_superuser)
        {
            people.push(PersonRow {
                kind,
                first_name,
                last_name,
                is_superuser,
                groups: row.groups,
                terms: row.terms,
                is_welcomed: row.is_welcomed,
                has_second_factor: row.has_second_factor,
                email: row.email,
                dismissed: row.dismissed.unwrap_or_default(),
                organisation: row.organisation,
                is_admin: row.is_admin,
                family: row.family,
                organisation_kind: row.organisation_kind,
                department_code: row.department_code,
                name: row.name,
                authorised: row.authorised,
                grace_until: row.grace_until,
            });
        }
    }
    let Some((session, used_at, seen_as)) = found else { return Ok(None) };
    let person = match (session.user, seen_as) {
        (Some(user), None) => queries::person(user, people)?,
        (Some(user), Some(seen_as)) => {
            let target = queries::person(seen_as.target, people)?;
            match seen_as.person(target, now) {
                // Once in an impersonation, at its end: the page says so.
                None => queries::signed_in(&mut *db.acquire().await?, user, now).await?,
                seen => seen,
            }
        }
        (None, _) => None,
    };
    let person = person.map(|person| person.acting_for(session.organisation));
    Ok(Some(Found { session, used_at, person }))
}
