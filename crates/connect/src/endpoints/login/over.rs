//! The page that is shown when there is nothing to answer any more: the request was answered, waited for too long, or was made in
//! another browser.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::Config;
use crate::error::{Error, PageError};
use crate::grants::AuthorizationRequest;
use crate::page::{self, Layout};

/// Says it, and where to begin again.
#[derive(Template)]
#[template(path = "connect/login_over.html")]
pub(crate) struct LoginOver<'a> {
    layout: Layout<'a>,
    /// Who asked, when it is still known, and where they are found.
    client: Option<(String, String)>,
    /// Nobody asked: the person came for their account.
    of_account: bool,
}

impl<'a> LoginOver<'a> {
    /// It is not known who asked.
    pub(crate) fn of_nobody(config: &'a Config) -> Result<Response, PageError> {
        Self::respond(config, None, false)
    }

    /// This relying party did.
    pub(crate) fn of_client(
        config: &'a Config,
        name: String,
        request: &AuthorizationRequest,
    ) -> Result<Response, PageError> {
        let origin = request.return_address.url().map(|url| url.origin());
        let site = origin.filter(|origin| origin.is_tuple()).map(|origin| origin.ascii_serialization());
        Self::respond(config, site.map(|site| (name, site)), false)
    }

    /// Nobody did.
    pub(crate) fn of_account(config: &'a Config) -> Result<Response, PageError> {
        Self::respond(config, None, true)
    }

    fn respond(
        config: &'a Config,
        client: Option<(String, String)>,
        of_account: bool,
    ) -> Result<Response, PageError> {
        let page = Self { layout: Layout { base_path: config.base_path() }, client, of_account };
        Ok(page::html(StatusCode::GONE, page.render().map_err(Error::from)?))
    }
}
