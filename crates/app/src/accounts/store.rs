//! Accounts, identities, login attempts and sessions in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::{Claims, ExistingAccount, Login, NewStaff, Provider, UserKind};
use iae_domain::ids::{LoginAttemptId, OrganisationId, UserId};
use iae_domain::organisations::{
    AuthorisationStatus, CompanyKind, InstitutionKind, OrganisationFamily, PrescriberKind,
};
use iae_domain::text::{Email, full_name};
use sha2::{Digest as _, Sha256};

use super::sessions::StoredSession;
use super::{Membership, Role, SignedIn};
use crate::db::ensure_one_row;
use crate::error::{Error, Result};
use crate::{Db, Work};

/// Writes a new account of the team. Fails with the database's own error when the address is taken.
pub(super) async fn insert_staff(work: &mut Work<'_>, new: Changed<NewStaff>) -> sqlx::Result<()> {
    let staff = work.keep(new);
    sqlx::query!(
        r#"
        INSERT INTO users (id, kind, email, first_name, last_name, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        "#,
        staff.id as _,
        UserKind::Staff.code(),
        staff.email.as_str(),
        staff.first_name,
        staff.last_name,
        work.now(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// A login under way.
pub(super) struct LoginAttempt {
    pub id: LoginAttemptId,
    pub provider: Provider,
    pub nonce: String,
    pub pkce_verifier: String,
    pub return_to: String,
}

pub(super) async fn insert_attempt(
    db: &Db,
    attempt: &LoginAttempt,
    state: &str,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO login_attempts
            (id, provider, state_hash, nonce, pkce_verifier, return_to, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        "#,
        attempt.id as _,
        attempt.provider.code(),
        &Sha256::digest(state)[..],
        attempt.nonce,
        attempt.pkce_verifier,
        attempt.return_to,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Spends an attempt in one statement: a second use fails, even at the same instant (OID-2).
pub(super) async fn consume_attempt(
    db: &Db,
    id: LoginAttemptId,
    state: &str,
    now: DateTime<Utc>,
) -> Result<Option<LoginAttempt>> {
    let attempt = sqlx::query_as!(
        LoginAttempt,
        r#"
        UPDATE login_attempts
        SET used_at = $3
        WHERE id = $1 AND state_hash = $2 AND used_at IS NULL AND expires_at > $3
        RETURNING id AS "id: LoginAttemptId", provider AS "provider: Provider", nonce, pkce_verifier, return_to
        "#,
        id as _,
        &Sha256::digest(state)[..],
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(attempt)
}

pub(super) async fn account_by_subject(
    work: &mut Work<'_>,
    provider: Provider,
    subject: &str,
) -> Result<Option<ExistingAccount>> {
    let account = sqlx::query_as!(
        ExistingAccount,
        r#"
        SELECT u.id AS "user", u.kind, u.is_active, true AS "has_identity!", true AS "has_identity_at_provider!"
        FROM identities i
        JOIN users u ON u.id = i.user_id
        WHERE i.provider = $1 AND i.subject = $2
        FOR UPDATE OF u
        "#,
        provider.code(),
        subject,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(account)
}

pub(super) async fn account_by_email(
    work: &mut Work<'_>,
    provider: Provider,
    email: &Email,
) -> Result<Option<ExistingAccount>> {
    let account = sqlx::query_as!(
        ExistingAccount,
        r#"
        SELECT u.id AS "user"
             , u.kind
             , u.is_active
             , EXISTS (SELECT FROM identities i WHERE i.user_id = u.id) AS "has_identity!"
             , EXISTS (SELECT FROM identities i WHERE i.user_id = u.id AND i.provider = $2)
                   AS "has_identity_at_provider!"
        FROM users u
        WHERE u.email = $1
        FOR UPDATE
        "#,
        email.as_str(),
        provider.code(),
    )
    .fetch_optional(work.db())
    .await?;
    Ok(account)
}

/// Writes that someone signed in, and the identity that is now theirs when it is new.
pub(super) async fn save_login(work: &mut Work<'_>, login: Changed<Login>, claims: &Claims) -> Result<()> {
    let login = work.keep(login);
    match login {
        Login::Known(_) => {}
        Login::Link(user) => insert_identity(work, user, claims).await?,
        Login::Relink(user) => replace_identity(work, user, claims).await?,
    }
    let result = sqlx::query!(
        "UPDATE users SET last_login_at = $2, first_login_at = coalesce(first_login_at, $2) WHERE id = $1",
        login.user() as _,
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")
}

async fn insert_identity(work: &mut Work<'_>, user: UserId, claims: &Claims) -> Result<()> {
    sqlx::query!(
        "INSERT INTO identities (provider, subject, user_id, linked_at) VALUES ($1, $2, $3, $4)",
        claims.provider.code(),
        claims.subject,
        user as _,
        work.now(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}

async fn replace_identity(work: &mut Work<'_>, user: UserId, claims: &Claims) -> Result<()> {
    let result = sqlx::query!(
        "UPDATE identities SET subject = $3, linked_at = $4 WHERE user_id = $1 AND provider = $2",
        user as _,
        claims.provider.code(),
        claims.subject,
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "identities")
}

/// The account with its usable memberships: companies first, those in grace after the active ones, then prescriber
/// organisations, then institutions, the oldest first (SES-1, CMP-18).
pub(super) async fn signed_in(
    db: &mut sqlx::PgConnection,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Option<SignedIn>> {
    let rows = sqlx::query!(
        r#"
        SELECT u.kind
             , u.first_name
             , u.last_name
             , u.is_superuser
             , m.organisation_id AS "organisation?"
             , m.is_admin AS "is_admin?"
             , o.family AS "family?"
             , o.kind AS "organisation_kind?"
             , o.department_code
             , o.shown_name AS "name?"
             , p.authorisation_status AS "authorisation_status?"
             , nullif(a.active_until, 'infinity') AS grace_until
        FROM users u
        LEFT JOIN memberships m ON m.user_id = u.id AND m.is_active AND u.kind = 'professional'
        LEFT JOIN organisations o ON o.id = m.organisation_id
        LEFT JOIN company_activity a ON a.organisation_id = o.id
        LEFT JOIN prescriber_organisations p ON p.organisation_id = o.id
        WHERE u.id = $1
          AND u.is_active
          AND (o.family IS DISTINCT FROM 'company' OR a.active_until >= $2)
        ORDER BY array_position(ARRAY['company', 'prescriber', 'institution'], o.family)
               , (a.active_until = 'infinity') DESC
               , m.joined_at
               , m.id
        "#,
        user as _,
        now,
    )
    .fetch_all(&mut *db)
    .await?;
    if rows.is_empty() {
        // Either the account is closed, or every membership is in an expired company.
        return without_membership(db, user).await;
    }
    let mut person = None;
    let mut memberships = Vec::new();
    for row in rows {
        person.get_or_insert((row.kind, row.first_name, row.last_name, row.is_superuser));
        let (Some(organisation), Some(family), Some(kind)) =
            (row.organisation, row.family, row.organisation_kind)
        else {
            continue;
        };
        let role = role(family, &kind, row.authorisation_status, row.department_code)
            .ok_or_else(|| Error::inconsistent("organisations", "kind", organisation))?;
        memberships.push(Membership {
            organisation,
            name: row.name.unwrap_or_default(),
            role,
            is_admin: row.is_admin.unwrap_or(false),
            grace_until: row.grace_until,
        });
    }
    Ok(person.map(|(kind, first_name, last_name, is_superuser)| SignedIn {
        user,
        kind,
        name: full_name(&first_name, &last_name),
        is_superuser,
        memberships,
        current: None,
    }))
}

async fn without_membership(db: &mut sqlx::PgConnection, user: UserId) -> Result<Option<SignedIn>> {
    let account = sqlx::query!(
        "SELECT kind, first_name, last_name, is_superuser FROM users WHERE id = $1 AND is_active",
        user as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(account.map(|account| SignedIn {
        user,
        kind: account.kind,
        name: full_name(&account.first_name, &account.last_name),
        is_superuser: account.is_superuser,
        memberships: vec![],
        current: None,
    }))
}

fn role(
    family: OrganisationFamily,
    kind: &str,
    authorisation: Option<AuthorisationStatus>,
    department: Option<String>,
) -> Option<Role> {
    Some(match family {
        OrganisationFamily::Company => Role::Employer(CompanyKind::parse(kind)?),
        OrganisationFamily::Prescriber => Role::Prescriber {
            kind: PrescriberKind::parse(kind)?,
            authorised: authorisation.is_some_and(AuthorisationStatus::is_authorised),
        },
        OrganisationFamily::Institution => {
            Role::Inspector { kind: InstitutionKind::parse(kind)?, department }
        }
    })
}

pub(super) async fn find_session(db: &Db, key: &[u8], now: DateTime<Utc>) -> Result<Option<StoredSession>> {
    let session = sqlx::query_as!(
        StoredSession,
        r#"
        SELECT data, user_id AS "user: UserId", organisation_id AS "organisation: OrganisationId", expires_at
        FROM sessions
        WHERE id_hash = $1 AND expires_at > $2
        "#,
        key,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(session)
}

pub(super) async fn insert_session(
    db: &Db,
    key: &[u8],
    session: &StoredSession,
    now: DateTime<Utc>,
) -> Result<bool> {
    let result = sqlx::query!(
        r#"
        INSERT INTO sessions (id_hash, data, user_id, organisation_id, created_at, last_seen_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $5, $6)
        ON CONFLICT (id_hash) DO NOTHING
        "#,
        key,
        session.data,
        session.user as Option<UserId>,
        session.organisation as Option<OrganisationId>,
        now,
        session.expires_at,
    )
    .execute(db)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// A session ended meanwhile stays ended: what a request in flight then saves is lost.
pub(super) async fn update_session(
    db: &Db,
    key: &[u8],
    session: &StoredSession,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        r#"
        UPDATE sessions
        SET data = $2, user_id = $3, organisation_id = $4, last_seen_at = $5, expires_at = $6
        WHERE id_hash = $1
        "#,
        key,
        session.data,
        session.user as Option<UserId>,
        session.organisation as Option<OrganisationId>,
        now,
        session.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete_session(db: &Db, key: &[u8]) -> Result<()> {
    sqlx::query!("DELETE FROM sessions WHERE id_hash = $1", key).execute(db).await?;
    Ok(())
}
