//! Members and invitations.

use iae_domain::Changed;
use iae_domain::ids::UserId;
use iae_domain::organisations::transfer::Plan;

use crate::Work;
use crate::error::Result;

/// Of somebody who is in both, one membership stays: the target's, since the earliest day, administering if one of both did (rule book 01
/// §13); the other ends. Whoever is there acts for the target from the next page on.
pub(in super::super) async fn move_members(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    let (by, now) = (work.by.user, work.now());
    sqlx::query!(
        r#"
        UPDATE memberships t
        SET joined_at = least(t.joined_at, s.joined_at)
          , is_admin = t.is_admin OR s.is_admin
          , is_active = t.is_active OR s.is_active
          , updated_at = $3
          , updated_by = $4
        FROM memberships s
        WHERE s.organisation_id = $1 AND t.organisation_id = $2 AND t.user_id = s.user_id
        "#,
        source as _,
        target as _,
        now,
        by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        UPDATE memberships s
        SET is_active = false
          , is_admin = false
          , updated_at = $3
          , updated_by = $4
          , departure_asked_at = NULL
        WHERE s.organisation_id = $1 AND s.is_active AND has_twin(s, $2)
        "#,
        source as _,
        target as _,
        now,
        by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        UPDATE memberships s
        SET organisation_id = $2
          , updated_at = $3
          , updated_by = $4
        WHERE s.organisation_id = $1 AND NOT has_twin(s, $2)
        "#,
        source as _,
        target as _,
        now,
        by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        UPDATE sessions s
        SET organisation_id = $2
        FROM memberships m
        WHERE s.organisation_id = $1 AND m.organisation_id = $2 AND m.user_id = s.user_id AND m.is_active
        "#,
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Invitations lead to the target; those to somebody whom it invites, or has, stay where they are.
pub(in super::super) async fn move_invitations(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        "UPDATE invitations s SET organisation_id = $2 WHERE s.organisation_id = $1 AND NOT has_twin(s, $2)",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
