//! Sessions in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::UserKind;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::OrganisationFamily;
use iae_domain::text::Email;
use iae_domain::time::paris_date;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::{OpenSession, StoredSession};
use crate::accounts::SignedIn;
use crate::accounts::queries::{self, PersonRow};
use crate::error::Result;
use crate::{Db, Work};

/// A session as it is stored.
pub(super) struct Found {
    /// The session.
    pub session: StoredSession,
    /// When it was last used.
    pub used_at: DateTime<Utc>,
    /// Whose it is, with what they may act for now; none when it is nobody's or their account is closed.
    pub person: Option<SignedIn>,
}

/// The session, and the person behind it: what every page asks first is one statement.
pub(super) async fn find(
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
             , u.kind AS "kind?: UserKind"
             , u.first_name AS "first_name?"
             , u.last_name AS "last_name?"
             , u.is_superuser AS "is_superuser?"
             , u.terms_version AS "terms?"
             , u.welcomed_at IS NOT NULL AS "is_welcomed!"
             , EXISTS (
                   SELECT FROM second_factors f WHERE f.user_id = u.id AND f.removed_at IS NULL
               ) AS "has_second_factor!"
             , u.email AS "email?: Email"
             , m.organisation_id AS "organisation?: OrganisationId"
             , m.is_admin AS "is_admin?"
             , m.family AS "family?: OrganisationFamily"
             , m.kind AS "organisation_kind?"
             , m.department_code AS "department_code?"
             , m.shown_name AS "name?"
             , is_authorised(p, $4) AS authorised
             , nullif(m.active_until, 'infinity') AS grace_until
        FROM sessions s
        LEFT JOIN users u ON u.id = s.user_id AND u.is_active
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
        };
        found.get_or_insert((session, row.last_seen_at));
        if let (Some(kind), Some(first_name), Some(last_name), Some(is_superuser)) =
            (row.kind, row.first_name, row.last_name, row.is_superuser)
        {
            people.push(PersonRow {
                kind,
                first_name,
                last_name,
                is_superuser,
                terms: row.terms,
                is_welcomed: row.is_welcomed,
                has_second_factor: row.has_second_factor,
                email: row.email,
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
    let Some((session, used_at)) = found else { return Ok(None) };
    let person = match session.user {
        Some(user) => queries::person(user, people)?,
        None => None,
    };
    let person = person.map(|person| person.acting_for(session.organisation));
    Ok(Some(Found { session, used_at, person }))
}

/// The session was used.
pub(super) async fn touch(db: &Db, key: &[u8], now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("UPDATE sessions SET last_seen_at = $2 WHERE id_hash = $1", key, now).execute(db).await?;
    Ok(())
}

/// `false` when the key is taken. Waits for whoever is ending the sessions of the person, and then writes nothing.
pub(super) async fn insert(db: &Db, key: &[u8], session: &StoredSession, now: DateTime<Utc>) -> Result<bool> {
    let result = sqlx::query!(
        r#"
        INSERT INTO sessions (id_hash, data, user_id, organisation_id, created_at, last_seen_at, expires_at, browser)
        SELECT $1, $2, $3, $4, $5, $5, $6, left($8, 100)
        WHERE $3::uuid IS NULL
           OR EXISTS (SELECT
                      FROM users u
                      WHERE u.id = $3 AND (u.sessions_ended_at < $7) IS NOT FALSE
                      FOR SHARE)
        ON CONFLICT (id_hash) DO NOTHING
        "#,
        key,
        session.data,
        session.user as Option<UserId>,
        session.organisation as Option<OrganisationId>,
        now,
        session.expires_at,
        session.login_began_at,
        session.browser.as_deref(),
    )
    .execute(db)
    .await?;
    // A key drawn at random for a person is free: their sessions were ended.
    Ok(result.rows_affected() == 1 || session.user.is_some())
}

/// A session ended meanwhile stays ended: what a request in flight then saves is lost. Its end comes nearer, never later.
pub(super) async fn update(db: &Db, key: &[u8], session: &StoredSession, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        r#"
        UPDATE sessions
        SET data = $2, user_id = $3, organisation_id = $4, last_seen_at = $5
          , expires_at = least(expires_at, $6)
        WHERE id_hash = $1
        "#,
        key,
        session.data,
        session.user as Option<UserId>,
        session.organisation as Option<OrganisationId>,
        now,
        session.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives how many there were: one, or none.
pub(super) async fn delete(db: impl PgExecutor<'_>, key: &[u8]) -> Result<u64> {
    let done = sqlx::query!("DELETE FROM sessions WHERE id_hash = $1", key).execute(db).await?;
    Ok(done.rows_affected())
}

/// The sessions of a person that are not over, the one under `key` first, then the last used.
pub(super) async fn list(
    db: &Db,
    user: UserId,
    key: &[u8],
    now: DateTime<Utc>,
    used_since: DateTime<Utc>,
) -> Result<Vec<OpenSession>> {
    let sessions = sqlx::query_as!(
        OpenSession,
        r#"
        SELECT public_id AS id
             , browser
             , created_at
             , last_seen_at
             , id_hash = $2 AS "is_this_one!"
        FROM sessions
        WHERE user_id = $1 AND expires_at > $3 AND last_seen_at > $4
        ORDER BY id_hash = $2 DESC
               , last_seen_at DESC
               , public_id
        LIMIT 100
        "#,
        user as _,
        key,
        now,
        used_since,
    )
    .fetch_all(db)
    .await?;
    Ok(sessions)
}

/// Ends a session of a person, another than the one under `key`; `false` when there is none.
pub(super) async fn delete_one(
    work: &mut Work<'_>,
    ended: Changed<UserId>,
    id: Uuid,
    key: &[u8],
) -> Result<bool> {
    let user = work.keep(ended);
    let done = sqlx::query!(
        "DELETE FROM sessions WHERE public_id = $1 AND user_id = $2 AND id_hash <> $3",
        id,
        user as _,
        key,
    )
    .execute(work.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every session of a person but the one under `key`.
pub(super) async fn delete_others(work: &mut Work<'_>, ended: Changed<UserId>, key: &[u8]) -> Result<()> {
    let user = work.keep(ended);
    sqlx::query!("DELETE FROM sessions WHERE user_id = $1 AND id_hash <> $2", user as _, key)
        .execute(work.db())
        .await?;
    Ok(())
}
