//! `/login`: which way to sign in.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::config::Persona;
use iae_domain::accounts::Provider;
use serde::Deserialize;

use super::{local_path, messages};
use crate::error::{PageResult, ok, see_other};
use crate::layout::Layout;
use crate::paths::{BeginPath, LoginPath};
use crate::state::WebState;

/// Where to go after.
#[derive(Debug, Default, Deserialize)]
pub struct LoginQuery {
    #[serde(default)]
    return_to: String,
    /// Not empty when a login came too late, or twice.
    #[serde(default)]
    expired: String,
    /// Not empty when a session was there, and is over.
    #[serde(default)]
    ended: String,
}

impl LoginQuery {
    /// The address of the page, for who has to choose how they sign in.
    pub(super) fn choosing(return_to: &str) -> String {
        let query = serde_urlencoded::to_string([("return_to", return_to)]);
        format!("{LoginPath}?{}", query.unwrap_or_default())
    }

    /// The address of the page for someone who asks for a page without session, or with one that is over.
    pub(crate) fn required(return_to: &str, had_session: bool) -> String {
        let ended = if had_session { "&ended=true" } else { "" };
        format!("{}{ended}", Self::choosing(return_to))
    }

    /// What became of the login, or of the session, that was under way.
    fn notice(&self) -> Option<(&'static str, &'static str)> {
        if !self.expired.is_empty() {
            return Some(messages::expired());
        }
        (!self.ended.is_empty()).then(messages::session_ended)
    }

    /// The address of the page for someone whose login came too late, or twice.
    pub(super) fn again(return_to: String) -> String {
        let query = [("return_to", return_to.as_str()), ("expired", "true")];
        format!("{LoginPath}?{}", serde_urlencoded::to_string(query).unwrap_or_default())
    }
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/login.html")]
pub struct LoginPage {
    layout: Layout,
    /// What became of the login, or of the session, that was under way: title, what to do.
    notice: Option<(&'static str, &'static str)>,
    ways: Vec<Way>,
    personas: Vec<(Persona, String)>,
    password: String,
}

impl LoginPage {
    /// « CW » for Claire Weber.
    fn initials(persona: &Persona) -> String {
        persona.name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
    }
}

/// One way to sign in.
struct Way {
    provider: Provider,
    href: String,
}

/// Shows the ways to sign in; someone already signed in goes on.
pub async fn get(
    _: LoginPath,
    State(state): State<WebState>,
    Query(query): Query<LoginQuery>,
    layout: Layout,
) -> PageResult {
    let return_to = local_path(&query.return_to).to_owned();
    if layout.user.is_some() {
        return see_other(return_to);
    }
    let href = |provider: Provider, hint: Option<&str>| {
        let path = BeginPath { provider: provider.code().to_lowercase() };
        let mut query = vec![("return_to", return_to.as_str())];
        query.extend(hint.map(|hint| ("login_hint", hint)));
        format!("{path}?{}", serde_urlencoded::to_string(query).unwrap_or_default())
    };
    let configured = |provider: &&Provider| state.oidc.get(**provider).is_some();
    let ways = Provider::ALL.iter().filter(configured);
    let demo = state.config.demo.as_ref();
    let personas = demo.map(|demo| demo.personas.clone()).unwrap_or_default();
    ok(&LoginPage {
        layout,
        notice: query.notice(),
        ways: ways.map(|provider| Way { provider: *provider, href: href(*provider, None) }).collect(),
        personas: personas
            .into_iter()
            .map(|persona| {
                let href = href(Provider::InclusionConnect, Some(persona.email.as_str()));
                (persona, href)
            })
            .collect(),
        password: demo.map(|demo| demo.password.clone()).unwrap_or_default(),
    })
}
