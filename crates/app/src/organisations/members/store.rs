//! Memberships in and out of the database. Whoever changes one locks its organisation first.

mod asked;
mod handover;

use iae_domain::Changed;
use iae_domain::accounts::UserKind;
use iae_domain::ids::{MembershipId, OrganisationId, UserId};
use iae_domain::organisations::invitations::Guest;
use iae_domain::organisations::members::Membership;
use iae_domain::text::Email;

pub(super) use asked::{
    admin_asked_since, departure_asked_at, has_official_address, insert_admin_request, lock_admin_request,
    save_departure_asked, save_departure_withdrawn, save_review, save_taken_over, to_review,
};
pub(super) use handover::save_departure;

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};

/// Makes those who change the members of an organisation take turns. Nothing that merely refers to it waits.
pub(crate) async fn lock(work: &mut Work<'_>, organisation: OrganisationId) -> Result<()> {
    let found = sqlx::query_scalar!(
        r#"SELECT id AS "id: OrganisationId" FROM organisations WHERE id = $1 FOR NO KEY UPDATE"#,
        organisation as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    found.map(drop).ok_or(Error::NotFound)
}

/// Holds the name of those whom a member accompanies, before their organisation is locked (docs/architecture.md, « The order of locks »): it is
/// written again for the colleague who takes them over.
pub(super) async fn hold_accompanied(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    member: MembershipId,
) -> Result<()> {
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "people!"
        FROM (
            SELECT
            FROM candidates c
            WHERE c.id IN (
                SELECT r.candidate_id
                FROM memberships m
                JOIN candidate_relations r ON r.organisation_id = m.organisation_id AND r.user_id = m.user_id
                WHERE m.organisation_id = $1 AND m.id = $2
            )
            ORDER BY c.id
            FOR NO KEY UPDATE OF c
        ) AS locked
        "#,
        organisation as _,
        member as _,
    )
    .fetch_one(work.db())
    .await?;
    work.locked();
    Ok(())
}

/// Whether an organisation takes newcomers: any, but one that another replaced, and a company whose convention is not in force (INV-6). It
/// may be in grace.
pub(crate) async fn is_open(work: &mut Work<'_>, organisation: OrganisationId) -> Result<bool> {
    let is_open = sqlx::query_scalar!(
        r#"
        SELECT o.closed_at IS NULL AND (o.family <> 'company' OR coalesce(a.active_until = 'infinity', false)) AS "is_open!"
        FROM organisations o
        LEFT JOIN company_activity a ON a.organisation_id = o.id
        WHERE o.id = $1
        "#,
        organisation as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(is_open.unwrap_or_default())
}

/// The account of somebody who joins, which is open; it stays so until the transaction ends.
pub(crate) async fn guest(work: &mut Work<'_>, user: UserId) -> Result<Option<Guest>> {
    let guest = sqlx::query_as!(
        Guest,
        r#"
        SELECT id AS "user: UserId"
             , kind AS "kind: UserKind"
             , email AS "email: Email"
        FROM users
        WHERE id = $1 AND is_active
        FOR SHARE
        "#,
        user as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(guest)
}

/// What somebody is in an organisation; whoever closed their account is not active in it (MEM-2).
pub(crate) async fn membership(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    user: UserId,
) -> Result<Option<Membership>> {
    one(work, organisation, Key::User(user)).await
}

/// One membership of an organisation, by its id: that of another organisation does not exist.
pub(super) async fn member(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    id: MembershipId,
) -> Result<Option<Membership>> {
    one(work, organisation, Key::Membership(id)).await
}

/// What a membership of an organisation is found by.
#[derive(Clone, Copy)]
enum Key {
    /// Whose it is.
    User(UserId),
    /// Its own id.
    Membership(MembershipId),
}

async fn one(work: &mut Work<'_>, organisation: OrganisationId, key: Key) -> Result<Option<Membership>> {
    let (user, id) = match key {
        Key::User(user) => (Some(user), None),
        Key::Membership(id) => (None, Some(id)),
    };
    let membership = sqlx::query_as!(
        Membership,
        r#"
        SELECT m.id AS "id: MembershipId"
             , m.user_id AS "user: UserId"
             , m.organisation_id AS "organisation: OrganisationId"
             , m.is_admin
             , m.is_active AND u.is_active AS "is_active!"
             , m.joined_at
             , m.updated_at
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1 AND (m.user_id = $2 OR m.id = $3)
        "#,
        organisation as _,
        user as Option<UserId>,
        id as Option<MembershipId>,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(membership)
}

/// Whether anybody else than this person acts for the organisation now (MEM-2).
pub(super) async fn has_members(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    but: UserId,
) -> Result<bool> {
    Ok(!colleagues(work, organisation, but).await?.is_empty())
}

/// Who acts for the organisation besides this person (MEM-2).
pub(super) async fn colleagues(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    but: UserId,
) -> Result<Vec<UserId>> {
    let colleagues = sqlx::query_scalar!(
        r#"
        SELECT m.user_id AS "user: UserId"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1 AND m.user_id <> $2 AND m.is_active AND u.is_active
        ORDER BY m.joined_at, m.id
        LIMIT 5000
        "#,
        organisation as _,
        but as _,
    )
    .fetch_all(work.db())
    .await?;
    Ok(colleagues)
}

/// Whether somebody else than this person administers the organisation.
pub(super) async fn has_admins(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    but: Option<UserId>,
) -> Result<bool> {
    let has_admins = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT
            FROM memberships m
            JOIN users u ON u.id = m.user_id
            WHERE m.organisation_id = $1
              AND m.user_id IS DISTINCT FROM $2
              AND m.is_active
              AND m.is_admin
              AND u.is_active
        ) AS "has_admins!"
        "#,
        organisation as _,
        but as Option<UserId>,
    )
    .fetch_one(work.db())
    .await?;
    Ok(has_admins)
}

/// Writes a membership, with its audit row and its mail.
pub(super) async fn save(work: &mut Work<'_>, changed: Changed<Membership>) -> Result<Membership> {
    let membership = work.keep(changed);
    write(work, &membership).await?;
    Ok(membership)
}

/// Whoever left and comes back, or leaves, asks for nothing any more.
async fn write(work: &mut Work<'_>, membership: &Membership) -> Result<()> {
    let by = work.by.user;
    let result = sqlx::query!(
        r#"
        INSERT INTO memberships
            (id, user_id, organisation_id, is_admin, is_active, joined_at, updated_at, updated_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (user_id, organisation_id)
        DO UPDATE SET is_admin = excluded.is_admin
                    , is_active = excluded.is_active
                    , joined_at = excluded.joined_at
                    , updated_at = excluded.updated_at
                    , updated_by = excluded.updated_by
                    , departure_asked_at = CASE
                          WHEN excluded.is_active AND memberships.is_active THEN memberships.departure_asked_at
                      END
        "#,
        membership.id as _,
        membership.user as _,
        membership.organisation as _,
        membership.is_admin,
        membership.is_active,
        membership.joined_at,
        membership.updated_at,
        by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "memberships")
}
