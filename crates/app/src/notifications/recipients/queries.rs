//! Addresses.

use iae_domain::ids::{CandidateId, OrganisationId, UserId};
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
            SELECT m.organisation_id
                 , m.user_id
                 , full_name(u.first_name, u.last_name)
                 , u.email
                 , m.is_admin
                 , m.joined_at
            FROM memberships m
            JOIN users u ON u.id = m.user_id
            WHERE m.is_active
              AND u.is_active
              AND m.organisation_id = ANY ($2::uuid[] || $3::uuid[])
              AND (m.organisation_id = ANY ($2) OR m.is_admin OR m.user_id = ANY ($1))
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
