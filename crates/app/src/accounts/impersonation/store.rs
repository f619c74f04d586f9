//! Impersonations in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::UserKind;
use iae_domain::actor::StaffActor;
use iae_domain::ids::{ImpersonationId, UserId};
use iae_domain::staff::{EndedImpersonation, ImpersonationEnd, NewImpersonation, StaffGroup, Target};
use iae_domain::text::{Email, full_name};
use sqlx::PgConnection;

use super::{Look, Past};
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::{Db, Work};

/// An account somebody would be seen as.
pub(super) struct Account {
    pub target: Target,
    pub name: String,
    pub email: Option<Email>,
}

/// One that goes on, as its end looks at it.
pub(super) struct Open {
    pub target: UserId,
    pub target_is_active: bool,
    /// The member of the team; none when their account is closed.
    pub staff: Option<StaffActor>,
    pub expires_at: DateTime<Utc>,
}

pub(super) async fn account(db: &mut PgConnection, user: UserId) -> Result<Option<Account>> {
    let row = sqlx::query!(
        r#"
        SELECT kind AS "kind: UserKind"
             , email AS "email: Email"
             , first_name
             , last_name
             , is_superuser
             , is_active
        FROM users
        WHERE id = $1
        "#,
        user as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Account {
        target: Target {
            user,
            kind: row.kind,
            is_superuser: row.is_superuser,
            is_active: row.is_active,
            has_email: row.email.is_some(),
        },
        name: full_name(&row.first_name, &row.last_name),
        email: row.email,
    }))
}

/// The account, which nobody closes meanwhile.
pub(super) async fn lock_target(work: &mut Work<'_>, user: UserId) -> Result<Option<Target>> {
    let row = sqlx::query!(
        r#"
        SELECT kind AS "kind: UserKind"
             , email IS NOT NULL AS "has_email!"
             , is_superuser
             , is_active
        FROM users
        WHERE id = $1
        FOR SHARE
        "#,
        user as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(row.map(|row| Target {
        user,
        kind: row.kind,
        is_superuser: row.is_superuser,
        is_active: row.is_active,
        has_email: row.has_email,
    }))
}

/// Writes one that begins, in the session under `key`, and gives when that ends; none when it is no session of theirs, or shows
/// the platform as somebody already. Of two at once, the second waits for the first, and finds it.
pub(super) async fn begin(
    work: &mut Work<'_>,
    begun: Changed<NewImpersonation>,
    key: &[u8],
) -> Result<Option<DateTime<Utc>>> {
    let begun = work.keep(begun);
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO impersonations (id, staff_id, target_id, reason, started_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        "#,
        begun.id as _,
        begun.staff as _,
        begun.target as _,
        begun.reason.as_str(),
        now,
        begun.expires_at,
    )
    .execute(work.db())
    .await?;
    let ends_at = sqlx::query_scalar!(
        r#"
        UPDATE sessions
        SET impersonation_id = $2
        WHERE id_hash = $1 AND user_id = $3 AND impersonation_id IS NULL
        RETURNING expires_at
        "#,
        key,
        begun.id as _,
        begun.staff as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(ends_at)
}

/// One that goes on; whoever ends it takes turns.
pub(super) async fn lock_open(work: &mut Work<'_>, id: ImpersonationId) -> Result<Option<Open>> {
    let row = sqlx::query!(
        r#"
        SELECT i.target_id AS "target: UserId"
             , target.is_active AS target_is_active
             , i.staff_id AS "staff: UserId"
             , team.is_active AS staff_is_active
             , team.is_superuser AS is_superuser
             , ARRAY(SELECT g.code FROM staff_groups g WHERE g.user_id = team.id ORDER BY g.code LIMIT 50) AS "groups!"
             , i.expires_at
        FROM impersonations i
        JOIN users target ON target.id = i.target_id
        JOIN users team ON team.id = i.staff_id
        WHERE i.id = $1 AND i.ended_at IS NULL
        FOR UPDATE OF i
        "#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(row.map(|row| {
        let groups = row.groups.iter().filter_map(|code| StaffGroup::parse(code)).collect();
        let staff = StaffActor { user: row.staff, is_superuser: row.is_superuser, groups };
        Open {
            target: row.target,
            target_is_active: row.target_is_active,
            staff: row.staff_is_active.then_some(staff),
            expires_at: row.expires_at,
        }
    }))
}

/// Writes the end of one that was locked while it went on: its session shows the platform as its holder again.
pub(super) async fn end(work: &mut Work<'_>, ended: Changed<EndedImpersonation>) -> Result<()> {
    let ended = work.keep(ended);
    let now = work.now();
    let done = sqlx::query!(
        "UPDATE impersonations SET ended_at = $2, end_reason = $3 WHERE id = $1 AND ended_at IS NULL",
        ended.id as _,
        now,
        ended.because.code(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&done, "impersonations")?;
    sqlx::query!("UPDATE sessions SET impersonation_id = NULL WHERE impersonation_id = $1", ended.id as _)
        .execute(work.db())
        .await?;
    Ok(())
}

/// Those whose hour went by, or whose session is no more: one that began after `changing` may be between two ids.
pub(super) async fn over(
    db: &Db,
    now: DateTime<Utc>,
    changing: DateTime<Utc>,
) -> Result<Vec<ImpersonationId>> {
    let over = sqlx::query_scalar!(
        r#"
        SELECT i.id AS "id: ImpersonationId"
        FROM impersonations i
        WHERE i.ended_at IS NULL
          AND (i.expires_at <= $1
               OR (i.started_at < $2 AND NOT EXISTS (SELECT FROM sessions s WHERE s.impersonation_id = i.id)))
        ORDER BY i.expires_at
               , i.id
        LIMIT 1000
        "#,
        now,
        changing,
    )
    .fetch_all(db)
    .await?;
    Ok(over)
}

/// The last ones of a person, as the team reads them.
pub(super) async fn past(db: &mut PgConnection, target: UserId, now: DateTime<Utc>) -> Result<Vec<Past>> {
    let past = sqlx::query_as!(
        Past,
        r#"
        SELECT i.started_at
             , coalesce(i.ended_at, least(i.expires_at, $2)) AS "until!"
             , full_name(team.first_name, team.last_name) AS "by!"
             , i.reason
             , i.end_reason AS "end: ImpersonationEnd"
        FROM impersonations i
        JOIN users team ON team.id = i.staff_id
        WHERE i.target_id = $1
        ORDER BY i.started_at DESC
               , i.id DESC
        LIMIT 20
        "#,
        target as _,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(past)
}

/// The same, as the person reads them.
pub(super) async fn looks(db: &Db, target: UserId, now: DateTime<Utc>) -> Result<Vec<Look>> {
    let looks = sqlx::query_as!(
        Look,
        r#"
        SELECT started_at
             , coalesce(ended_at, least(expires_at, $2)) AS "until!"
        FROM impersonations
        WHERE target_id = $1
        ORDER BY started_at DESC
               , id DESC
        LIMIT 20
        "#,
        target as _,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(looks)
}
