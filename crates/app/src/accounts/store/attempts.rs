//! Logins under way at a provider, and the logouts it tells of.

use chrono::{DateTime, Utc};
use iae_domain::accounts::Provider;
use iae_domain::ids::LoginAttemptId;
use iae_domain::text::Email;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::error::Result;
use crate::{Db, Work};

/// A login under way.
pub(in crate::accounts) struct LoginAttempt {
    pub id: LoginAttemptId,
    pub provider: Provider,
    pub nonce: String,
    pub pkce_verifier: String,
    pub return_to: String,
    pub expected_email: Option<Email>,
    pub began_at: DateTime<Utc>,
}

pub(in crate::accounts) async fn insert_attempt(
    db: &Db,
    attempt: &LoginAttempt,
    state: &str,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO login_attempts
            (id, provider, state_hash, nonce, pkce_verifier, return_to, expected_email, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        attempt.id as _,
        attempt.provider.code(),
        &Sha256::digest(state)[..],
        attempt.nonce,
        attempt.pkce_verifier,
        attempt.return_to,
        attempt.expected_email.as_ref().map(Email::as_str),
        attempt.began_at,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Spends an attempt in one statement: a second use fails, even at the same instant (OID-2).
pub(in crate::accounts) async fn consume_attempt(
    db: &Db,
    ids: &[LoginAttemptId],
    state: &str,
    now: DateTime<Utc>,
) -> Result<Option<LoginAttempt>> {
    let attempt = sqlx::query_as!(
        LoginAttempt,
        r#"
        UPDATE login_attempts
        SET used_at = $3
        WHERE id = ANY ($1::uuid[]) AND state_hash = $2 AND used_at IS NULL AND expires_at > $3
        RETURNING id AS "id: LoginAttemptId", provider AS "provider: Provider", nonce, pkce_verifier, return_to
                , expected_email AS "expected_email: Email", created_at AS began_at
        "#,
        &uuids(ids),
        &Sha256::digest(state)[..],
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(attempt)
}

/// Where an attempt was to lead, spent or not.
pub(in crate::accounts) async fn asked_page(
    db: &Db,
    ids: &[LoginAttemptId],
    state: &str,
) -> Result<Option<String>> {
    let page = sqlx::query_scalar!(
        r#"
        SELECT return_to
        FROM login_attempts
        WHERE id = ANY ($1::uuid[]) AND state_hash = $2
        ORDER BY id
        LIMIT 1
        "#,
        &uuids(ids),
        &Sha256::digest(state)[..],
    )
    .fetch_optional(db)
    .await?;
    Ok(page)
}

/// Spends a logout token of a provider; `false` when it served already.
pub(in crate::accounts) async fn spend_logout_token(
    work: &mut Work<'_>,
    provider: Provider,
    digest: &[u8],
    expires_at: DateTime<Utc>,
) -> Result<bool> {
    let result = sqlx::query!(
        r#"
        INSERT INTO logout_tokens (provider, digest, expires_at)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING
        "#,
        provider.code(),
        digest,
        expires_at,
    )
    .execute(work.db())
    .await?;
    Ok(result.rows_affected() == 1)
}

fn uuids(ids: &[LoginAttemptId]) -> Vec<Uuid> {
    ids.iter().map(|id| id.0).collect()
}
