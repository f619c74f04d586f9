//! The session cookie.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use super::{Session, store};
use crate::error::Error;
use crate::secret::Token;
use crate::{Config, Connect};

/// Over TLS, `__Host-` has the browser refuse a cookie of that name set by a neighbouring domain.
fn name(config: &Config) -> &'static str {
    if config.secure() { "__Host-connect_session" } else { "connect_session" }
}

/// The cookie that carries a new session. The browser forgets it when it closes; its 30 minutes are
/// counted here, not there.
pub(crate) fn set(config: &Config, token: &Token) -> Cookie<'static> {
    bare(config, token.reveal().to_owned())
}

/// The cookie that removes it.
pub(crate) fn removal(config: &Config) -> Cookie<'static> {
    let mut cookie = bare(config, String::new());
    cookie.make_removal();
    cookie
}

fn bare(config: &Config, value: String) -> Cookie<'static> {
    Cookie::build((name(config), value))
        .path("/")
        .http_only(true)
        .secure(config.secure())
        .same_site(SameSite::Lax)
        .build()
}

/// What the browser presented; [`find`](Self::find) tells whether it still stands for someone.
pub(crate) struct PresentedSession(Option<Token>);

impl PresentedSession {
    /// The session, when it is open and its account too.
    pub(crate) async fn find(&self, connect: &Connect) -> Result<Option<Session>, Error> {
        match &self.0 {
            Some(token) => Ok(store::find(connect.db(), &token.digest(), connect.now()).await?),
            None => Ok(None),
        }
    }

    /// Digest of the presented value.
    pub(crate) fn digest(&self) -> Option<Vec<u8>> {
        self.0.as_ref().map(Token::digest)
    }
}

impl FromRequestParts<Connect> for PresentedSession {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Infallible> {
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self(jar.get(name(connect.config())).map(|cookie| Token::new(cookie.value().to_owned()))))
    }
}
