//! Every way a page may not be shown, and the page shown instead. Handlers return `Result<_, PageError>`; the layer
//! [`error_pages::render`](crate::error_pages::render) turns the error into a page with the frame of the person who asked.
//!
//! Expected refusals of a form are not errors: the handler answers 422 with the form itself.

use std::borrow::Cow;
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use iae_app::Error;
use iae_domain::budget::{Budget, Exhausted};
use iae_domain::ids::OrganisationId;
use iae_domain::pass::CancelledNotice;
use iae_domain::policy::Denied;

/// Why a page is not shown.
#[derive(Debug, Clone)]
pub enum PageError {
    /// Nobody is signed in: to the login page, then back.
    LoginRequired {
        /// Local path to come back to.
        return_to: String,
    },
    /// Something comes before the page: a second factor, the terms, the welcome (rule book 01 §9.2).
    Through {
        /// Its address, which leads back.
        to: String,
    },
    /// A professional without usable organisation (SES-7).
    NoOrganisation,
    /// An agent of France Travail without agency (PRE-18).
    NoAgency,
    /// The thing does not exist for this person (TEN-1).
    NotFound,
    /// The address exists, not for this method.
    MethodNotAllowed,
    /// The page is for another role.
    Forbidden {
        /// Completes « Cette page est réservée … ».
        reserved_for: &'static str,
    },
    /// Only the person does this, and somebody of the team sees the platform as them (AUT-31).
    InTheirPlace,
    /// The form was made for another organisation of the same person (D5).
    OtherOrganisation {
        /// The organisation the form was made for.
        made_for: Option<OrganisationId>,
    },
    /// The thing changed since the page was read (WF-8).
    Conflict {
        /// What happened meanwhile.
        message: String,
        /// Where the thing is now: words and address.
        link: Option<(String, String)>,
    },
    /// The PASS went with the only hire that rested on it; whoever asks read it while it was.
    PassCancelled(Box<CancelledNotice>),
    /// More was sent than is taken.
    TooLarge,
    /// What was sent stopped coming, or came too slowly.
    TooSlow,
    /// The person asked all they may for now (`domain/budget.rs`).
    Exhausted {
        /// Of what.
        budget: Budget,
        /// When they may again.
        until: DateTime<Utc>,
    },
    /// The account takes another export away.
    ExportRunning,
    /// Too many requests came from the same place.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// The body of the request is not a form.
    Malformed,
    /// The form holds the character U+0000, which no text has and no column takes.
    Unstorable,
    /// The address is longer than any of ours.
    AddressTooLong,
    /// The form stood on a page of another site.
    FromElsewhere,
    /// The database or a provider is away.
    Unavailable,
    /// A defect, already logged with the request's id.
    Internal,
}

impl PageError {
    /// A defect of ours: logged here, once, with its causes.
    pub fn defect(what: impl std::fmt::Display) -> Self {
        tracing::error!(error = %what, "internal error");
        Self::Internal
    }

    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::LoginRequired { .. } | Self::Through { .. } => StatusCode::SEE_OTHER,
            Self::NoOrganisation
            | Self::NoAgency
            | Self::Forbidden { .. }
            | Self::InTheirPlace
            | Self::FromElsewhere => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::OtherOrganisation { .. } | Self::Conflict { .. } | Self::PassCancelled(_) => {
                StatusCode::CONFLICT
            }
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Exhausted { .. } | Self::TooManyRequests { .. } | Self::ExportRunning => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Unstorable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl PageError {
    /// When to come back, in seconds, where the answer says it; what is exhausted says it as [`AllowedFrom`].
    pub(crate) const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Unavailable | Self::ExportRunning => Some(10),
            Self::TooManyRequests { retry_after } => Some(*retry_after),
            _ => None,
        }
    }
}

/// When what was refused for now is possible again: the answer says it in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AllowedFrom(pub DateTime<Utc>);

impl AllowedFrom {
    /// The whole seconds left, never one too few.
    pub(crate) fn seconds_left(self, now: DateTime<Utc>) -> u64 {
        let left = (self.0 - now).num_milliseconds();
        u64::try_from(left).map_or(1, |left| left.div_ceil(1000).max(1))
    }
}

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Exhausted(Exhausted { budget, until }) => Self::Exhausted { budget, until },
            Error::PassCancelled(pass) => Self::PassCancelled(pass),
            Error::Denied(Denied::OtherOrganisation) => Self::OtherOrganisation { made_for: None },
            Error::Denied(Denied::NotAuthorised) => {
                Self::Forbidden { reserved_for: "aux prescripteurs habilités" }
            }
            Error::Denied(Denied::NotSiae) => Self::Forbidden { reserved_for: "aux SIAE" },
            Error::Denied(Denied::Role) => {
                Self::Forbidden { reserved_for: "à d’autres rôles que le vôtre" }
            }
            Error::Conflict => Self::Conflict {
                message: "Ce que vous avez envoyé a changé depuis que vous avez ouvert la page, dans un autre onglet \
                          ou par quelqu’un d’autre."
                    .to_owned(),
                link: None,
            },
            Error::Unavailable(cause) => {
                tracing::warn!(error = %cause, "unavailable");
                Self::Unavailable
            }
            Error::Internal(what, cause) => {
                let cause = cause.map(|cause| cause.to_string()).unwrap_or_default();
                Self::defect(format_args!("{what}: {cause}"))
            }
        }
    }
}

/// An address whose id makes no sense names nothing.
impl From<PathRejection> for PageError {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::defect(format_args!("template: {error}"))
    }
}

/// The error travels in the response until `error_pages::render`, which knows the frame.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Self::Exhausted { until, .. } = &self {
            response.extensions_mut().insert(AllowedFrom(*until));
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// What a handler answers with: a page, or the reason there is none.
pub type PageResult<T = Response> = Result<T, PageError>;

/// A page with status 200.
pub fn ok(page: &impl Template) -> PageResult {
    Ok(Html(page.render()?).into_response())
}

/// The same page again, its form refused: 422, values kept.
pub fn unprocessable(page: &impl Template) -> PageResult {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ok_mistaken(page)?).into_response())
}

/// A page with a status of its own.
pub fn page_with(status: StatusCode, page: &impl Template) -> PageResult {
    Ok((status, Html(page.render()?)).into_response())
}

/// The same page again, its form refused for now: 429, values kept.
pub(crate) fn not_now(page: &impl Template, until: DateTime<Utc>) -> PageResult {
    let mut response = (StatusCode::TOO_MANY_REQUESTS, ok_mistaken(page)?).into_response();
    response.extensions_mut().insert(AllowedFrom(until));
    Ok(response)
}

/// A page that answers, and says what it could not read of what was asked. Its title begins with it, as that of every
/// page with mistakes (RGAA 8.6): it is the first thing a screen reader says.
pub fn ok_mistaken(page: &impl Template) -> PageResult {
    const TITLE: &str = "<title>";
    Ok(Html(page.render()?.replacen(TITLE, &format!("{TITLE}Erreur\u{a0}: "), 1)).into_response())
}

/// A page that says why nothing can be done on it: 403.
pub fn forbidden(page: &impl Template) -> PageResult {
    Ok((StatusCode::FORBIDDEN, Html(page.render()?)).into_response())
}

/// After a POST that did what it was asked: to the page that shows the result.
pub fn see_other(path: impl Into<Cow<'static, str>>) -> PageResult {
    Ok(Redirect::to(&path.into()).into_response())
}
