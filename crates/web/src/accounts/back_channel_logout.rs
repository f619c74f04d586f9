//! `/logout/back-channel/{provider}`: a provider says, server to server, that somebody is logged out there (OpenID Connect
//! Back-Channel Logout 1.0 §2.5, §2.8). No cookie, no page: what it says is signed.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use iae_app::Ctx;
use iae_app::accounts::{Heard, NotHeard, hear_logout};
use iae_app::gateways::oidc::OidcError;
use serde::{Deserialize, Serialize};

use super::oidc::provider;
use crate::error::{PageError, PageResult};
use crate::forms;
use crate::paths::BackChannelLogoutPath;
use crate::state::WebState;

/// What is told.
#[derive(Deserialize)]
struct Told {
    logout_token: String,
}

/// Why nothing was done, in the words of OAuth.
#[derive(Serialize)]
struct Refused {
    error: &'static str,
}

/// Ends the sessions it speaks of. What has to be asked of the provider, and cannot be, may be told again later.
pub async fn post(
    path: BackChannelLogoutPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    request: Request,
) -> PageResult {
    let provider = provider(&path.provider)?;
    if state.oidc.get(provider).is_none() {
        return Err(PageError::NotFound);
    }
    let told = forms::read(request, &state).await.and_then(|body| forms::parse::<Told>(&body));
    let Ok(Told { logout_token }) = told else {
        return Ok(refused());
    };
    match hear_logout(&state, &ctx, provider, &logout_token).await {
        Ok(Heard::Ended(sessions)) => {
            tracing::info!(sessions, provider = provider.code(), "a provider tells of a logout");
            Ok(unkept(StatusCode::OK.into_response()))
        }
        Ok(Heard::NotConfigured) => Err(PageError::NotFound),
        Err(NotHeard::App(error)) => Err(error.into()),
        Err(NotHeard::Provider(error @ OidcError::Unreachable(_))) => {
            tracing::warn!(%error, provider = provider.code(), "a logout cannot be verified");
            Err(PageError::Unavailable)
        }
        Err(error @ (NotHeard::Provider(OidcError::Refused(_) | OidcError::NoEmail) | NotHeard::Again)) => {
            tracing::warn!(%error, provider = provider.code(), "a logout is refused");
            Ok(refused())
        }
    }
}

fn refused() -> Response {
    unkept((StatusCode::BAD_REQUEST, Json(Refused { error: "invalid_request" })).into_response())
}

fn unkept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
