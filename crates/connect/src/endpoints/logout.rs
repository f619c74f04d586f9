//! `GET /logout`, `POST /logout`: logout started by a relying party (RP-Initiated Logout 1.0,
//! IDP-20 to IDP-24).

use std::convert::Infallible;

use askama::Template;
use axum::extract::{FromRequestParts, RawQuery, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use iae_server::Address;
use url::Url;

use crate::clients::{self, Client};
use crate::error::{BadRequest, Error, PageError};
use crate::events::{Event, Name};
use crate::page::{self, Layout};
use crate::params::{FormParams, Params};
use crate::sessions::cookie::{self, PresentedSession};
use crate::sessions::log_out::log_out_everywhere;
use crate::{Connect, claims};

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    leaver: Leaver,
) -> Result<Response, PageError> {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    answer(&connect, &params, leaver).await
}

/// The same by POST. Another site may post here: only an id token of the person, which is not a
/// cookie, logs anyone out without a question.
pub(super) async fn post(
    State(connect): State<Connect>,
    leaver: Leaver,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    answer(&connect, &form, leaver).await
}

/// The browser that leaves.
pub(super) struct Leaver {
    /// Where it is.
    pub(super) ip: Address,
    /// The session it presents.
    pub(super) session: PresentedSession,
    /// Its cookies, the session's to be removed.
    pub(super) cookies: CookieJar,
}

impl FromRequestParts<Connect> for Leaver {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Infallible> {
        Ok(Self {
            ip: Address::from_request_parts(parts, connect).await?,
            session: PresentedSession::from_request_parts(parts, connect).await?,
            cookies: CookieJar::from_request_parts(parts, connect).await?,
        })
    }
}

async fn answer(
    connect: &Connect,
    params: &Params,
    Leaver { ip, session, cookies }: Leaver,
) -> Result<Response, PageError> {
    match decide(connect, params, &session).await? {
        Decision::LogOut { account_id, client_id, then } => {
            log_out_everywhere(connect, account_id, Some(&client_id), ip).await?;
            Ok((cookies.add(cookie::removal(connect.config())), then.follow(connect)).into_response())
        }
        Decision::NothingToDo { then } => Ok(then.follow(connect).into_response()),
        Decision::Ask { then } => then.ask(connect, params),
        Decision::Refuse(reason) => {
            Event::new(Name::LogoutError, ip).detail(reason.name()).record_once(connect).await?;
            Err(reason.into())
        }
    }
}

enum Decision {
    /// The id token tells who; no question (IDP-21, IDP-24).
    LogOut { account_id: uuid::Uuid, client_id: String, then: Destination },
    /// Nobody is signed in here and the hint is worth nothing (IDP-23).
    NothingToDo { then: Destination },
    /// Nothing proves that the person wants this: ask them (IDP-22).
    Ask { then: Destination },
    /// The request is not acceptable.
    Refuse(BadRequest),
}

async fn decide(connect: &Connect, params: &Params, session: &PresentedSession) -> Result<Decision, Error> {
    if params.repeated() {
        return Ok(Decision::Refuse(BadRequest::RepeatedParameter));
    }
    let session = session.find(connect).await?;
    let Some(hint) = params.get("id_token_hint") else {
        return Ok(match Destination::find(connect, params, params.get("client_id")).await? {
            Ok(then) => Decision::Ask { then },
            Err(reason) => Decision::Refuse(reason),
        });
    };
    let known_keys = connect.keyring().known().await?;
    let Some(hint) = claims::read_hint(connect.config(), hint, known_keys, params.get("client_id"))? else {
        if session.is_some() {
            return Ok(Decision::Refuse(BadRequest::InvalidLogoutHint));
        }
        return Ok(match Destination::find(connect, params, None).await? {
            Ok(then) => Decision::NothingToDo { then },
            Err(reason) => Decision::Refuse(reason),
        });
    };
    let then = match Destination::find(connect, params, Some(&hint.client_id)).await? {
        Ok(then) => then,
        Err(reason) => return Ok(Decision::Refuse(reason)),
    };
    // Someone else is signed in in this browser: the token speaks for another person.
    if session.is_some_and(|session| session.account_id != hint.account_id) {
        return Ok(Decision::Ask { then });
    }
    Ok(Decision::LogOut { account_id: hint.account_id, client_id: hint.client_id, then })
}

/// Where the person goes once logged out: a registered address, or our own home page.
pub(super) struct Destination(Option<Url>);

impl Destination {
    /// Checks `post_logout_redirect_uri` against the relying party, or against all of them when it is
    /// not known which one asks.
    pub(super) async fn find(
        connect: &Connect,
        params: &Params,
        client_id: Option<&str>,
    ) -> Result<Result<Self, BadRequest>, Error> {
        let client = match client_id {
            Some(client_id) => match clients::find(connect.db(), client_id).await? {
                Some(client) => Some(client),
                None => return Ok(Err(BadRequest::UnknownClient)),
            },
            None => None,
        };
        let Some(uri) = params.get("post_logout_redirect_uri") else { return Ok(Ok(Self(None))) };
        if !is_registered(connect, client.as_ref(), uri).await? {
            return Ok(Err(BadRequest::UnregisteredPostLogoutRedirectUri));
        }
        let Ok(mut url) = Url::parse(uri) else {
            return Ok(Err(BadRequest::UnregisteredPostLogoutRedirectUri));
        };
        if let Some(state) = params.get("state") {
            url.query_pairs_mut().append_pair("state", state);
        }
        Ok(Ok(Self(Some(url))))
    }

    /// Sends the person there.
    pub(super) fn follow(&self, connect: &Connect) -> Redirect {
        match &self.0 {
            Some(url) => Redirect::to(url.as_str()),
            None => Redirect::to(&format!("{}/", connect.config().base_path())),
        }
    }

    fn ask(&self, connect: &Connect, params: &Params) -> Result<Response, PageError> {
        let page = LogoutPage {
            layout: Layout { base_path: connect.config().base_path() },
            client_id: params.get("client_id"),
            post_logout_redirect_uri: params.get("post_logout_redirect_uri"),
            state: params.get("state"),
        };
        let html = page.render().map_err(Error::from)?;
        Ok(page::html_with_form_to(StatusCode::OK, html, self.0.as_ref()))
    }
}

async fn is_registered(connect: &Connect, client: Option<&Client>, uri: &str) -> Result<bool, Error> {
    if let Some(client) = client {
        return Ok(client.accepts_post_logout_redirect_uri(uri));
    }
    let all = clients::all_post_logout_redirect_uris(connect.db()).await?;
    Ok(all.iter().any(|pattern| pattern.matches(uri)))
}

#[derive(Template)]
#[template(path = "connect/logout.html")]
struct LogoutPage<'a> {
    layout: Layout<'a>,
    client_id: Option<&'a str>,
    post_logout_redirect_uri: Option<&'a str>,
    state: Option<&'a str>,
}
