//! What accounts say of their holders, in and out of the database.

use iae_domain::Changed;
use iae_domain::ids::UserId;
use iae_domain::text::{Email, Name, PhoneNumber};
use sqlx::PgConnection;

use super::Profile;
use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;

/// The account, held until the work ends: read once it is.
pub(super) async fn lock(work: &mut Work<'_>, user: UserId) -> Result<Option<Profile>> {
    sqlx::query!("SELECT 1 AS locked FROM users WHERE id = $1 FOR UPDATE", user as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    find(work.db(), user).await
}

pub(super) async fn find(db: &mut PgConnection, user: UserId) -> Result<Option<Profile>> {
    let profile = sqlx::query_as!(
        Profile,
        r#"
        SELECT u.first_name
             , u.last_name
             , u.phone
             , u.email AS "email: Email"
             , EXISTS (SELECT FROM local_passwords p WHERE p.user_id = u.id) AS "has_password!"
             , EXISTS (SELECT FROM identities i WHERE i.user_id = u.id) AS "has_identity!"
        FROM users u
        WHERE u.id = $1
        "#,
        user as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(profile)
}

pub(super) async fn save(
    work: &mut Work<'_>,
    changed: Changed<UserId>,
    names: Option<&(Name, Name)>,
    phone: Option<&PhoneNumber>,
) -> Result<()> {
    let user = work.keep(changed);
    let result = sqlx::query!(
        r#"
        UPDATE users
        SET first_name = coalesce($2, first_name), last_name = coalesce($3, last_name), phone = $4
        WHERE id = $1
        "#,
        user as _,
        names.map(|(first_name, _)| first_name.as_str()),
        names.map(|(_, last_name)| last_name.as_str()),
        phone.map(PhoneNumber::as_str),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")
}
