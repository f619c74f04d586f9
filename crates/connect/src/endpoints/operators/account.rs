//! `GET /operators/accounts/{id}`: an account, as an operator sees it: no password, no code, nothing that opens it.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::acts::Act;
use super::operating::Operating;
use super::{address, instant};
use crate::Connect;
use crate::accounts::devices::OpenSession;
use crate::endpoints::forms::shown;
use crate::error::PageError;
use crate::factors::Listed;
use crate::operators::{LastLogin, Line, Sheet, sheet};
use crate::page::Layout;
use crate::params::Params;

#[derive(Template)]
#[template(path = "connect/operators/account.html")]
struct AccountPage<'a> {
    layout: Layout<'a>,
    sheet: Sheet,
    now: DateTime<Utc>,
    done: Option<&'static str>,
    refusal: Option<String>,
}

impl AccountPage<'_> {
    fn state(&self) -> &'static str {
        if self.sheet.account.active { "Ouvert" } else { "Fermé\u{a0}: ni connexion, ni jeton" }
    }

    fn subject(&self) -> String {
        self.sheet.account.id.to_string()
    }

    /// What may be done now.
    fn acts(&self) -> Vec<Act> {
        Act::ALL.into_iter().filter(|act| act.is_possible(&self.sheet)).collect()
    }

    fn leads_to(&self, act: &Act) -> String {
        format!("{}/{}", address(self.layout.base_path, &self.subject()), act.word())
    }

    fn factor(factor: &Listed) -> String {
        let used = factor.last_used_at.map_or("jamais".to_owned(), instant);
        format!(
            "{}, «\u{a0}{}\u{a0}», depuis le {}, dernier usage\u{a0}: {used}",
            factor.kind.label(),
            factor.name,
            factor.created_at.format("%d/%m/%Y"),
        )
    }

    fn session(&self, session: &OpenSession) -> String {
        format!("{}, ouverte {}, adresse {}", session.device(), session.opened(self.now), session.ip)
    }

    fn login(login: &LastLogin) -> String {
        format!("{}\u{a0}: {}", login.client_name, instant(login.at))
    }

    fn event(line: &Line) -> String {
        let service = line.client_id.as_ref().map(|id| format!(", service {id}")).unwrap_or_default();
        let actor = line.actor.as_ref().map(|email| format!(", par {email}")).unwrap_or_default();
        format!("{}\u{a0}: {}{service}{actor}, adresse {}", instant(line.at), line.what(), line.ip)
    }
}

/// The page, after an act or not.
pub(super) async fn respond(
    connect: &Connect,
    id: Uuid,
    status: StatusCode,
    done: Option<&'static str>,
    refusal: Option<String>,
) -> Result<Response, PageError> {
    let page = AccountPage {
        layout: Layout { base_path: connect.config().base_path() },
        sheet: sheet(connect, id).await?.ok_or(PageError::NotFound)?,
        now: connect.now(),
        done,
        refusal,
    };
    shown(status, &page, None)
}

pub(super) async fn get(
    State(connect): State<Connect>,
    _: Operating,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let done = params.get("done").and_then(Act::parse).map(Act::done);
    respond(&connect, id, StatusCode::OK, done, None).await
}
