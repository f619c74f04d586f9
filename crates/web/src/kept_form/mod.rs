//! What is posted after the session ended is not lost with it: the fields are kept for the person who was signed in, and
//! are back in the form once the same person signs in again. Nothing is sent by itself, and files are asked again.

mod fill;

pub use fill::filled;

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, BodyDataStream, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::PrivateCookieJar;
use futures_util::Stream;
use iae_domain::ids::UserId;
use tower_sessions::Session;
use url::form_urlencoded;

use crate::documents::upload::Incoming;
use crate::error::{PageError, PageResult};
use crate::extract::form_page;
use crate::layout::FlashLevel;
use crate::session::KeptForm;
use crate::state::WebState;
use crate::visitor::Visitor;
use crate::{cookie, flash, forms, session};

/// Most that is kept of a form.
const MOST: usize = 64 * 1024;
/// Most of a page that is read to be filled.
const PAGE: usize = 4 * 1024 * 1024;
/// Says, sealed, who was last signed in here: what they type then is shown to nobody else.
const OWNER: &str = "last_person";

/// Remembers who signed in here, until the browser closes.
pub(crate) fn remember_owner(jar: PrivateCookieJar, user: UserId, over_tls: bool) -> PrivateCookieJar {
    jar.add(cookie::until_closed(OWNER, user.to_string(), over_tls))
}

/// Who was last signed in here, if this browser remembers it.
pub(crate) fn last_person(jar: &PrivateCookieJar, over_tls: bool) -> Option<UserId> {
    jar.get(&cookie::name(OWNER, over_tls))?.value().parse().ok()
}

/// Keeps what is posted by who is no longer signed in; gives it back to who is again.
pub async fn layer(
    State(state): State<WebState>,
    session: Session,
    jar: PrivateCookieJar,
    request: Request,
    next: Next,
) -> PageResult {
    let person = request.extensions().get::<Visitor>().and_then(|visitor| visitor.person.clone());
    let owner = last_person(&jar, state.config.is_over_tls());
    match (person, owner) {
        (None, Some(owner)) if *request.method() == Method::POST => {
            keep(&state, &session, owner, request, next).await
        }
        (Some(_), _) if *request.method() == Method::GET => give_back(&session, request, next).await,
        _ => Ok(next.run(request).await),
    }
}

async fn keep(
    state: &WebState,
    session: &Session,
    owner: UserId,
    request: Request,
    next: Next,
) -> PageResult {
    let (parts, body) = request.into_parts();
    let lent = Arc::new(Mutex::new(Some(body.into_data_stream())));
    let borrowed = Body::from_stream(Borrowed(Arc::clone(&lent)));
    let response = next.run(Request::from_parts(parts.clone(), borrowed)).await;
    let error = response.extensions().get::<Arc<PageError>>().cloned();
    let page = form_page(&parts.headers, &state.config.base_url);
    if let (Some(PageError::LoginRequired { .. }), Some(page)) = (error.as_deref(), page) {
        let body = lent.lock().unwrap_or_else(PoisonError::into_inner).take();
        let action = parts.uri.path().to_owned();
        let had_files = is_multipart(&parts);
        let read = match body {
            Some(body) => fields(state, parts, Body::from_stream(body)).await.ok(),
            None => None,
        };
        // What cannot be read, or is too long, is not kept: one still comes back to the form.
        if let Some(fields) = read.filter(|fields| length(fields) <= MOST) {
            let kept = KeptForm { owner, page, action, fields, had_files };
            session::keep_form(session, &kept).await?;
        }
    }
    Ok(response)
}

fn is_multipart(parts: &Parts) -> bool {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

fn length(fields: &[(String, String)]) -> usize {
    fields.iter().map(|(name, value)| name.len() + value.len()).sum()
}

/// Whether a field holds what is kept nowhere: a password, a code.
fn is_secret(name: &str) -> bool {
    name.contains("password") || name.contains("code_of_application") || name == "sealed"
}

async fn fields(state: &WebState, parts: Parts, body: Body) -> PageResult<Vec<(String, String)>> {
    let multipart = is_multipart(&parts);
    let request = Request::from_parts(parts, body);
    if multipart {
        return Ok(Incoming::of(request).read(state, &[]).await?.into_fields());
    }
    let bytes = forms::read(request, state).await?;
    let typed = form_urlencoded::parse(&bytes).into_owned();
    Ok(typed.filter(|(name, _)| !is_secret(name)).collect())
}

/// The page shows again what was typed: what it would say of its own contents is not so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GivenBack;

const NOT_SENT: &str = "Rien n’a encore été envoyé";

/// What a form given back says of itself.
const BACK: &str = "Votre session avait pris fin. Ce que vous aviez saisi est de retour dans le formulaire\u{a0}: vérifiez-le, \
                    puis envoyez-le.";

/// What the page says when it has no such form any more.
const LOST: &str =
    "Votre session avait pris fin. Ce que vous aviez saisi n’a pas pu être gardé\u{a0}: reprenez ici.";

async fn give_back(session: &Session, mut request: Request, next: Next) -> PageResult {
    let asked = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let Some(kept) = session::kept_form(session).await.filter(|kept| kept.page == asked) else {
        return Ok(next.run(request).await);
    };
    session::forget_form(session).await?;
    let again = if kept.had_files { " Choisissez de nouveau vos fichiers." } else { "" };
    let back = format!("{BACK}{again}");
    flash::say(session, FlashLevel::Info, NOT_SENT, back.clone()).await?;
    request.extensions_mut().insert(GivenBack);
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || !is_html(&response) {
        if response.status().is_redirection() {
            flash::say(session, FlashLevel::Info, NOT_SENT, LOST.to_owned()).await?;
        }
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let page = to_bytes(body, PAGE).await.map_err(PageError::defect)?;
    let page = String::from_utf8_lossy(&page);
    parts.headers.remove(header::CONTENT_LENGTH);
    // Only the whole page tells whether its form is still there: a step that rested on the session is not.
    let page = fill::filled(&page, &asked, &kept.action, &kept.fields)
        .unwrap_or_else(|| page.replacen(&back, LOST, 1));
    Ok(Response::from_parts(parts, Body::from(page)))
}

fn is_html(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// A body lent to a handler, which comes back when the handler has not taken it.
struct Borrowed(Arc<Mutex<Option<BodyDataStream>>>);

impl Stream for Borrowed {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(body) => Pin::new(body).poll_next(context),
            None => Poll::Ready(None),
        }
    }
}
