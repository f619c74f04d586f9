//! Where people go once logged out, and the page that asks whether they want to be.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use url::Url;

use crate::Connect;
use crate::clients::{self, Client};
use crate::error::{BadRequest, Error, PageError};
use crate::page::{self, Layout};
use crate::params::Params;

/// Where the person goes once logged out: a registered address, or our own home page.
pub(in crate::endpoints) struct Destination(Option<Url>);

impl Destination {
    /// Checks `post_logout_redirect_uri` against the relying party, or against all of them when it is
    /// not known which one asks.
    pub(in crate::endpoints) async fn find(
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
    pub(in crate::endpoints) fn follow(&self, connect: &Connect) -> Redirect {
        match &self.0 {
            Some(url) => Redirect::to(url.as_str()),
            None => Redirect::to(&format!("{}/", connect.config().base_path())),
        }
    }

    /// Asks the person first.
    pub(super) fn ask(&self, connect: &Connect, params: &Params) -> Result<Response, PageError> {
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
    match client {
        Some(client) => Ok(client.accepts_post_logout_redirect_uri(uri)),
        None => Ok(clients::knows_post_logout_redirect_uri(connect.db(), uri).await?),
    }
}

#[derive(Template)]
#[template(path = "connect/logout.html")]
struct LogoutPage<'a> {
    layout: Layout<'a>,
    client_id: Option<&'a str>,
    post_logout_redirect_uri: Option<&'a str>,
    state: Option<&'a str>,
}
