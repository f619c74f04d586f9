//! `/logout`: asked on a page, done by a form (AUT-11).

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use iae_app::accounts::{LeftOpen, log_out};
use iae_app::gateways::oidc::EndSession;
use iae_domain::accounts::Provider;
use tower_sessions::Session;
use url::Url;

use crate::error::{PageResult, ok, see_other};
use crate::extract::Person;
use crate::layout::Layout;
use crate::paths::{HomePath, LogoutPath};
use crate::session;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "accounts/logout.html")]
pub struct LogoutPage {
    layout: Layout,
}

/// Nobody is signed in: a second tab, or a session that is over.
#[derive(Template)]
#[template(path = "accounts/signed_out.html")]
pub struct SignedOutPage {
    layout: Layout,
}

/// Asks for confirmation.
pub async fn get(_: LogoutPath, person: Option<Person>, layout: Layout) -> PageResult {
    if person.is_none() { ok(&SignedOutPage { layout }) } else { ok(&LogoutPage { layout }) }
}

/// What is left to do: the session of the provider is still open.
#[derive(Template)]
#[template(path = "accounts/logout_provider.html")]
pub struct LogoutProviderPage {
    layout: Layout,
    provider: Provider,
    url: Url,
    fields: Vec<(&'static str, String)>,
}

/// What the browser kept of the session goes with it. Not its cookies: those of the provider, a neighbouring host, would go
/// too, and its session could no longer be closed; ours means nothing any more.
const FORGET: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static(r#""cache", "storage""#));

/// Ends the session here, then at the provider: by a form where it takes one, whose content stands in no address
/// (AUT-12). A script sends it at once; without script, a button does.
pub async fn post(
    path: LogoutPath,
    State(state): State<WebState>,
    person: Option<Person>,
    ctx: iae_app::Ctx<()>,
    session: Session,
) -> PageResult {
    let Some(Person(person)) = person else {
        return ok(&SignedOutPage { layout: Layout::of(&state, None, path.to_string(), None) });
    };
    let (key, token) = session::to_leave(&session).await?;
    let left = log_out(&state, &ctx, &person, &key, token).await?;
    session::close(&session).await?;
    let mut answer = match left {
        None => see_other(HomePath.to_string())?,
        Some(left) => to_provider(&path, &state, &session, left).await?,
    };
    let (name, value) = FORGET;
    answer.headers_mut().insert(name, value);
    Ok(answer)
}

async fn to_provider(
    path: &LogoutPath,
    state: &WebState,
    session: &Session,
    LeftOpen { end, state: back }: LeftOpen,
) -> PageResult<Response> {
    session::expect_logout(session, &back).await?;
    match end {
        EndSession::Address(url) => see_other(url.to_string()),
        EndSession::Form { provider, url, fields } => {
            let layout = Layout::of(state, None, path.to_string(), None);
            ok(&LogoutProviderPage { layout, provider, url, fields })
        }
    }
}
