//! Passwords that were wrong, or are being looked at: what locks an account, or an address of the network (AUT-6, D25).

use iae_domain::Changed;
use iae_domain::accounts::{ACCOUNT_WINDOW, Failures, PasswordTry, VISITOR_WINDOW};
use iae_domain::ids::uuid_at;
use uuid::Uuid;

use crate::Work;
use crate::error::Result;

/// What failed lately for an account and from an address of the network: whoever tries for the same account waits.
pub(in crate::accounts::local) async fn failures(
    work: &mut Work<'_>,
    account: &[u8],
    visitor: &[u8],
) -> Result<Failures> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 5))", account)
        .execute(work.db())
        .await?;
    work.locked();
    let now = work.now();
    let failures = sqlx::query_as!(
        Failures,
        r#"
        SELECT (SELECT count(*) FROM login_failures WHERE account = $1 AND at > $3) AS "of_account!"
             , (SELECT count(*) FROM login_failures WHERE visitor = $2 AND at > $4) AS "of_visitor!"
        "#,
        account,
        visitor,
        now - ACCOUNT_WINDOW,
        now - VISITOR_WINDOW,
    )
    .fetch_one(work.db())
    .await?;
    Ok(failures)
}

/// Keeps a password that is about to be looked at; gives what forgets it.
pub(in crate::accounts::local) async fn insert_try(
    work: &mut Work<'_>,
    tried: Changed<PasswordTry>,
) -> Result<(Uuid, bool)> {
    let PasswordTry { account, visitor, is_last } = work.keep(tried);
    let (id, now) = (uuid_at(work.now()), work.now());
    sqlx::query!(
        "INSERT INTO login_failures (id, account, visitor, at) VALUES ($1, $2, $3, $4)",
        id,
        account,
        visitor,
        now,
    )
    .execute(work.db())
    .await?;
    Ok((id, is_last))
}

/// The password was right: its try is no failure.
pub(in crate::accounts::local) async fn forget_try(work: &mut Work<'_>, attempt: Uuid) -> Result<()> {
    sqlx::query!("DELETE FROM login_failures WHERE id = $1", attempt).execute(work.db()).await?;
    Ok(())
}
