//! A provider says that somebody is logged out there: so they are here (OpenID Connect Back-Channel Logout 1.0).

use iae_domain::Actor;
use iae_domain::accounts::{Provider, SessionsEnd, sessions_ended};

use super::{sessions, store};
use crate::error::Error;
use crate::gateways::oidc::{LoggedOut, OidcError, Whose};
use crate::{App, Ctx};

/// What was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// So many sessions ended: none when the person was not here any more.
    Ended(u64),
    /// The instance is not configured with this provider.
    NotConfigured,
}

/// Why a logout is not heard.
#[derive(Debug, thiserror::Error)]
pub enum NotHeard {
    /// What is said is not acceptable, or the provider cannot be asked for its keys.
    #[error(transparent)]
    Provider(#[from] OidcError),
    /// It was said already: a token serves once.
    #[error("the logout token served already")]
    Again,
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

/// Ends the sessions that a logout token speaks of: those that this person opened by the provider, or the one it names. Those
/// that they opened otherwise, by a password or another provider, are not its to end.
pub async fn hear_logout(
    app: &App,
    ctx: &Ctx<()>,
    provider: Provider,
    token: &str,
) -> Result<Heard, NotHeard> {
    let Some(gateway) = app.oidc.get(provider) else { return Ok(Heard::NotConfigured) };
    let LoggedOut { who, token_digest, expires_at } = gateway.logged_out(token, ctx.now).await?;
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    if !store::spend_logout_token(&mut work, provider, &token_digest, expires_at).await? {
        return Err(NotHeard::Again);
    }
    let (subject, session) = match &who {
        Whose::Person(subject) => (Some(subject), None),
        Whose::SessionOf(subject, session) => (Some(subject), Some(session.as_str())),
        Whose::Session(session) => (None, Some(session.as_str())),
    };
    let user = match (subject, session) {
        (Some(subject), _) => {
            let account = store::account_by_subject(&mut work, provider, subject).await?;
            account.map(|account| account.user)
        }
        (None, Some(session)) => sessions::holder(&mut work, provider, session).await?,
        (None, None) => None,
    };
    let mut ended = 0;
    if let Some(user) = user
        && sessions::has_any(&mut work, user, provider, session).await?
    {
        let over = sessions_ended(user, SessionsEnd::Provider);
        ended = sessions::delete_opened_by(&mut work, over, provider, session).await?;
    }
    work.commit().await?;
    Ok(Heard::Ended(ended))
}
