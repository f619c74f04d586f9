//! Signing out here, then at the provider (AUT-11).

use iae_domain::accounts::{Provider, logged_out};
use openidconnect::CsrfToken;

use super::{SignedIn, sessions};
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
    let mut work = app.begin(&ctx.with(person.record())).await?;
    // Of two clicks at once, one ends it.
    if sessions::leave(&mut work, logged_out(person.user), key).await? {
        work.commit().await?;
    }
    let Some((provider, id_token)) = token.filter(|(_, id_token)| !id_token.is_empty()) else {
        return Ok(None);
    };
    let Some(gateway) = app.oidc.get(provider) else { return Ok(None) };
    let state = CsrfToken::new_random().secret().clone();
    match gateway.end_session(id_token, &state, ctx.now).await {
        Ok(end) => Ok(end.map(|end| LeftOpen { end, state })),
        Err(error) => {
            tracing::warn!(%error, "no logout at the provider");
            Ok(None)
        }
    }
}
