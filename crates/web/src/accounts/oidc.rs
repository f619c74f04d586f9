//! `/login/{provider}` and its callback: the two ends of a login at an identity provider.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::Query;
use axum_extra::extract::cookie::PrivateCookieJar;
use iae_app::Ctx;
use iae_app::accounts::{
    Asked, BeginError, Callback, CompleteError, Completed, Declined, asked_page, begin as begin_login,
    complete,
};
use iae_domain::accounts::Provider;
use iae_domain::ids::LoginAttemptId;
use iae_domain::text::Email;
use serde::Deserialize;

use super::entrance::Entrance;
use super::login::LoginQuery;
use super::login_refused::{Refused, refused};
use super::{attempts, local_path, messages};
use crate::error::{PageError, PageResult, see_other};
use crate::layout::Layout;
use crate::organisations::invitations::after_sign_in;
use crate::paths::{BeginPath, CallbackPath};
use crate::session::{Opening, ShownFactor};
use crate::state::WebState;
use crate::throttle::Failed;
use crate::{flash, kept_form, session};

/// What the login page asks for.
#[derive(Debug, Default, Deserialize)]
pub struct BeginQuery {
    #[serde(default)]
    return_to: String,
    login_hint: Option<String>,
    /// Not empty when whoever comes back must have that very address (OID-20).
    #[serde(default)]
    expected: String,
}

/// What the provider answers.
#[derive(Debug, Default, Deserialize)]
pub struct CallbackQuery {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Whether a browser says that it comes from a page of another site. One that says nothing is believed: the provider asks
/// who the person is all the same, unless they are signed in there.
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site")
}

/// Sends the browser to the provider. A link of another site leads to the page where one chooses: nobody is signed in
/// without having pressed a button of ours (ASVS 7.6.2).
pub async fn begin(
    path: BeginPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    jar: PrivateCookieJar,
    headers: HeaderMap,
    Query(query): Query<BeginQuery>,
    layout: Layout,
) -> PageResult {
    let provider = provider(&path.provider)?;
    if comes_from_elsewhere(&headers) {
        return see_other(LoginQuery::choosing(local_path(&query.return_to)));
    }
    let hint = query.login_hint.as_deref().and_then(|hint| Email::parse(hint).ok());
    let asked = Asked {
        return_to: local_path(&query.return_to),
        login_hint: hint.as_ref(),
        is_expected: !query.expected.is_empty(),
    };
    match begin_login(&state, &ctx, provider, asked).await {
        Ok(begun) => {
            let jar = attempts::begun(jar, begun.attempt, state.config.is_over_tls());
            Ok((jar, Redirect::to(begun.url.as_str())).into_response())
        }
        Err(BeginError::NotConfigured) => Err(PageError::NotFound),
        Err(BeginError::App(error)) => Err(error.into()),
        Err(BeginError::Provider(error)) => {
            tracing::warn!(%error, provider = provider.code(), "login cannot begin");
            refused(layout, messages::provider_unavailable())
        }
    }
}

/// Signs the person in, if everything the provider sent holds. A callback that comes too late, or again, leads on.
pub async fn callback(
    path: CallbackPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    entrance: Entrance,
    Query(query): Query<CallbackQuery>,
    layout: Layout,
) -> PageResult {
    let provider = provider(&path.provider)?;
    let attempts = attempts::of(&entrance.jar, state.config.is_over_tls());
    let state_back = query.state.unwrap_or_default();
    let callback = Callback {
        provider,
        attempts: attempts.clone(),
        state: state_back.clone(),
        issuer: query.iss,
        answer: match query.error {
            Some(error) => Err(Declined::of(&error)),
            None => Ok(query.code.unwrap_or_default()),
        },
    };
    match complete(&state, &ctx, callback).await {
        Ok(completed) => {
            let Completed { user, return_to, id_token, provider, provider_session, began_at, .. } = completed;
            let opening = Opening {
                provider: Some((provider, id_token)),
                provider_session,
                login_began_at: Some(began_at),
                shown_factor: completed.showed_second_factor.then_some(ShownFactor::Elsewhere),
                browser: entrance.browser,
            };
            session::open(&entrance.session, user, opening).await?;
            if let Some(email) = completed.foreign_email {
                flash::error(&entrance.session, messages::FOREIGN_EMAIL, messages::foreign_email(&email))
                    .await?;
            }
            let jar = kept_form::remember_owner(entrance.jar, user, state.config.is_over_tls());
            let page = after_sign_in(&state, &ctx, user, &return_to).await?;
            Ok((jar, see_other(page)?).into_response())
        }
        Err(CompleteError::App(error)) => Err(error.into()),
        Err(CompleteError::Attempt) => leads_on(&state, &attempts, &state_back, &layout).await,
        Err(CompleteError::Declined(_)) if layout.user.is_some() => {
            leads_on(&state, &attempts, &state_back, &layout).await
        }
        Err(CompleteError::Declined(declined)) => {
            if declined == Declined::Other {
                tracing::error!(error = %declined, provider = provider.code(), "login refused");
            }
            refused(layout, messages::declined(declined))
        }
        Err(CompleteError::Provider(error)) => {
            tracing::warn!(%error, "login refused");
            Ok(failed(refused(layout, messages::answer(error))?))
        }
        Err(CompleteError::Unusable(unusable)) => {
            tracing::warn!(error = %unusable, "login refused");
            let refusal = Refused::unusable(&unusable);
            Ok(failed(refusal.page(&state, &ctx, &entrance.session, layout).await?))
        }
        Err(CompleteError::Refused(not_signed_in)) => {
            tracing::warn!(error = %not_signed_in, "login refused");
            let refusal = Refused::not_signed_in(&not_signed_in);
            Ok(failed(refusal.page(&state, &ctx, &entrance.session, layout).await?))
        }
    }
}

/// To the page that was asked for, through the login page for who is not signed in.
async fn leads_on(state: &WebState, attempts: &[LoginAttemptId], back: &str, layout: &Layout) -> PageResult {
    let asked = asked_page(state, attempts, back).await?.unwrap_or_default();
    let page = local_path(&asked).to_owned();
    if layout.user.is_some() {
        return see_other(page);
    }
    Ok(failed(see_other(LoginQuery::again(page))?))
}

/// Counts among what failed from this address (D25).
fn failed(mut response: Response) -> Response {
    response.extensions_mut().insert(Failed);
    response
}

/// The provider that an address names.
pub(super) fn provider(code: &str) -> Result<Provider, PageError> {
    Provider::parse(&code.to_uppercase()).ok_or(PageError::NotFound)
}
