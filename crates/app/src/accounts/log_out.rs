//! Signing out here, then at the provider (AUT-11).

use chrono::{DateTime, Utc};
use iae_domain::accounts::{Provider, logged_out};
use iae_domain::staff::ImpersonationEnd;
use openidconnect::CsrfToken;
use secrecy::ExposeSecret as _;

use super::{Impersonator, OpenThere, SignedIn, impersonation, sessions};
use crate::error::Result;
use crate::gateways::oidc::EndSession;
use crate::{App, Ctx};

/// The session of the provider that is still to be closed.
#[derive(Debug)]
pub struct LeftOpen {
    /// What closes it.
    pub end: EndSession,
    /// To be found again when the browser comes back.
    pub state: String,
}

/// Ends the session under `key` and records the logout, then says what the browser posts to close the provider's session
/// too; none when nothing is known of it or when the provider does not answer: the session here ends whatever happens
/// there.
pub async fn log_out(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    key: &[u8],
    token: Option<(Provider, String)>,
) -> Result<Option<LeftOpen>> {
    let record = person.impersonator.as_ref().map_or_else(|| person.record(), Impersonator::record);
    let mut work = app.begin(&ctx.in_own_name(record)).await?;
    // Whoever sees the platform as somebody signs out themselves, and no longer does.
    if let Some(by) = &person.impersonator {
        impersonation::end_within(&mut work, by.impersonation, ImpersonationEnd::SessionOver).await?;
    }
    // Of two clicks at once, one ends it.
    if sessions::leave(&mut work, logged_out(person.behind()), key).await? {
        work.commit().await?;
    }
    let Some((provider, id_token)) = token.filter(|(_, id_token)| !id_token.is_empty()) else {
        return Ok(None);
    };
    Ok(close_there(app, ctx.now, &OpenThere { provider, id_token: id_token.into() }).await)
}

/// What closes a session that a provider opened; none when it announces no such page, or does not answer.
pub async fn close_there(app: &App, now: DateTime<Utc>, there: &OpenThere) -> Option<LeftOpen> {
    let gateway = app.oidc.get(there.provider)?;
    let state = CsrfToken::new_random().secret().clone();
    match gateway.end_session(there.id_token.expose_secret().to_owned(), &state, now).await {
        Ok(end) => end.map(|end| LeftOpen { end, state }),
        Err(error) => {
            tracing::warn!(%error, "no logout at the provider");
            None
        }
    }
}
