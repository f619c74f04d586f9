//! Signing out here, then at the provider (AUT-11).

use iae_domain::Actor;
use iae_domain::accounts::{AccountChange, AccountEvent, Provider};
use iae_domain::ids::UserId;
use url::Url;

use crate::error::Result;
use crate::{App, Ctx, audit};

/// Records the logout, and says where the browser goes to close the provider's session too; none when nothing is
/// known of it or when the provider does not answer: the session here ends whatever happens there.
pub async fn log_out(
    app: &App,
    ctx: &Ctx<Actor>,
    user: UserId,
    token: Option<(Provider, String)>,
) -> Result<Option<Url>> {
    let mut tx = app.db.begin().await?;
    let event = AccountEvent { user, change: AccountChange::LoggedOut }.into();
    audit::record(app, &mut tx, ctx, &[event]).await?;
    tx.commit().await?;
    let Some((provider, id_token)) = token else { return Ok(None) };
    let Some(gateway) = app.oidc.get(provider) else { return Ok(None) };
    match gateway.end_session_url(&id_token).await {
        Ok(url) => Ok(url),
        Err(error) => {
            tracing::warn!(%error, "no logout at the provider");
            Ok(None)
        }
    }
}
