//! What is known of whoever looks at their account.

use iae_app::Ctx;
use iae_app::accounts::SignedIn;
use iae_app::accounts::impersonation::{self, Look};
use iae_app::accounts::profile::{Profile, find};
use iae_domain::accounts::Provider;
use tower_sessions::Session;
use url::Url;

use crate::error::{PageError, PageResult};
use crate::session;
use crate::state::WebState;

/// Whether a second factor is asked of a person, or was given by them: they see its applications.
pub(super) fn has_devices(state: &WebState, person: &SignedIn, ctx: &Ctx<()>) -> bool {
    let standing = person.standing(&state.config, false, ctx.now);
    standing.needs_second_factor || standing.has_second_factor
}

/// The account of whoever asks.
pub(super) async fn known(state: &WebState, person: &SignedIn) -> PageResult<Profile> {
    find(&state.db, person.user).await?.ok_or(PageError::NotFound)
}

/// The same, for who signs in by a password here; their provider says the address of the others (AUT-9, P5).
pub(super) async fn with_password(state: &WebState, person: &SignedIn) -> PageResult<Profile> {
    let known = known(state, person).await?;
    if known.has_password {
        return Ok(known);
    }
    Err(PageError::Forbidden { reserved_for: "à qui se connecte ici avec un mot de passe" })
}

/// When the team last saw the platform in their place (AUT-31).
pub(super) async fn last_look(
    state: &WebState,
    person: &SignedIn,
    ctx: &Ctx<()>,
) -> PageResult<Option<Look>> {
    let looks = impersonation::of_person(&state.db, person.user, ctx.now).await?;
    Ok(looks.first().copied())
}

/// The page where they look after their account at the provider that this session came by.
pub(super) async fn provider(state: &WebState, session: &Session) -> PageResult<Option<(Provider, Url)>> {
    let provider = session::provider(session).await?;
    Ok(provider.and_then(|provider| Some((provider, state.oidc.get(provider)?.account_url()?))))
}
