//! The session cookie. The browser forgets it when it closes; its 30 minutes are counted here, not there.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::cookie::Cookie;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{Session, store};
use crate::error::Error;
use crate::secret::Token;
use crate::{Config, Connect, cookie};

const NAME: cookie::Name = cookie::Name { plain: "connect_session", tls: "__Host-connect_session" };

/// The cookie that carries a new session.
pub(crate) fn set(config: &Config, token: &Token) -> Cookie<'static> {
    cookie::set(config, NAME, token)
}

/// The cookie that removes it.
pub(crate) fn removal(config: &Config) -> Cookie<'static> {
    cookie::removal(config, NAME)
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

    /// The session, if it still is open, and will be until the transaction ends: neither does it end meanwhile, nor does its
    /// account get another password, and what is given for it is there to be taken back.
    pub(crate) async fn lock(
        &self,
        db: &mut PgConnection,
        now: DateTime<Utc>,
    ) -> Result<Option<Session>, Error> {
        match &self.0 {
            Some(token) => Ok(store::lock_open(db, &token.digest(), now).await?),
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
        Ok(Self(cookie::presented(&parts.headers, connect.config(), NAME)))
    }
}
