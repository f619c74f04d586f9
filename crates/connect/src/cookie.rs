//! Cookies of the provider: out of reach of scripts and of other sites, gone when the browser closes.

use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::Config;
use crate::secret::Token;

/// What a cookie is called.
#[derive(Clone, Copy)]
pub(crate) struct Name {
    /// Over plain HTTP.
    pub(crate) plain: &'static str,
    /// Over TLS: with `__Host-`, the browser refuses a cookie of that name set by a neighbouring domain.
    pub(crate) tls: &'static str,
}

impl Name {
    fn of(self, config: &Config) -> &'static str {
        if config.secure() { self.tls } else { self.plain }
    }
}

/// The cookie that carries a value.
pub(crate) fn set(config: &Config, name: Name, token: &Token) -> Cookie<'static> {
    bare(config, name, token.reveal().to_owned())
}

/// The cookie that removes it.
pub(crate) fn removal(config: &Config, name: Name) -> Cookie<'static> {
    let mut cookie = bare(config, name, String::new());
    cookie.make_removal();
    cookie
}

/// What a browser presents under a name.
pub(crate) fn presented(headers: &HeaderMap, config: &Config, name: Name) -> Option<Token> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name.of(config)).map(|cookie| Token::new(cookie.value().to_owned()))
}

fn bare(config: &Config, name: Name, value: String) -> Cookie<'static> {
    Cookie::build((name.of(config), value))
        .path("/")
        .http_only(true)
        .secure(config.secure())
        .same_site(SameSite::Lax)
        .build()
}
