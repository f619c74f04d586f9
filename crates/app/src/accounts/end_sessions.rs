//! Ending every session of a person: what a new password at the provider calls for.

use iae_domain::Actor;
use iae_domain::accounts::{Provider, SessionsEnd, Subject, sessions_ended};

use super::store;
use crate::error::Result;
use crate::{App, Ctx};

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
    let Some(account) = store::account_by_subject(&mut work, provider, subject).await? else {
        return Ok(None);
    };
    let ended = store::delete_sessions(&mut work, sessions_ended(account.user, because)).await?;
    work.commit().await?;
    Ok(Some(ended))
}
