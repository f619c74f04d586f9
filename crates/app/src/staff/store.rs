//! Groups of the team in and out of the database.

use iae_domain::Changed;
use iae_domain::accounts::UserKind;
use iae_domain::ids::UserId;
use iae_domain::staff::{GroupChanged, StaffGroup, Teammate};
use iae_domain::text::Email;

use crate::db::ensure_one_row;
use crate::error::Result;
use crate::{Db, Work};

/// A member of the team, as an operator reads them.
#[derive(Debug, Clone)]
pub struct Member {
    /// « Prénom NOM ».
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// Whether their account is open.
    pub is_active: bool,
    /// Whether they hold every right.
    pub is_superuser: bool,
    /// The codes of their groups.
    pub groups: Vec<String>,
}

/// Everyone of the team.
pub(super) async fn members(db: &Db) -> Result<Vec<Member>> {
    let members = sqlx::query_as!(
        Member,
        r#"
        SELECT full_name(u.first_name, u.last_name) AS "name!"
             , u.email
             , u.is_active
             , u.is_superuser
             , ARRAY(SELECT g.code FROM staff_groups g WHERE g.user_id = u.id ORDER BY g.code LIMIT 50) AS "groups!"
        FROM users u
        WHERE u.kind = 'itou_staff'
        ORDER BY u.last_name, u.first_name, u.id
        LIMIT 1000
        "#,
    )
    .fetch_all(db)
    .await?;
    Ok(members)
}

/// Whoever has this address, held until the work ends.
pub(super) async fn lock(work: &mut Work<'_>, email: &Email) -> Result<Option<Teammate>> {
    let found = sqlx::query!(
        r#"
        SELECT u.id AS "user: UserId"
             , u.kind AS "kind: UserKind"
             , u.is_active
        FROM users u
        WHERE u.email = $1
        FOR UPDATE
        "#,
        email.as_str(),
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    let Some(found) = found else { return Ok(None) };
    // Read once it is held: of two operators, the second sees what the first gave.
    let codes = sqlx::query_scalar!(
        "SELECT code FROM staff_groups WHERE user_id = $1 ORDER BY code LIMIT 50",
        found.user as _,
    )
    .fetch_all(work.db())
    .await?;
    let groups = codes.iter().filter_map(|code| StaffGroup::parse(code)).collect();
    Ok(Some(Teammate { user: found.user, kind: found.kind, is_active: found.is_active, groups }))
}

/// Writes a group that was given or taken.
pub(super) async fn save(work: &mut Work<'_>, changed: Changed<GroupChanged>) -> Result<()> {
    let GroupChanged { user, group, is_in } = work.keep(changed);
    let now = work.now();
    let result = if is_in {
        sqlx::query!(
            "INSERT INTO staff_groups (user_id, code, since) VALUES ($1, $2, $3)",
            user as _,
            group.code(),
            now,
        )
        .execute(work.db())
        .await?
    } else {
        sqlx::query!("DELETE FROM staff_groups WHERE user_id = $1 AND code = $2", user as _, group.code())
            .execute(work.db())
            .await?
    };
    ensure_one_row(&result, "staff_groups")
}
