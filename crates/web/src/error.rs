//! Every way a page may not be shown, and the page shown instead. Handlers return `Result<_, PageError>`; the layer
//! [`render`] turns the error into a page with the frame of the person who asked.
//!
//! Expected refusals of a form are not errors: the handler answers 422 with the form itself.

use std::borrow::Cow;
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use iae_app::Error;
use iae_domain::ids::OrganisationId;
use iae_domain::policy::Denied;

use crate::error_pages;
use crate::layout::Layout;
use crate::state::WebState;
use crate::visitor::Visitor;

/// Why a page is not shown.
#[derive(Debug, Clone)]
pub enum PageError {
    /// Nobody is signed in: to the login page, then back.
    LoginRequired {
        /// Local path to come back to.
        return_to: String,
    },
    /// A professional without usable organisation (SES-7).
    NoOrganisation,
    /// The thing does not exist for this person (TEN-1).
    NotFound,
    /// The address exists, not for this method.
    MethodNotAllowed,
    /// The page is for another role.
    Forbidden {
        /// Completes « Cette page est réservée … ».
        reserved_for: &'static str,
    },
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
    /// More was sent than is taken.
    TooLarge,
    /// Too many requests came from the same place.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// The body of the request is not a form.
    Malformed,
    /// The form holds the character U+0000, which no text has and no column takes.
    Unstorable,
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

    const fn status(&self) -> StatusCode {
        match self {
            Self::LoginRequired { .. } => StatusCode::SEE_OTHER,
            Self::NoOrganisation | Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::OtherOrganisation { .. } | Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Unstorable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl PageError {
    /// When to come back, in seconds, where the answer says it.
    const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Unavailable => Some(10),
            Self::TooManyRequests { retry_after } => Some(*retry_after),
            _ => None,
        }
    }
}

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Denied(Denied::OtherOrganisation) => Self::OtherOrganisation { made_for: None },
            Error::Denied(Denied::NotAuthorised) => {
                Self::Forbidden { reserved_for: "aux prescripteurs habilités" }
            }
            Error::Denied(Denied::NotSiae) => Self::Forbidden { reserved_for: "aux SIAE" },
            Error::Denied(Denied::Role) => {
                Self::Forbidden { reserved_for: "à d'autres rôles que le vôtre" }
            }
            Error::Conflict => Self::Conflict {
                message: "Ce que vous avez envoyé a changé depuis que vous avez ouvert la page, dans un autre onglet \
                          ou par quelqu'un d'autre."
                    .to_owned(),
                link: None,
            },
            Error::Unavailable(cause) => {
                tracing::warn!(error = %cause, "database unavailable");
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

/// The error travels in the response until [`render`], which knows the frame.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Turns a [`PageError`] into its page.
pub async fn render(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let path = request.uri().path().to_owned();
    let head = request.method() == Method::HEAD;
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<Arc<PageError>>().cloned() else { return response };
    let layout = Layout::of(&state, visitor.as_ref(), path, None);
    if let PageError::LoginRequired { return_to } = error.as_ref() {
        let query = serde_urlencoded::to_string([("return_to", return_to)]).unwrap_or_default();
        return Redirect::to(&format!("/login?{query}")).into_response();
    }
    let request_id = visitor.map(|visitor| visitor.request_id.to_string()).unwrap_or_default();
    let body = if head { String::new() } else { page(&error, layout, request_id).unwrap_or_default() };
    let mut page = (error.status(), Html(body)).into_response();
    if let Some(seconds) = error.retry_after() {
        page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    page
}

fn page(error: &PageError, layout: Layout, request_id: String) -> askama::Result<String> {
    match error.clone() {
        PageError::LoginRequired { .. } => Ok(String::new()),
        PageError::NoOrganisation => error_pages::NoOrganisation { layout }.render(),
        PageError::NotFound | PageError::MethodNotAllowed | PageError::Malformed | PageError::Unstorable => {
            error_pages::NotFound { layout }.render()
        }
        PageError::Forbidden { reserved_for } => {
            error_pages::Forbidden { layout, reserved_for: reserved_for.to_owned() }.render()
        }
        PageError::OtherOrganisation { made_for } => {
            error_pages::OtherOrganisation { made_for: made_for.map(|id| id.to_string()), layout }.render()
        }
        PageError::Conflict { message, link } => error_pages::Conflict { layout, message, link }.render(),
        PageError::TooLarge => error_pages::TooLarge { layout }.render(),
        PageError::TooManyRequests { .. } => {
            error_pages::TooManyRequests { layout, retry: "dans une minute".to_owned() }.render()
        }
        PageError::Unavailable => error_pages::Unavailable { layout, until: None }.render(),
        PageError::Internal => error_pages::Internal { layout, request_id }.render(),
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
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// After a POST that did what it was asked: to the page that shows the result.
pub fn see_other(path: impl Into<Cow<'static, str>>) -> PageResult {
    Ok(Redirect::to(&path.into()).into_response())
}
