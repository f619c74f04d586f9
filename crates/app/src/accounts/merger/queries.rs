//! Accounts that may be one, as the team compares them.

use chrono::{DateTime, Utc};
use iae_domain::accounts::UserKind;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::text::Email;
use sqlx::PgConnection;

use crate::Db;
use crate::error::Result;

/// An account, as it is compared with another.
#[derive(Debug, Clone)]
pub struct ComparedAccount {
    /// Its id.
    pub id: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// « Prénom NOM ».
    pub name: String,
    /// Its address; none of an account that was merged.
    pub email: Option<Email>,
    /// Whether it is open.
    pub is_active: bool,
    /// Whether it is for superusers only (STF-1).
    pub is_superuser: bool,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When its holder last signed in.
    pub last_login_at: Option<DateTime<Utc>>,
    /// The account it was merged into.
    pub merged_into: Option<UserId>,
    /// Whether its identity is the one that survived, when it was merged.
    pub gave_identity: Option<bool>,
    /// The codes of its providers.
    pub providers: Vec<String>,
    /// Who its holder is for each of them.
    pub subjects: Vec<String>,
    /// Its applications that give codes.
    pub second_factors: i64,
    /// Applications sent.
    pub applications: i64,
    /// Diagnoses made.
    pub diagnoses: i64,
    /// People accompanied.
    pub people: i64,
    /// Where its holder is or was a member.
    pub memberships: Vec<ComparedMembership>,
}

impl ComparedAccount {
    /// What tells who signs in with it.
    pub(super) fn identity(&self) -> String {
        let email = self.email.as_ref().map(Email::as_str).unwrap_or_default();
        let subjects = self.providers.iter().zip(&self.subjects);
        let subjects = subjects.map(|(provider, subject)| format!("{provider} {subject}"));
        let said = [self.id.to_string(), self.name.clone(), email.to_owned(), self.is_active.to_string()];
        said.into_iter().chain(subjects).collect::<Vec<_>>().join("\n")
    }
}

/// Where somebody is or was a member.
#[derive(Debug, Clone)]
pub struct ComparedMembership {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Whether they administer it.
    pub is_admin: bool,
    /// Whether they still act for it.
    pub is_active: bool,
    /// Since when.
    pub joined_at: DateTime<Utc>,
}

/// These accounts with their memberships, in two statements.
pub(super) async fn accounts(db: &mut PgConnection, ids: [UserId; 2]) -> Result<Vec<ComparedAccount>> {
    let ids = ids.map(|id| id.0);
    let rows = sqlx::query!(
        r#"
        SELECT u.id AS "id: UserId"
             , u.kind AS "kind: UserKind"
             , full_name(u.first_name, u.last_name) AS "name!"
             , u.email AS "email: Email"
             , u.is_active
             , u.is_superuser
             , u.created_at
             , u.last_login_at
             , (SELECT m.kept_id FROM account_mergers m WHERE m.former_id = u.id) AS "merged_into: UserId"
             , (SELECT m.is_former_identity FROM account_mergers m WHERE m.former_id = u.id) AS gave_identity
             , ARRAY(
                   SELECT i.provider FROM identities i WHERE i.user_id = u.id ORDER BY i.provider LIMIT 10
               ) AS "providers!"
             , ARRAY(
                   SELECT i.subject FROM identities i WHERE i.user_id = u.id ORDER BY i.provider LIMIT 10
               ) AS "subjects!"
             , (
                   SELECT count(*) FROM second_factors f WHERE f.user_id = u.id AND f.removed_at IS NULL
               ) AS "second_factors!"
             , (
                   SELECT count(*)
                   FROM memberships m
                   JOIN applications a ON a.sender_organisation_id = m.organisation_id AND a.sender_id = m.user_id
                   WHERE m.user_id = u.id
               ) AS "applications!"
             , (
                   SELECT count(*)
                   FROM memberships m
                   JOIN eligibility_diagnoses d ON d.organisation_id = m.organisation_id AND d.author_id = m.user_id
                   WHERE m.user_id = u.id
               ) AS "diagnoses!"
             , (
                   SELECT count(*)
                   FROM memberships m
                   JOIN candidate_relations r ON r.organisation_id = m.organisation_id AND r.user_id = m.user_id
                   WHERE m.user_id = u.id
               ) AS "people!"
        FROM users u
        WHERE u.id = ANY ($1)
        ORDER BY u.id
        LIMIT 2
        "#,
        ids.as_slice(),
    )
    .fetch_all(&mut *db)
    .await?;
    let mut memberships = memberships(db, ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| ComparedAccount {
            id: row.id,
            kind: row.kind,
            name: row.name,
            email: row.email,
            is_active: row.is_active,
            is_superuser: row.is_superuser,
            created_at: row.created_at,
            last_login_at: row.last_login_at,
            merged_into: row.merged_into,
            gave_identity: row.gave_identity,
            providers: row.providers,
            subjects: row.subjects,
            second_factors: row.second_factors,
            applications: row.applications,
            diagnoses: row.diagnoses,
            people: row.people,
            memberships: memberships.extract_if(.., |(user, _)| *user == row.id).map(|(_, of)| of).collect(),
        })
        .collect())
}

async fn memberships(
    db: &mut PgConnection,
    ids: [uuid::Uuid; 2],
) -> Result<Vec<(UserId, ComparedMembership)>> {
    let rows = sqlx::query!(
        r#"
        SELECT m.user_id AS "user: UserId"
             , m.organisation_id AS "organisation: OrganisationId"
             , o.shown_name AS "name!"
             , m.is_admin
             , m.is_active
             , m.joined_at
        FROM memberships m
        JOIN organisations o ON o.id = m.organisation_id
        WHERE m.user_id = ANY ($1)
        ORDER BY m.joined_at, m.id
        LIMIT 1000
        "#,
        ids.as_slice(),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let of = ComparedMembership {
                organisation: row.organisation,
                name: row.name,
                is_admin: row.is_admin,
                is_active: row.is_active,
                joined_at: row.joined_at,
            };
            (row.user, of)
        })
        .collect())
}

/// Whoever has this address; superusers are nobody to those who do not see them (STF-1).
pub(super) async fn account_with(db: &Db, email: &Email, sees_superusers: bool) -> Result<Option<UserId>> {
    let user = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: UserId"
        FROM users
        WHERE email = $1 AND ($2 OR NOT is_superuser)
        "#,
        email.as_str(),
        sees_superusers,
    )
    .fetch_optional(db)
    .await?;
    Ok(user)
}

/// The account that an account was merged into.
#[derive(Debug, Clone)]
pub struct Former {
    /// The account that stays.
    pub kept: UserId,
    /// « Prénom NOM » of its holder.
    pub name: String,
    /// When.
    pub merged_at: DateTime<Utc>,
}

/// What became of an account that was merged into another; none when it was not.
pub async fn former(db: &Db, id: UserId) -> Result<Option<Former>> {
    let former = sqlx::query_as!(
        Former,
        r#"
        SELECT m.kept_id AS "kept: UserId"
             , full_name(u.first_name, u.last_name) AS "name!"
             , m.merged_at
        FROM account_mergers m
        JOIN users u ON u.id = m.kept_id
        WHERE m.former_id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(former)
}
