//! What may go wrong, and what the visitor sees of it.
//!
//! [`Error`] is a failure of ours (database, cryptography), [`PageError`] is what a page answers,
//! [`TokenError`](crate::endpoints::token_error::TokenError) what a relying party gets as JSON.
//! An [`Error`] is logged once, when it becomes an answer.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::page::{self, Layout};

/// A failure that is nobody's fault but ours.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database answered with an error, or not at all.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration could not be applied.
    #[error("a migration failed: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A key, a hash or a signature could not be made.
    #[error("cryptography failed: {0}")]
    Crypto(&'static str),
    /// The signing keys were sealed with another secret.
    #[error("the secret does not open the signing keys")]
    KeysSecret,
    /// A value of ours cannot be used: a setting, a document, a missing key.
    #[error("{0}")]
    Internal(&'static str),
    /// A row breaks a rule that the program keeps.
    #[error("inconsistent row in {table}: {what}")]
    Inconsistent {
        /// Table of the row.
        table: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A task was cancelled or panicked.
    #[error("a background task failed: {0}")]
    Task(#[from] tokio::task::JoinError),
    /// More is asked at once than can wait.
    #[error("too much is asked at once")]
    Busy,
    /// The answer took longer than anyone waits.
    #[error("the answer took too long")]
    TooLong,
    /// A page could not be rendered.
    #[error("a template failed: {0}")]
    Template(#[from] askama::Error),
}

impl From<iae_credentials::Error> for Error {
    fn from(error: iae_credentials::Error) -> Self {
        match error {
            iae_credentials::Error::Busy => Self::Busy,
            iae_credentials::Error::Failed(what) => Self::Crypto(what),
            iae_credentials::Error::Task(task) => Self::Task(task),
        }
    }
}

impl Error {
    /// Whether trying again in a moment may work: the database is away or too slow, too much is asked at once.
    pub(crate) fn is_temporary(&self) -> bool {
        match self {
            Self::Database(error) => match error {
                sqlx::Error::Io(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed => true,
                sqlx::Error::Database(database) => database.code().is_some_and(|code| passes(&code)),
                _ => false,
            },
            Self::Busy | Self::TooLong => true,
            Self::Migration(_)
            | Self::Crypto(_)
            | Self::KeysSecret
            | Self::Internal(_)
            | Self::Inconsistent { .. }
            | Self::Task(_)
            | Self::Template(_) => false,
        }
    }

    /// Writes the failure to the log, once, where it becomes an answer.
    pub(crate) fn log(&self) {
        if self.is_temporary() {
            tracing::warn!(error = %self, "request refused for now");
        } else {
            tracing::error!(error = %self, "request failed");
        }
    }
}

/// Whether what Postgres answers passes by itself: the server shuts down or starts up (57P), lacks resources (53), is not
/// reached (08); a lock (55P03) or a statement (57014) took longer than its connection allows, a transaction was left
/// idle (25P03), or stood in the way of another (40).
fn passes(code: &str) -> bool {
    ["57P", "57014", "53", "08", "55P03", "25P03", "40"].iter().any(|class| code.starts_with(class))
}

/// Seconds after which it is worth trying again.
const RETRY_AFTER: u64 = 5;

/// Says when to come back, on an answer that is only for now.
pub(crate) fn come_back(response: &mut Response) {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER));
}

/// An error page.
#[derive(Debug)]
pub(crate) enum PageError {
    /// The request of the relying party, or the link, is not acceptable.
    BadRequest(BadRequest),
    /// The form was sent from another site.
    Forbidden,
    /// No such page.
    NotFound,
    /// Too much was asked in a minute.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// Our failure.
    Failed(Error),
}

/// Why a request is answered by a page and not by a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadRequest {
    /// A parameter was given twice.
    RepeatedParameter,
    /// `client_id` is missing or unknown.
    UnknownClient,
    /// `redirect_uri` is missing or not registered.
    UnregisteredRedirectUri,
    /// `post_logout_redirect_uri` is not registered.
    UnregisteredPostLogoutRedirectUri,
    /// `id_token_hint` is not one of our tokens.
    InvalidLogoutHint,
    /// `login_hint`, `firstname` or `lastname` is missing.
    IncompleteActivation,
}

impl BadRequest {
    /// The word kept in the audit trail.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::RepeatedParameter => "repeated_parameter",
            Self::UnknownClient => "unknown_client",
            Self::UnregisteredRedirectUri => "unregistered_redirect_uri",
            Self::UnregisteredPostLogoutRedirectUri => "unregistered_post_logout_redirect_uri",
            Self::InvalidLogoutHint => "invalid_id_token_hint",
            Self::IncompleteActivation => "incomplete_activation",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::RepeatedParameter => {
                "Le site qui vous envoie a transmis deux fois la même information. La connexion ne peut pas continuer."
            }
            Self::UnknownClient => {
                "Le site qui vous envoie n’est pas enregistré auprès de ce service de connexion."
            }
            Self::UnregisteredRedirectUri => {
                "L’adresse de retour demandée n’est pas enregistrée pour ce site. \
                 Par sécurité, elle n’a pas été suivie."
            }
            Self::UnregisteredPostLogoutRedirectUri => {
                "L’adresse de retour demandée après la déconnexion n’est pas enregistrée. \
                 Par sécurité, elle n’a pas été suivie et rien n’a changé."
            }
            Self::IncompleteActivation => {
                "Le site qui vous envoie n’a pas transmis votre adresse, votre prénom et votre nom. \
                 Le compte ne peut pas être ouvert ainsi."
            }
            Self::InvalidLogoutHint => "La demande de déconnexion n’est pas valable. Rien n’a changé.",
        }
    }
}

