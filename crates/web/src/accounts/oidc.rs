//! `/login/{provider}` and its callback: the two ends of a login at an identity provider.

use std::str::FromStr as _;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect};
use axum_extra::extract::Query;
use axum_extra::extract::cookie::{Cookie, PrivateCookieJar, SameSite};
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::accounts::{BeginError, Callback, CompleteError, begin as begin_login, complete};
use iae_domain::accounts::Provider;
use iae_domain::ids::LoginAttemptId;
use iae_domain::text::Email;
use serde::Deserialize;
use tower_sessions::Session;

use super::{local_path, messages};
use crate::error::{PageError, PageResult};
use crate::layout::Layout;
use crate::paths::{BeginPath, CallbackPath, LoginPath};
use crate::session;
use crate::state::WebState;

/// Binds a login to the browser that began it (OID-4).
const ATTEMPT_COOKIE: &str = "login_attempt";

/// What the login page asks for.
#[derive(Debug, Default, Deserialize)]
pub struct BeginQuery {
    #[serde(default)]
    return_to: String,
    login_hint: Option<String>,
}

/// What the provider answers.
#[derive(Debug, Default, Deserialize)]
pub struct CallbackQuery {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// Nobody is signed in, and why.
#[derive(Template)]
#[template(path = "accounts/login_refused.html")]
pub struct LoginRefusedPage {
    layout: Layout,
    title: &'static str,
    message: &'static str,
}

/// Sends the browser to the provider.
pub async fn begin(
    path: BeginPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    jar: PrivateCookieJar,
    Query(query): Query<BeginQuery>,
    layout: Layout,
) -> PageResult {
    let provider = provider(&path.provider)?;
    let hint = query.login_hint.as_deref().and_then(|hint| Email::parse(hint).ok());
    match begin_login(&state, &ctx, provider, local_path(&query.return_to), hint.as_ref()).await {
        Ok(begun) => {
            let cookie = Cookie::build((ATTEMPT_COOKIE, begun.attempt.to_string()))
                .path(LoginPath::PATH)
                .http_only(true)
                .secure(state.config.base_url.scheme() == "https")
                .same_site(SameSite::Lax);
            Ok((jar.add(cookie), Redirect::to(begun.url.as_str())).into_response())
        }
        Err(BeginError::NotConfigured) => Err(PageError::NotFound),
        Err(BeginError::App(error)) => Err(error.into()),
        Err(BeginError::Provider(error)) => {
            tracing::warn!(%error, provider = provider.code(), "login cannot begin");
            refused(layout, messages::provider_unavailable())
        }
    }
}

/// Signs the person in, if everything the provider sent holds.
pub async fn callback(
    path: CallbackPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    jar: PrivateCookieJar,
    session: Session,
    Query(query): Query<CallbackQuery>,
    layout: Layout,
) -> PageResult {
    provider(&path.provider)?;
    let attempt = jar.get(ATTEMPT_COOKIE).and_then(|cookie| LoginAttemptId::from_str(cookie.value()).ok());
    let jar = jar.remove(Cookie::build(ATTEMPT_COOKIE).path(LoginPath::PATH));
    if let Some(error) = query.error {
        return Ok((jar, refused(layout, messages::provider_error(&error))?).into_response());
    }
    let (Some(attempt), Some(state_back), Some(code)) = (attempt, query.state, query.code) else {
        return Ok((jar, refused(layout, messages::complete(&CompleteError::Attempt))?).into_response());
    };
    match complete(&state, &ctx, Callback { attempt, state: state_back, code }).await {
        Ok(completed) => {
            session::open(&session, completed.user, completed.provider, &completed.id_token).await?;
            Ok((jar, Redirect::to(local_path(&completed.return_to))).into_response())
        }
        Err(CompleteError::App(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "login refused");
            Ok((jar, refused(layout, messages::complete(&error))?).into_response())
        }
    }
}

fn provider(code: &str) -> Result<Provider, PageError> {
    Provider::parse(&code.to_uppercase()).ok_or(PageError::NotFound)
}

fn refused(layout: Layout, (title, message): (&'static str, &'static str)) -> PageResult {
    let page = LoginRefusedPage { layout, title, message };
    Ok((StatusCode::FORBIDDEN, Html(page.render()?)).into_response())
}
