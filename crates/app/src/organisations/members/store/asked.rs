//! What members ask: to leave, to administer; and what those who administer are asked, in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::ids::{AdminRequestId, MembershipId, OrganisationId, UserId};
use iae_domain::organisations::members::{AdminRequest, DepartureAsked, Membership, Reviewed};

use super::save;
use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;

/// When a member last asked to leave.
pub(in super::super) async fn departure_asked_at(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    user: UserId,
) -> Result<Option<DateTime<Utc>>> {
    let asked_at = sqlx::query_scalar!(
        "SELECT departure_asked_at FROM memberships WHERE organisation_id = $1 AND user_id = $2",
        organisation as _,
        user as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(asked_at.flatten())
}

/// Writes that a member asked to leave, with its audit row and its mail.
pub(in super::super) async fn save_departure_asked(
    work: &mut Work<'_>,
    changed: Changed<DepartureAsked>,
) -> Result<()> {
    let asked = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE memberships SET departure_asked_at = $2 WHERE id = $1",
        asked.member.id as _,
        asked.at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "memberships")
}

/// Writes that a member who asked to leave stays, with its audit row.
pub(in super::super) async fn save_departure_withdrawn(
    work: &mut Work<'_>,
    changed: Changed<Membership>,
) -> Result<()> {
    let member = work.keep(changed);
    let now = work.now();
    // Whoever was about to let them go reads that they stay (D32).
    let result = sqlx::query!(
        "UPDATE memberships SET departure_asked_at = NULL, updated_at = $2, updated_by = $3 WHERE id = $1",
        member.id as _,
        now,
        member.user as _,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "memberships")
}

/// Whether official data give an address for the company (CMP-7).
pub(in super::super) async fn has_official_address(
    work: &mut Work<'_>,
    company: OrganisationId,
) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT coalesce(auth_email, '') <> '' AS "has_one!" FROM companies WHERE organisation_id = $1"#,
        company as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(found.unwrap_or_default())
}

/// Writes a request to administer a company, with its audit row and the mail to its official address.
pub(in super::super) async fn insert_admin_request(
    work: &mut Work<'_>,
    changed: Changed<AdminRequest>,
    token: &str,
) -> Result<()> {
    let request = work.keep(changed);
    sqlx::query!(
        r#"
        INSERT INTO admin_requests (id, membership_id, token, asked_at, expires_at)
        VALUES ($1, $2, $3, $4, $5)
        "#,
        request.id as _,
        request.member.id as _,
        token,
        request.asked_at,
        request.expires_at,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// When a member last asked to administer their company.
pub(in super::super) async fn admin_asked_since(
    work: &mut Work<'_>,
    member: MembershipId,
    since: DateTime<Utc>,
) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (SELECT FROM admin_requests WHERE membership_id = $1 AND asked_at > $2) AS "found!"
        "#,
        member as _,
        since,
    );
    Ok(found.fetch_one(work.db()).await?)
}

/// When a request was used, and until when it serves.
pub(in super::super) async fn lock_admin_request(
    work: &mut Work<'_>,
    id: AdminRequestId,
) -> Result<Option<(Option<DateTime<Utc>>, DateTime<Utc>)>> {
    let request =
        sqlx::query!("SELECT used_at, expires_at FROM admin_requests WHERE id = $1 FOR UPDATE", id as _)
            .fetch_optional(work.db())
            .await?;
    work.locked();
    Ok(request.map(|request| (request.used_at, request.expires_at)))
}

/// Writes that whoever asked administers the company, and that the link served.
pub(in super::super) async fn save_taken_over(
    work: &mut Work<'_>,
    id: AdminRequestId,
    changed: Changed<Membership>,
) -> Result<()> {
    save(work, changed).await?;
    let now = work.now();
    let result = sqlx::query!(
        "UPDATE admin_requests SET used_at = $2 WHERE id = $1 AND used_at IS NULL",
        id as _,
        now
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "admin_requests")
}

/// Since when the members of an organisation were not read again, and how many they are.
pub(in super::super) async fn to_review(
    work: &mut Work<'_>,
    organisation: OrganisationId,
) -> Result<Option<(DateTime<Utc>, u32)>> {
    let found = sqlx::query!(
        r#"
        SELECT coalesce(o.members_review_asked_at, o.created_at) AS "since!"
             , (
                   SELECT count(*)
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
               ) AS "members!"
        FROM organisations o
        WHERE o.id = $1
        "#,
        organisation as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(found.map(|found| (found.since, u32::try_from(found.members).unwrap_or(u32::MAX))))
}

/// Writes that those who administer an organisation were asked to read its members, with its audit row and the mails.
pub(in super::super) async fn save_review(work: &mut Work<'_>, changed: Changed<Reviewed>) -> Result<()> {
    let reviewed = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE organisations SET members_review_asked_at = $2 WHERE id = $1",
        reviewed.organisation as _,
        reviewed.at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "organisations")
}
