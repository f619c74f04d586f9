//! Signing out here, then at the provider (AUT-11).

use iae_domain::accounts::{Provider, logged_out};
use url::Url;

use super::SignedIn;
use crate::error::Result;
use crate::{App, Ctx};

/// Records the logout, and says where the browser goes to close the provider's session too; none when nothing is
/// known of it or when the provider does not answer: the session here ends whatever happens there.
pub async fn log_out(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    token: Option<(Provider, String)>,
) -> Result<Option<Url>> {
    let mut work = app.begin(&ctx.with(person.record())).await?;
    work.keep(logged_out(person.user));
    work.commit().await?;
    let Some((provider, id_token)) = token else { return Ok(None) };
    let Some(gateway) = app.oidc.get(provider) else { return Ok(None) };
    match gateway.end_session_url(&id_token, ctx.now).await {
        Ok(url) => Ok(url),
        Err(error) => {
            tracing::warn!(%error, "no logout at the provider");
            Ok(None)
        }
    }
}
