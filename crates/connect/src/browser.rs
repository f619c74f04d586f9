//! The browser a login page was opened in: the address of the page is worth nothing in another.
//!
//! One cookie for all the pages of a browser, so that its tabs sign in side by side.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;

use crate::error::Error;
use crate::secret::Token;
use crate::{Config, Connect, cookie, random};

const NAME: cookie::Name = cookie::Name { plain: "connect_login", tls: "__Host-connect_login" };

/// What the browser presented, when it is one of ours.
pub(crate) struct Browser(Option<Token>);

impl Browser {
    /// Digest of what the browser presented.
    pub(crate) fn digest(&self) -> Option<Vec<u8>> {
        self.0.as_ref().map(Token::digest)
    }

    /// Its digest, and the cookie that makes it known when it was not.
    pub(crate) fn known(self, config: &Config) -> Result<(Vec<u8>, CookieJar), Error> {
        if let Some(known) = self.digest() {
            return Ok((known, CookieJar::new()));
        }
        let token = random::token()?;
        Ok((token.digest(), CookieJar::new().add(cookie::set(config, NAME, &token))))
    }
}

impl FromRequestParts<Connect> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Infallible> {
        Ok(Self(cookie::presented(&parts.headers, connect.config(), NAME)))
    }
}
