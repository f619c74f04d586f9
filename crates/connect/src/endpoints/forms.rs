//! What the forms of people have in common: their errors, and the request of a relying party that they carry along.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use url::Url;

use crate::Connect;
use crate::browser::Browser;
use crate::error::{Error, PageError};
use crate::grants::{AuthorizationRequest, Pending};
use crate::page;
use crate::params::Params;

/// What is wrong with a form, in the order of its fields. No field: it concerns the whole.
#[derive(Debug, Default)]
pub(super) struct Errors(Vec<(&'static str, String)>);

impl Errors {
    /// One more.
    pub(super) fn add(&mut self, field: &'static str, sentence: impl Into<String>) {
        self.0.push((field, sentence.into()));
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with a field.
    pub(super) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// All of it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(field, sentence)| (*field, sentence.as_str()))
    }

    /// A new password typed twice.
    pub(super) fn check_pair(&mut self, password: &str, again: &str) {
        if password.is_empty() {
            self.add("password", "Choisissez un mot de passe.");
        } else if again.is_empty() {
            self.add("password_again", "Saisissez une seconde fois le mot de passe choisi.");
        } else if password != again {
            self.add("password_again", "Les deux saisies du mot de passe sont différentes.");
        }
    }
}

/// What is said of passwords typed too often.
pub(super) fn locked(minutes: i64) -> String {
    let plural = if minutes > 1 { "s" } else { "" };
    format!(
        "Trop de mots de passe faux ont été saisis. Par sécurité, attendez {minutes}\u{a0}minute{plural} avant de \
         recommencer."
    )
}

/// What is said of too many mails asked for from one place.
pub(super) const TOO_MANY_MAILS: &str =
    "Trop de messages ont été demandés depuis votre réseau. Recommencez dans une heure.";

/// The relying party's request that a page carries, as long as it may be answered in this browser.
pub(super) struct Asking {
    /// What is asked.
    pub(super) pending: Pending,
    /// As the address of the page carries it.
    pub(super) carried: String,
}

impl Asking {
    /// What the query says of it.
    pub(super) fn find(connect: &Connect, query: Option<&str>, browser: &Browser) -> Option<Self> {
        let params = Params::parse(query.unwrap_or_default().as_bytes());
        let carried = params.get("request")?.to_owned();
        let pending = Pending::open(connect.secret(), &carried)?;
        pending.is_open(browser.digest().as_deref(), connect.now()).then_some(Self { pending, carried })
    }
}

/// The address that a page carries its request in: `/register?request=…`.
pub(super) fn action(base_path: &str, path: &str, asking: Option<&Asking>) -> String {
    let request = asking.map(|asking| format!("?request={}", asking.carried)).unwrap_or_default();
    format!("{base_path}{path}{request}")
}

/// What the address of a mail carries.
pub(super) fn link(query: Option<String>) -> String {
    Params::parse(query.unwrap_or_default().as_bytes()).get("link").unwrap_or_default().to_owned()
}

/// A page, whose form may end at the relying party.
pub(super) fn shown(
    status: StatusCode,
    page: &impl Template,
    then: Option<&AuthorizationRequest>,
) -> Result<Response, PageError> {
    shown_to(status, page, then.and_then(|request| request.return_address.url()).as_ref())
}

/// A page, whose form may end there.
pub(super) fn shown_to(
    status: StatusCode,
    page: &impl Template,
    target: Option<&Url>,
) -> Result<Response, PageError> {
    let html = page.render().map_err(Error::from)?;
    Ok(page::html_with_form_to(status, html, target))
}

/// The same page, said to be worth trying again later.
pub(super) fn later(minutes: i64, response: Response) -> Response {
    ([(RETRY_AFTER, (minutes * 60).to_string())], response).into_response()
}
