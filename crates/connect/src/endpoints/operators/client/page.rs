//! What the form shows.

use askama::Template;

use super::address;
use crate::Connect;
use crate::clients::{RedirectUri, RegisterError, Registration};
use crate::endpoints::forms::Errors;
use crate::error::PageError;
use crate::page::Layout;

#[derive(Template)]
#[template(path = "connect/operators/client.html")]
pub(super) struct ClientPage<'a> {
    layout: Layout<'a>,
    address: String,
    pub(super) client: Registration,
    /// Somebody else changed it meanwhile.
    pub(super) changed: bool,
    errors: Errors,
}

impl<'a> ClientPage<'a> {
    pub(super) fn new(connect: &'a Connect, client: Registration) -> Self {
        let base_path = connect.config().base_path();
        Self {
            layout: Layout { base_path },
            address: address(base_path, &client.id),
            client,
            changed: false,
            errors: Errors::default(),
        }
    }

    fn seen_at(&self) -> String {
        self.client.seen_at.timestamp_micros().to_string()
    }

    fn redirect_uris(&self) -> String {
        self.client.redirect_uris.join("\n")
    }

    fn post_logout_redirect_uris(&self) -> String {
        self.client.post_logout_redirect_uris.join("\n")
    }

    fn backchannel_logout_uri(&self) -> &str {
        self.client.backchannel_logout_uri.as_deref().unwrap_or_default()
    }

    fn initiate_login_uri(&self) -> &str {
        self.client.initiate_login_uri.as_deref().unwrap_or_default()
    }

    /// What is wrong, beside the field it is in.
    pub(super) fn refuse(&mut self, error: RegisterError) -> Result<(), PageError> {
        let field = match &error {
            RegisterError::InvalidName => "name",
            RegisterError::UnknownScope => "scopes",
            RegisterError::NoRedirectUri => "redirect_uris",
            RegisterError::RedirectUri(_) => self.with_a_wrong_address(),
            RegisterError::InvalidId
            | RegisterError::IdTaken
            | RegisterError::SecretTooShort
            | RegisterError::Failed(_) => "",
        };
        match (error.sentence(), error) {
            (Some(sentence), _) => {
                self.errors.add(field, sentence);
                Ok(())
            }
            (None, RegisterError::Failed(error)) => Err(error.into()),
            (None, _) => Err(PageError::NotFound),
        }
    }

    fn with_a_wrong_address(&self) -> &'static str {
        let is_wrong = |uri: &String| RedirectUri::parse(uri).is_err();
        if self.client.redirect_uris.iter().any(is_wrong) {
            "redirect_uris"
        } else if self.client.post_logout_redirect_uris.iter().any(is_wrong) {
            "post_logout_redirect_uris"
        } else if self.client.backchannel_logout_uri.as_ref().is_some_and(is_wrong) {
            "backchannel_logout_uri"
        } else {
            "initiate_login_uri"
        }
    }
}
