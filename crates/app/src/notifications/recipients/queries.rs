//! Addresses.

use std::collections::HashMap;

use iae_domain::event::Subject;
use iae_domain::ids::{AccountLetterId, CandidateId, InvitationId, OrganisationId, UserId};
use iae_domain::organisations::members::Followed;
use iae_domain::text::Email;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;

/// Whose addresses are needed.
#[derive(Default)]
pub(super) struct Needed {
    pub people: Vec<Uuid>,
    /// Organisations all of whose members are told.
    pub members: Vec<Uuid>,
    /// Organisations whose administrators are told; or that one of those people acted for, and may have left since
    /// (NOT-3).
    pub left: Vec<Uuid>,
    /// Organisations that read answers.
    pub answering: Vec<Uuid>,
    /// Companies told at the address of the official data.
    pub official: Vec<Uuid>,
    /// Invitations whose addressees are told.
    pub invited: Vec<Uuid>,
    /// Letters about accounts.
    pub letters: Vec<Uuid>,
}

/// The address of a person, of a member of an organisation, or of an organisation itself.
pub(super) struct Address {
    pub organisation: Option<OrganisationId>,
    pub user: Option<UserId>,
    pub name: String,
    /// None when the account is closed.
    pub email: Option<Email>,
    pub is_admin: bool,
}

/// People by their ids, active members (MEM-2), and organisations, members in the order they joined. Of an organisation
/// that somebody may have left, only that person and the administrators.
pub(super) async fn addresses(db: &mut PgConnection, needed: &Needed) -> Result<Vec<Address>> {
    let addresses = sqlx::query_as!(
        Address,
        r#"
        SELECT organisation AS "organisation: OrganisationId"
             , person AS "user: UserId"
             , name AS "name!"
             , email AS "email: Email"
             , is_admin AS "is_admin!"
        FROM (
            SELECT NULL::uuid AS organisation
                 , u.id AS person
                 , full_name(u.first_name, u.last_name) AS name
                 , CASE WHEN u.is_active THEN u.email END AS email
                 , false AS is_admin
                 , NULL::timestamptz AS joined_at
            FROM users u
            WHERE u.id = ANY ($1::uuid[])
            UNION ALL
            SELECT asked.id
                 , m.user_id
                 , full_name(u.first_name, u.last_name)
                 , u.email
                 , m.is_admin
                 , m.joined_at
            FROM organisations asked
            -- What is told to an organisation that was replaced reaches the one that replaced it.
            JOIN memberships m ON m.organisation_id = coalesce(asked.replaced_by, asked.id) AND m.is_active
            JOIN users u ON u.id = m.user_id AND u.is_active
            WHERE asked.id = ANY ($2::uuid[] || $3::uuid[])
              AND (asked.id = ANY ($2) OR m.is_admin OR m.user_id = ANY ($1))
            UNION ALL
            SELECT o.id
                 , NULL
                 , o.shown_name
                 , nullif(o.email, '')
                 , false
                 , NULL
            FROM organisations o
            WHERE o.id = ANY ($3 || $4::uuid[])
        ) address
        ORDER BY joined_at, person
        "#,
        &needed.people,
        &needed.members,
        &needed.left,
        &needed.answering,
    )
    .fetch_all(db)
    .await?;
    Ok(addresses)
}

/// The addresses of these companies in the official data; what is no address is left out.
pub(super) async fn official_addresses(
    db: &mut PgConnection,
    companies: &[Uuid],
) -> Result<HashMap<OrganisationId, Email>> {
    if companies.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        r#"
        SELECT organisation_id AS "id!: OrganisationId"
             , auth_email AS "email!"
        FROM companies
        WHERE organisation_id = ANY ($1) AND auth_email IS NOT NULL
        "#,
        companies,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, Email::parse(&row.email).ok()?))).collect())
}

/// The addresses these invitations were sent to.
pub(super) async fn invited_addresses(
    db: &mut PgConnection,
    invitations: &[Uuid],
) -> Result<HashMap<InvitationId, Email>> {
    if invitations.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        r#"
        SELECT id AS "id: InvitationId"
             , email AS "email: Email"
        FROM invitations
        WHERE id = ANY ($1)
        ORDER BY id
        "#,
        invitations,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.email)).collect())
}

/// The addresses these letters were written to.
pub(super) async fn letter_addresses(
    db: &mut PgConnection,
    letters: &[Uuid],
) -> Result<HashMap<AccountLetterId, Email>> {
    if letters.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        r#"
        SELECT id AS "id: AccountLetterId"
             , email AS "email: Email"
        FROM account_letters
        WHERE id = ANY ($1)
        ORDER BY id
        "#,
        letters,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.email)).collect())
}

/// A colleague who follows a thing in place of somebody who left.
pub(super) struct Follower {
    pub about: Subject,
    pub organisation: OrganisationId,
    pub email: Email,
}

/// Who follows these things, when they are still there themselves.
pub(super) async fn followers(db: &mut PgConnection, things: &[Subject]) -> Result<Vec<Follower>> {
    if things.is_empty() {
        return Ok(vec![]);
    }
    let kinds: Vec<String> = things.iter().map(|thing| thing.kind.to_owned()).collect();
    let ids: Vec<Uuid> = things.iter().map(|thing| thing.id).collect();
    let rows = sqlx::query!(
        r#"
        SELECT f.subject_kind AS "kind: Followed"
             , f.subject_id
             , f.organisation_id AS "organisation: OrganisationId"
             , u.email AS "email!: Email"
        FROM followers f
        JOIN users u ON u.id = f.user_id AND u.is_active AND u.email IS NOT NULL
        JOIN memberships m ON m.user_id = f.user_id AND m.organisation_id = f.organisation_id AND m.is_active
        WHERE (f.subject_kind, f.subject_id) IN (
            SELECT asked.kind, asked.id FROM unnest($1::text[], $2::uuid[]) AS asked (kind, id)
        )
        ORDER BY f.subject_kind, f.subject_id
        LIMIT 10000
        "#,
        &kinds,
        &ids,
    )
    .fetch_all(db)
    .await?;
    let followers = rows.into_iter().map(|row| Follower {
        about: Subject { kind: row.kind.code(), id: row.subject_id },
        organisation: row.organisation,
        email: row.email,
    });
    Ok(followers.collect())
}

/// The address a file had before the one it has, which its history says.
pub(super) async fn former_address(db: &mut PgConnection, id: CandidateId) -> Result<Option<Email>> {
    let address = sqlx::query_scalar!(
        r#"
        SELECT before AS "before: Email"
        FROM candidate_field_changes
        WHERE candidate_id = $1 AND field = 'email'
        ORDER BY id DESC
        LIMIT 1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(address.flatten())
}
