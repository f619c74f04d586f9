//! `GET /sessions`: where one's account is open.

pub(super) mod end;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};

use super::forms::shown;
use super::holder::{Cleared, Holder};
use crate::Connect;
use crate::accounts::devices::{OpenSession, open_sessions};
use crate::error::PageError;
use crate::page::Layout;
use crate::sessions::Session;

#[derive(Template)]
#[template(path = "connect/sessions.html")]
struct SessionsPage<'a> {
    layout: Layout<'a>,
    session: &'a Session,
    sessions: Vec<OpenSession>,
    now: DateTime<Utc>,
}

impl SessionsPage<'_> {
    /// Whether it is the one the page is read in.
    fn is_here(&self, session: &OpenSession) -> bool {
        session.id == self.session.id
    }

    fn title(&self, session: &OpenSession) -> String {
        format!("{}{}", session.device(), if self.is_here(session) { " (cet appareil)" } else { "" })
    }

    fn opened(&self, session: &OpenSession) -> String {
        session.opened(self.now)
    }

    fn last_used(&self, session: &OpenSession) -> String {
        session.last_used(self.now)
    }

    fn has_others(&self) -> bool {
        self.sessions.iter().any(|session| !self.is_here(session))
    }
}

pub(super) async fn get(
    State(connect): State<Connect>,
    Cleared(Holder { session, account }): Cleared,
) -> Result<Response, PageError> {
    let page = SessionsPage {
        layout: Layout { base_path: connect.config().base_path() },
        session: &session,
        sessions: open_sessions(&connect, account.id).await?,
        now: connect.now(),
    };
    shown(StatusCode::OK, &page, None)
}
