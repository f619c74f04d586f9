//! Ending sessions: of a person, when a new password at the provider calls for it or an operator does, or of everyone.

use iae_domain::Actor;
use iae_domain::accounts::{Provider, SessionsEnd, Subject, sessions_ended, sessions_of_all_ended};
use iae_domain::text::Email;

use super::store;
use crate::error::Result;
use crate::{App, Ctx, Work};

/// Ends every session of the person whom a provider knows under `subject`. Gives how many there were, none when
/// nobody signs in here as them.
pub async fn end_sessions(
    app: &App,
    ctx: &Ctx<Actor>,
    provider: Provider,
    subject: &Subject,
    because: SessionsEnd,
) -> Result<Option<u64>> {
    let mut work = app.begin(ctx).await?;
    let ended = end_sessions_within(&mut work, provider, subject, because).await?;
    work.commit().await?;
    Ok(ended)
}

/// The same, within what calls for it.
pub async fn end_sessions_within(
    work: &mut Work<'_>,
    provider: Provider,
    subject: &Subject,
    because: SessionsEnd,
) -> Result<Option<u64>> {
    let Some(account) = store::account_by_subject(work, provider, subject).await? else { return Ok(None) };
    Ok(Some(store::delete_sessions(work, sessions_ended(account.user, because)).await?))
}

/// Ends every session of whoever has this address, because an operator says so. Gives how many there were, none when
/// nobody has it.
pub async fn end_sessions_of(app: &App, ctx: &Ctx<Actor>, email: &Email) -> Result<Option<u64>> {
    let mut work = app.begin(ctx).await?;
    let Some(user) = store::account_with(&mut work, email).await? else { return Ok(None) };
    let ended = store::delete_sessions(&mut work, sessions_ended(user, SessionsEnd::Operator)).await?;
    work.commit().await?;
    Ok(Some(ended))
}

/// Ends every session of everyone, because an operator says so: the trail says whose. Gives how many there were.
pub async fn end_every_session(app: &App, ctx: &Ctx<Actor>) -> Result<u64> {
    let mut work = app.begin(ctx).await?;
    let people = store::people_with_sessions(&mut work).await?;
    let everyone = sessions_of_all_ended(people, SessionsEnd::Operator);
    let ended = store::delete_sessions_of_all(&mut work, everyone).await?;
    work.commit().await?;
    Ok(ended)
}
