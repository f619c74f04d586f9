//! What whoever signs in without a provider comes with, and the session that opens for them.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::IntoResponse as _;
use axum_extra::extract::cookie::{Key, PrivateCookieJar};
use chrono::{DateTime, Utc};
use iae_app::budgets::Visitor;
use iae_domain::ids::UserId;
use tower_sessions::Session;

use super::browsers;
use crate::error::{PageError, PageResult, see_other};
use crate::kept_form::{last_person, remember_owner};
use crate::session::{self, Opening};
use crate::state::WebState;

/// The browser of whoever signs in.
pub struct Entrance {
    pub(super) session: Session,
    pub(super) jar: PrivateCookieJar,
    /// Where it is, as failures are counted.
    pub(super) visitor: Visitor,
    /// In words.
    pub(super) browser: Option<String>,
    over_tls: bool,
}

impl FromRequestParts<WebState> for Entrance {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let session = Session::from_request_parts(parts, state).await;
        let session = session.map_err(|_| PageError::defect("a route is outside the session layer"))?;
        let Ok(jar) = PrivateCookieJar::<Key>::from_request_parts(parts, state).await;
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        let (browser, over_tls) = (browsers::described(&parts.headers), state.config.is_over_tls());
        Ok(Self { session, jar, visitor, browser, over_tls })
    }
}

impl Entrance {
    /// Who was last signed in here.
    pub(super) fn last_person(&self) -> Option<UserId> {
        last_person(&self.jar, self.over_tls)
    }

    /// Opens a session, and leads to this page. `began_at` is when the sign-in began; none when it is the end of something
    /// else: an address just proved, a password just chosen.
    pub(super) async fn enter(self, user: UserId, began_at: Option<DateTime<Utc>>, to: String) -> PageResult {
        let opening = Opening { login_began_at: began_at, browser: self.browser, ..Opening::default() };
        session::open(&self.session, user, opening).await?;
        Ok((remember_owner(self.jar, user, self.over_tls), see_other(to)?).into_response())
    }
}
