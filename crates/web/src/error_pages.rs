//! The pages shown instead of the one asked for. Each says what happened, and what can be done, by whom.
//!
//! The status of each is decided in `error.rs`.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Redirect, Response};

use chrono::{DateTime, Utc};
use iae_domain::budget::Budget;

use crate::error::PageError;
use crate::filters;
use crate::french;
use crate::layout::{Layout, OrganisationChoice};
use crate::paths::LoginPath;
use crate::state::WebState;
use crate::visitor::Visitor;

/// 404: nothing there, or nothing this person may see.
#[derive(Template)]
#[template(path = "errors/not_found.html")]
pub struct NotFound {
    /// The frame of the page.
    pub layout: Layout,
}

/// 403: the page is for another kind of account.
#[derive(Template)]
#[template(path = "errors/forbidden.html")]
pub struct Forbidden {
    /// The frame of the page.
    pub layout: Layout,
    /// Who the page is for, completing « Cette page est réservée … »: « aux employeurs solidaires ».
    pub reserved_for: String,
}

/// 403: a professional whose every organisation left the service.
#[derive(Template)]
#[template(path = "errors/no_organisation.html")]
pub struct NoOrganisation {
    /// The frame of the page.
    pub layout: Layout,
}

/// 409: the form was made for another organisation of the same person (D5).
#[derive(Template)]
#[template(path = "errors/other_organisation.html")]
pub struct OtherOrganisation {
    /// The frame of the page.
    pub layout: Layout,
    /// The key of the organisation the form was made for.
    pub made_for: Option<String>,
}

impl OtherOrganisation {
    /// The organisation the form was made for, when the person may still act for it.
    fn offered(&self) -> Option<&OrganisationChoice> {
        let made_for = self.made_for.as_deref()?;
        self.layout.other_organisations().find(|organisation| organisation.key == made_for)
    }
}

/// 409: the thing has changed since the page was read.
#[derive(Template)]
#[template(path = "errors/conflict.html")]
pub struct Conflict {
    /// The frame of the page.
    pub layout: Layout,
    /// What happened meanwhile.
    pub message: String,
    /// Where the thing is now: words and address.
    pub link: Option<(String, String)>,
}

/// 413: more was sent than is taken.
#[derive(Template)]
#[template(path = "errors/too_large.html")]
pub struct TooLarge {
    /// The frame of the page.
    pub layout: Layout,
}

/// 408: what was sent stopped coming, or came too slowly.
#[derive(Template)]
#[template(path = "errors/too_slow.html")]
pub struct TooSlow {
    /// The frame of the page.
    pub layout: Layout,
}

/// 429: too many requests from the same place.
#[derive(Template)]
#[template(path = "errors/too_many_requests.html")]
pub struct TooManyRequests {
    /// The frame of the page.
    pub layout: Layout,
    /// When to try again: « dans 2 minutes ».
    pub retry: String,
}

/// 429: the person asked all they may for now.
#[derive(Template)]
#[template(path = "errors/exhausted.html")]
pub struct Exhausted {
    /// The frame of the page.
    pub layout: Layout,
    /// Of what.
    pub budget: Budget,
    /// When they may again.
    pub until: DateTime<Utc>,
}

/// 503: the database cannot be reached, or maintenance is under way.
#[derive(Template)]
#[template(path = "errors/unavailable.html")]
pub struct Unavailable {
    /// The frame of the page.
    pub layout: Layout,
    /// Until when, if it is known: « 3 mars 2026 à 14 h 05 ».
    pub until: Option<String>,
}

/// 500: our fault; the number lets us find it.
#[derive(Template)]
#[template(path = "errors/internal.html")]
pub struct Internal {
    /// The frame of the page.
    pub layout: Layout,
    /// The number to quote.
    pub request_id: String,
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
        return Redirect::to(&format!("{LoginPath}?{query}")).into_response();
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
        PageError::NoOrganisation => NoOrganisation { layout }.render(),
        PageError::NotFound | PageError::MethodNotAllowed | PageError::Malformed | PageError::Unstorable => {
            NotFound { layout }.render()
        }
        PageError::Forbidden { reserved_for } => {
            Forbidden { layout, reserved_for: reserved_for.to_owned() }.render()
        }
        PageError::OtherOrganisation { made_for } => {
            OtherOrganisation { made_for: made_for.map(|id| id.to_string()), layout }.render()
        }
        PageError::Conflict { message, link } => Conflict { layout, message, link }.render(),
        PageError::TooLarge => TooLarge { layout }.render(),
        PageError::TooSlow => TooSlow { layout }.render(),
        PageError::Exhausted { budget, until } => Exhausted { layout, budget, until }.render(),
        PageError::TooManyRequests { retry_after } => {
            TooManyRequests { layout, retry: french::in_seconds(retry_after) }.render()
        }
        PageError::Unavailable => Unavailable { layout, until: None }.render(),
        PageError::Internal => Internal { layout, request_id }.render(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::HeaderUser;

    #[test]
    fn the_forbidden_page_offers_the_other_organisations_of_the_person() {
        let layout = Layout {
            path: "/applications".to_owned(),
            user: Some(HeaderUser {
                name: "Nadia Roux".to_owned(),
                role_label: "Prescriptrice".to_owned(),
                organisation: Some("Mission locale".to_owned()),
                is_staff: false,
            }),
            organisations: vec![OrganisationChoice {
                key: "2".to_owned(),
                name: "Les Jardins d’Aurore".to_owned(),
                kind_label: "Atelier et chantier d’insertion".to_owned(),
                current: false,
            }],
            ..Layout::default()
        };
        let page =
            Forbidden { layout, reserved_for: "aux employeurs solidaires".to_owned() }.render().unwrap();
        assert!(page.contains("réservée aux employeurs solidaires"));
        assert!(page.contains("Les Jardins d’Aurore"));
        assert!(page.contains(r#"name="return_to" value="/applications""#));
    }

    #[test]
    fn the_internal_error_page_gives_its_number_and_nothing_else() {
        let page = Internal { layout: Layout::anonymous("/x"), request_id: "01JB-42".to_owned() };
        assert!(page.render().unwrap().contains("01JB-42"));
    }
}
