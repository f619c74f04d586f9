//! The member of the team that a command acts as.

use iae_domain::accounts::UserKind;
use iae_domain::actor::StaffActor;
use iae_domain::ids::UserId;
use iae_domain::staff::StaffGroup;
use iae_domain::text::Email;

use crate::Db;
use crate::error::Result;

/// The member of the team who has this address, whose account is open.
pub async fn member_of_team(db: &Db, email: &Email) -> Result<Option<StaffActor>> {
    let member = sqlx::query!(
        r#"
        SELECT id AS "id: UserId"
             , is_superuser
             , ARRAY(SELECT g.code FROM staff_groups g WHERE g.user_id = users.id ORDER BY g.code LIMIT 50) AS "groups!"
        FROM users
        WHERE email = $1 AND kind = $2 AND is_active
        "#,
        email.as_str(),
        UserKind::Staff.code(),
    )
    .fetch_optional(db)
    .await?;
    Ok(member.map(|member| StaffActor {
        user: member.id,
        is_superuser: member.is_superuser,
        groups: member.groups.iter().filter_map(|code| StaffGroup::parse(code)).collect(),
    }))
}
