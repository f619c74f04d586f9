//! `GET /authorize`: a relying party sends someone to sign in.
//!
//! Everything is checked before a word is said to the person (IDP-2): an unknown client or an
//! unregistered address gets a page, anything else wrong is told to the relying party.

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::LOGIN;
use iae_server::Address;

use crate::Connect;
use crate::browser::Browser;
use crate::clients::{self, Client};
use crate::error::{BadRequest, PageError};
use crate::events::{Event, Name};
use crate::grants::{AuthorizationRequest, Next, Pending, Refused, issue_code};
use crate::params::{FormParams, Params};
use crate::sessions::cookie::PresentedSession;

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    ip: Address,
    session: PresentedSession,
    browser: Browser,
) -> Result<Response, PageError> {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    answer(&connect, &params, ip, &session, browser).await
}

/// The same by POST (OpenID Connect Core §3.1.2.1): the session cookie does not come with a form of
/// another site, so the person types their password.
pub(super) async fn post(
    State(connect): State<Connect>,
    ip: Address,
    session: PresentedSession,
    browser: Browser,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    answer(&connect, &form, ip, &session, browser).await
}

async fn answer(
    connect: &Connect,
    params: &Params,
    ip: Address,
    presented: &PresentedSession,
    browser: Browser,
) -> Result<Response, PageError> {
    let now = connect.now();
    let (client, redirect_uri) = match find_client(connect, params).await? {
        Ok(found) => found,
        Err(reason) => {
            Event::new(Name::OidcParamsError, ip).detail(reason.name()).record_once(connect).await?;
            return Err(reason.into());
        }
    };
    let (request, prompt) = match AuthorizationRequest::parse(params, &client, redirect_uri) {
        Ok(parsed) => parsed,
        Err(refused) => return refuse(connect, &client, refused, ip).await,
    };
    let mut session = presented.find(connect).await?;
    loop {
        match prompt.decide(session.as_ref(), now) {
            Next::GiveCode(open) => {
                connect.rates().code(open.account_id)?;
                let mut tx = connect.db().begin().await?;
                if !presented.hold(&mut tx, now).await? {
                    // It ended at this very instant.
                    session = None;
                    continue;
                }
                let redirect = issue_code(connect, &mut tx, &request, open, ip).await?;
                tx.commit().await?;
                return Ok(Redirect::to(&redirect).into_response());
            }
            Next::AskLogin => {
                let (browser, cookies) = browser.known(connect.config())?;
                let page = Pending::new(request, browser, now)?.seal(connect.secret())?;
                let base_path = connect.config().base_path();
                let login = Redirect::to(&format!("{base_path}{LOGIN}?request={page}"));
                return Ok((cookies, login).into_response());
            }
            Next::Refuse(error) => {
                let refused = Refused { return_address: request.return_address, error };
                return refuse(connect, &client, refused, ip).await;
            }
        }
    }
}

/// The relying party and the address that the answer, good or bad, may be sent to.
async fn find_client<'p>(
    connect: &Connect,
    params: &'p Params,
) -> Result<Result<(Client, &'p str), BadRequest>, PageError> {
    if params.repeated() {
        return Ok(Err(BadRequest::RepeatedParameter));
    }
    let Some(client_id) = params.get("client_id") else { return Ok(Err(BadRequest::UnknownClient)) };
    let Some(client) = clients::find(connect.db(), client_id).await? else {
        return Ok(Err(BadRequest::UnknownClient));
    };
    let redirect_uri = params.get("redirect_uri").filter(|uri| client.accepts_redirect_uri(uri));
    Ok(redirect_uri.map(|uri| (client, uri)).ok_or(BadRequest::UnregisteredRedirectUri))
}

async fn refuse(
    connect: &Connect,
    client: &Client,
    refused: Refused,
    ip: Address,
) -> Result<Response, PageError> {
    let Refused { return_address, error } = refused;
    let event = Event::new(Name::OidcParamsError, ip).client(&*client.id).detail(error.code());
    event.record_once(connect).await?;
    Ok(Redirect::to(&return_address.with_error(error, connect.config().issuer())).into_response())
}