#[derive(Template)]
#[template(path = "connect/error.html")]
struct ErrorPage<'a> {
    layout: Layout<'a>,
    code: u16,
    title: &'static str,
    sentence: &'static str,
}

impl PageError {
    fn parts(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::BadRequest(reason) => (StatusCode::BAD_REQUEST, "Demande refusée", reason.sentence()),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                "Formulaire refusé",
                "Ce formulaire a été envoyé depuis un autre site. Revenez à la page de connexion et recommencez.",
            ),
            Self::NotFound => {
                (StatusCode::NOT_FOUND, "Page introuvable", "Cette page n’existe pas ou n’existe plus.")
            }
            Self::TooManyRequests { .. } => (
                StatusCode::TOO_MANY_REQUESTS,
                "Trop de demandes en peu de temps",
                "Pour protéger les comptes et le service, le nombre de pages est limité. \
                 Attendez une minute, puis recommencez.",
            ),
            Self::Failed(error) if error.is_temporary() => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Service momentanément indisponible",
                "Le service de connexion ne répond pas. Réessayez dans quelques instants.",
            ),
            Self::Failed(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Une erreur est survenue",
                "Le service de connexion a rencontré une erreur. Réessayez ; si elle se répète, prévenez le support.",
            ),
        }
    }

    /// The page, under the given base path (the error may come before any handler has run).
    pub(crate) fn into_page(self, base_path: &str) -> Response {
        if let Self::Failed(error) = &self {
            error.log();
        }
        let (status, title, sentence) = self.parts();
        let layout = Layout { base_path };
        let mut response = match (ErrorPage { layout, code: status.as_u16(), title, sentence }).render() {
            Ok(html) => page::html(status, html),
            Err(_) => status.into_response(),
        };
        if let Self::TooManyRequests { retry_after } = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            come_back(&mut response);
        }
        response
    }
}

/// Handlers answer `Result<Response, PageError>`; the layer [`page::render_errors`] draws the page,
/// because only it knows the base path.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.parts().0.into_response();
        response.extensions_mut().insert(page::Undrawn::new(self));
        response
    }
}

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<sqlx::Error> for PageError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<BadRequest> for PageError {
    fn from(reason: BadRequest) -> Self {
        Self::BadRequest(reason)
    }
}
