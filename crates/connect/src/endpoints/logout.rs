//! `GET /logout`, `POST /logout`: logout started by a relying party (RP-Initiated Logout 1.0,
//! IDP-20 to IDP-24).

pub(super) mod destination;

use std::convert::Infallible;

use axum::extract::{FromRequestParts, RawQuery, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use iae_server::Address;

use self::destination::Destination;
use crate::error::{BadRequest, Error, PageError};
use crate::events::{Event, Name};
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
