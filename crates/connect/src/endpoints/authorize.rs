//! `GET /authorize`: a relying party sends someone to sign in.
//!
//! Everything is checked before a word is said to the person (IDP-2): an unknown client or an
//! unregistered address gets a page, anything else wrong is told to the relying party.

mod asked;

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};

use self::asked::{ask, second_factor};
use super::{LOGIN, REGISTER};
use iae_server::Address;

use crate::Connect;
use crate::browser::Browser;
use crate::claims;
use crate::clients::{self, Client};
use crate::error::{BadRequest, PageError};
use crate::events::{Event, Name};
use crate::grants::{AuthorizationError, AuthorizationRequest, Next, Pending, Refused, issue_code};
use crate::params::{FormParams, Params};
use crate::sessions::Device;
use crate::sessions::admit::first_due;
use crate::sessions::cookie::PresentedSession;

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    device: Device,
    session: PresentedSession,
    browser: Browser,
) -> Result<Response, PageError> {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    answer(&connect, &params, &device, &session, browser).await
}

/// The same by POST (OpenID Connect Core §3.1.2.1): the session cookie does not come with a form of
/// another site, so the person types their password.
pub(super) async fn post(
    State(connect): State<Connect>,
    device: Device,
    session: PresentedSession,
    browser: Browser,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    answer(&connect, &form, &device, &session, browser).await
}

/// Answers the request of a relying party, wherever it comes from.
pub(super) async fn answer(
    connect: &Connect,
    params: &Params,
    device: &Device,
    presented: &PresentedSession,
    browser: Browser,
) -> Result<Response, PageError> {
    let (now, ip) = (connect.now(), device.ip);
    let (client, redirect_uri) = match find_client(connect, params).await? {
        Ok(found) => found,
        Err(reason) => {
            Event::new(Name::OidcParamsError, ip).detail(reason.name()).record_once(connect).await?;
            return Err(reason.into());
        }
    };
    let (mut request, prompt) = match AuthorizationRequest::parse(params, &client, redirect_uri) {
        Ok(parsed) => parsed,
        Err(refused) => return refuse(connect, &client, refused, ip).await,
    };
    if let Some(hint) = params.get("id_token_hint").filter(|_| request.subject.is_none()) {
        let known_keys = connect.keyring().known().await?;
        let hint = claims::read_hint(connect.config(), hint, known_keys, Some(&client.id))?;
        request.subject = hint.map(|hint| hint.account_id);
    }
    let mut session = presented.find(connect).await?;
    loop {
        match prompt.decide(&request, session.as_ref(), now) {
            Next::GiveCode(open) => {
                connect.rates().code(open.account_id)?;
                let mut tx = connect.db().begin().await?;
                let Some(open) = presented.lock(&mut tx, now).await? else {
                    // It ended at this very instant.
                    session = None;
                    continue;
                };
                let (browser, cookies) = browser.known(connect.config())?;
                let pending = Pending::new(request, browser, now)?;
                if let Some(address) = first_due(connect, &mut tx, &open, &pending).await? {
                    if prompt.forbids_asking() {
                        tx.rollback().await?;
                        let error = AuthorizationError::InteractionRequired;
                        let refused = Refused { return_address: pending.request.return_address, error };
                        return refuse(connect, &client, refused, ip).await;
                    }
                    return Ok((cookies, Redirect::to(&address)).into_response());
                }
                let redirect = issue_code(connect, &mut tx, &pending.request, &open, ip).await?;
                tx.commit().await?;
                return Ok(Redirect::to(&redirect).into_response());
            }
            Next::AskSecondFactor(open) => {
                let (browser, cookies) = browser.known(connect.config())?;
                let address = second_factor(connect, open, request, browser).await?;
                return Ok((cookies, Redirect::to(&address)).into_response());
            }
            Next::AskLogin => return ask(connect, LOGIN, request, browser),
            Next::AskRegistration => return ask(connect, REGISTER, request, browser),
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
