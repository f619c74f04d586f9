//! What is read of accounts.

use iae_domain::ids::OrganisationId;

use crate::Db;
use crate::error::Result;

/// Everyone who belongs or belonged to an organisation: their account, as a text, and their name.
pub(crate) async fn members(db: &Db, organisation: OrganisationId) -> Result<Vec<(String, String)>> {
    let members = sqlx::query!(
        r#"
        SELECT u.id::text AS "user!"
             , full_name(u.first_name, u.last_name) AS "name!"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1
        ORDER BY u.last_name, u.first_name, u.id
        LIMIT 1000
        "#,
        organisation as _,
    )
    .fetch_all(db)
    .await?;
    Ok(members.into_iter().map(|member| (member.user, member.name)).collect())
}
