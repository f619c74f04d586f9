//! Organisations that the tasks of every day look after.

use chrono::{DateTime, Utc};
use iae_domain::ids::{MembershipId, OrganisationId};
use uuid::Uuid;

use crate::Db;
use crate::error::Result;

/// Companies without official address that nobody administers, each with the latest of its members to sign in: two at most, and
/// never who never did (MEM-13). Some at a time: the others wait for tomorrow.
pub(in super::super) async fn without_admin(db: &Db) -> Result<Vec<(OrganisationId, Vec<MembershipId>)>> {
    let companies = sqlx::query!(
        r#"
        SELECT c.organisation_id AS "company: OrganisationId"
             , ARRAY(
                   SELECT m.id
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = c.organisation_id
                     AND m.is_active
                     AND u.is_active
                     AND u.last_login_at IS NOT NULL
                   ORDER BY u.last_login_at DESC, m.id
                   LIMIT 2
               ) AS "members!"
        FROM companies c
        WHERE coalesce(c.auth_email, '') = ''
          AND EXISTS (
              SELECT
              FROM memberships m
              JOIN users u ON u.id = m.user_id
              WHERE m.organisation_id = c.organisation_id
                AND m.is_active
                AND u.is_active
                AND u.last_login_at IS NOT NULL
          )
          AND NOT EXISTS (
              SELECT
              FROM memberships m
              JOIN users u ON u.id = m.user_id
              WHERE m.organisation_id = c.organisation_id AND m.is_active AND m.is_admin AND u.is_active
          )
        ORDER BY c.organisation_id
        LIMIT 500
        "#,
    )
    .fetch_all(db)
    .await?;
    let ids = |members: Vec<Uuid>| members.into_iter().map(MembershipId).collect();
    Ok(companies.into_iter().map(|row| (row.company, ids(row.members))).collect())
}

/// Organisations of several members that nobody read again since: some at a time, the longest first (MEM-14).
pub(in super::super) async fn to_review(db: &Db, before: DateTime<Utc>) -> Result<Vec<OrganisationId>> {
    let organisations = sqlx::query_scalar!(
        r#"
        SELECT o.id AS "id: OrganisationId"
        FROM organisations o
        WHERE coalesce(o.members_review_asked_at, o.created_at) <= $1
          AND (
              SELECT count(*)
              FROM memberships m
              JOIN users u ON u.id = m.user_id
              WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
          ) > 1
          AND EXISTS (
              SELECT FROM memberships m
              JOIN users u ON u.id = m.user_id
              WHERE m.organisation_id = o.id AND m.is_active AND m.is_admin AND u.is_active
          )
        ORDER BY coalesce(o.members_review_asked_at, o.created_at), o.id
        LIMIT 500
        "#,
        before,
    )
    .fetch_all(db)
    .await?;
    Ok(organisations)
}
