//! The pages shown instead of the one asked for. Each says what happened, and what can be done, by whom.
//!
//! The status of each is decided in `error.rs`.

mod conflict;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Redirect, Response};

use chrono::{DateTime, Utc};
use iae_app::organisations::sign_up::queries::{OwnRequest, Waiting, asked_by, waiting};
use iae_domain::budget::Budget;

use crate::accounts::login::LoginQuery;
use crate::error::{AllowedFrom, PageError};
use crate::extract::form_page;
use crate::filters;
use crate::frame::same_for_another;
use crate::french;
use crate::layout::{Layout, OrganisationChoice};
use crate::session;
use crate::state::WebState;
use crate::visitor::Visitor;

pub use conflict::Conflict;

/// 404: nothing there, or nothing this person may see.
#[derive(Template)]
#[template(path = "errors/not_found.html")]
pub struct NotFound {
    /// The frame of the page.
    pub layout: Layout,
}

/// What was asked cannot be taken as it is: 400, 405, 414, 422, 403 from another site, 429 of a second export.
#[derive(Template)]
#[template(path = "errors/not_taken.html")]
pub struct NotTaken {
    /// The frame of the page.
    pub layout: Layout,
    /// The status, as a number.
    pub code: u16,
    /// Title, what happened, what to do.
    pub words: [&'static str; 3],
}

impl NotTaken {
    const MALFORMED: [&str; 3] = [
        "Votre envoi n’a pas pu être lu",
        "Ce que votre navigateur a envoyé est incomplet, ou n’a pas la forme attendue. Rien n’a été enregistré.",
        "Rouvrez la page du formulaire, remplissez-le et envoyez-le de nouveau.",
    ];
    const NOT_THIS_WAY: [&str; 3] = [
        "Cette adresse ne s’ouvre pas ainsi",
        "Elle reçoit un formulaire, ou montre une page, et votre navigateur a fait l’inverse. Rien n’a été enregistré.",
        "Repartez de la page qui vous a amené ici, ou de l’accueil.",
    ];
    const UNSTORABLE: [&str; 3] = [
        "Un caractère ne peut pas être enregistré",
        "Ce que vous avez envoyé contient un caractère invisible, venu sans doute d’un copier-coller. Rien n’a été \
         enregistré.",
        "Revenez à la page précédente, retapez le texte que vous aviez collé, puis envoyez de nouveau.",
    ];
    const TOO_LONG: [&str; 3] = [
        "Cette adresse est trop longue",
        "Elle dépasse ce que le service lit. Rien n’a été enregistré.",
        "Repartez de l’accueil. Sur une liste, choisissez moins de filtres à la fois.",
    ];
    const FROM_ELSEWHERE: [&str; 3] = [
        "Ce formulaire vient d’un autre site",
        "Par sécurité, il n’a pas été pris en compte. Rien n’a été enregistré.",
        "Ouvrez le service par son accueil, puis recommencez depuis ses propres pages.",
    ];
    const EXPORT_RUNNING: [&str; 3] = [
        "Un autre export est en cours",
        "Vous en téléchargez déjà un\u{a0}: un compte en prend un à la fois, pour que chacun ait le sien. Rien d’autre \
         n’est bloqué.",
        "Attendez la fin du téléchargement, ou annulez-le dans votre navigateur, puis redemandez cet export.",
    ];
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

/// 403: only the person does this, and somebody of the team sees the platform as them (AUT-31).
#[derive(Template)]
#[template(path = "errors/in_their_place.html")]
pub struct InTheirPlace {
    /// The frame of the page.
    pub layout: Layout,
}

/// 403: a professional whose every organisation left the service.
#[derive(Template)]
#[template(path = "errors/no_organisation.html")]
pub struct NoOrganisation {
    /// The frame of the page.
    pub layout: Layout,
    /// What they signed up, and waits to be verified (SGN-16).
    pub waiting: Vec<Waiting>,
    /// What they asked to join (SGN-15).
    pub asked: Vec<OwnRequest>,
}

/// 403: an agent of France Travail who joined no agency yet (PRE-18).
#[derive(Template)]
#[template(path = "errors/no_agency.html")]
pub struct NoAgency {
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

/// 413: more was sent than is taken.
#[derive(Template)]
#[template(path = "errors/too_large.html")]
pub struct TooLarge {
    /// The frame of the page.
    pub layout: Layout,
    /// The page whose form was sent, when the browser says it.
    pub back: Option<String>,
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
    let uri = request.uri().clone();
    let head = request.method() == Method::HEAD;
    let said = kept(request.headers());
    let mut response = next.run(request).await;
    // What is refused by the layer that says who asks, says it with its answer.
    let visitor = visitor.or_else(|| response.extensions().get::<Visitor>().cloned());
    if let (Some(from), Some(visitor)) = (response.extensions().get::<AllowedFrom>(), &visitor) {
        let seconds = HeaderValue::from(from.seconds_left(visitor.now));
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    let Some(error) = response.extensions().get::<Arc<PageError>>().cloned() else { return response };
    let said: HeaderMap = said.into_iter().collect();
    let sent_from = form_page(&said, &state.config.base_url).filter(|page| !page.starts_with("//"));
    let had_session = session::is_named(&said, &state.app);
    let mut layout = Layout::of(&state, visitor.as_ref(), uri.path().to_owned(), None);
    layout.return_to = same_for_another(&uri);
    if let PageError::LoginRequired { return_to } = error.as_ref() {
        return Redirect::to(&LoginQuery::required(return_to, had_session)).into_response();
    }
    if let PageError::Through { to } = error.as_ref() {
        return Redirect::to(to).into_response();
    }
    let person = visitor.as_ref().and_then(|visitor| visitor.person.as_ref());
    let asks = match (error.as_ref(), person, visitor.as_ref()) {
        (PageError::NoOrganisation, Some(person), Some(visitor)) => (
            waiting(&state.db, person.user).await.unwrap_or_default(),
            asked_by(&state.db, person.user, visitor.now).await.unwrap_or_default(),
        ),
        _ => (Vec::new(), Vec::new()),
    };
    let wait = response.headers_mut().remove(header::RETRY_AFTER);
    let request_id = visitor.as_ref().map(|visitor| visitor.request_id.to_string()).unwrap_or_default();
    let body = if head {
        String::new()
    } else {
        page(&error, layout, (sent_from, asks), request_id).unwrap_or_default()
    };
    let mut page = (error.status(), Html(body)).into_response();
    if let Some(wait) = error.retry_after().map(HeaderValue::from).or(wait) {
        page.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    // No cache keeps it: `layers::keep_private`.
    if let Some(visitor) = visitor {
        page.extensions_mut().insert(visitor);
    }
    page
}

/// What a page of error reads of the request, which is gone by then: kept as it came, since most requests end well.
fn kept(headers: &HeaderMap) -> Vec<(HeaderName, HeaderValue)> {
    let all =
        |name: HeaderName| headers.get_all(&name).iter().map(move |value| (name.clone(), value.clone()));
    all(header::REFERER).chain(all(header::COOKIE)).collect()
}

fn page(
    error: &PageError,
    layout: Layout,
    (sent_from, (waiting, asked)): (Option<String>, (Vec<Waiting>, Vec<OwnRequest>)),
    request_id: String,
) -> askama::Result<String> {
    let code = error.status().as_u16();
    let not_taken = |words| NotTaken { layout: layout.clone(), code, words }.render();
    match error.clone() {
        PageError::LoginRequired { .. } | PageError::Through { .. } => Ok(String::new()),
        PageError::NoOrganisation => NoOrganisation { layout, waiting, asked }.render(),
        PageError::NoAgency => NoAgency { layout }.render(),
        PageError::InTheirPlace => InTheirPlace { layout }.render(),
        PageError::NotFound => NotFound { layout }.render(),
        PageError::Malformed => not_taken(NotTaken::MALFORMED),
        PageError::MethodNotAllowed => not_taken(NotTaken::NOT_THIS_WAY),
        PageError::Unstorable => not_taken(NotTaken::UNSTORABLE),
        PageError::AddressTooLong => not_taken(NotTaken::TOO_LONG),
        PageError::FromElsewhere => not_taken(NotTaken::FROM_ELSEWHERE),
        PageError::ExportRunning => not_taken(NotTaken::EXPORT_RUNNING),
        PageError::Forbidden { reserved_for } => {
            Forbidden { layout, reserved_for: french::spaced(reserved_for) }.render()
        }
        PageError::OtherOrganisation { made_for } => {
            OtherOrganisation { made_for: made_for.map(|id| id.to_string()), layout }.render()
        }
        PageError::Conflict { message, link } => Conflict::meanwhile(layout, message, link).render(),
        PageError::PassCancelled(pass) => Conflict::of_cancelled(layout, &pass).render(),
        PageError::TooLarge => TooLarge { layout, back: sent_from }.render(),
        PageError::TooSlow => TooSlow { layout }.render(),
        PageError::Exhausted { budget, until } => {
            Exhausted { layout, budget, until: french::whole_minute(until) }.render()
        }
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
            return_to: "/applications".to_owned(),
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
