//! Who makes the request, found once and read by every extractor.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum_extra::routing::TypedPath as _;
use iae_app::accounts::SignedIn;
use iae_domain::accounts::gate::{Asks, Gate, closed};
use iae_domain::ids::{RequestId, UserId};
use tower_sessions::Session;

use crate::accounts::returning;
use crate::error::PageError;
use crate::impersonation;
use crate::paths::{
    AccessibilityPath, AccountLetterPath, BeginPath, CallbackPath, DashboardPath, ForgottenPasswordPath,
    HealthPath, LegalPath, LoginPath, LogoutCallbackPath, LogoutPath, PersonalDataPath,
    SecondFactorEnrolmentPath, SecondFactorPath, TermsPath, TermsVersionPath,
};
use crate::session;
use crate::state::WebState;
use crate::visitor::Visitor;

/// Puts the [`Visitor`] in the request. A session whose account was closed is ended (USR-19).
pub async fn identify(
    State(state): State<WebState>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Result<Response, PageError> {
    let now = state.clock.now();
    let request_id = request.extensions().get::<RequestId>().copied().unwrap_or_else(|| RequestId::at(now));
    let person = session::person(&session, &state, now).await?;
    let visitor = Visitor { person: person.map(Arc::new), now, request_id };
    request.extensions_mut().insert(visitor.clone());
    let names_a_page = request.extensions().get::<MatchedPath>().is_some();
    let passed = match &visitor.person {
        Some(person) => {
            let asked = Asked::of(&request);
            pass(&state, &session, &visitor, person, asked).await
        }
        None => Ok(()),
    };
    let mut response = match passed {
        Ok(()) => next.run(request).await,
        Err(closed) => closed.into_response(),
    };
    if let Some(person) = &visitor.person {
        note_refusal(person.behind(), response.status(), names_a_page);
    }
    // The layer of security headers forbids caches to keep what a signed-in person sees.
    response.extensions_mut().insert(visitor);
    Ok(response)
}

/// What who still has to show a second factor may open: the ways in and out, the terms, what everyone has to be able to read.
const BEFORE_SECOND_FACTOR: &[&str] = &[
    LoginPath::PATH,
    BeginPath::PATH,
    CallbackPath::PATH,
    LogoutPath::PATH,
    LogoutCallbackPath::PATH,
    SecondFactorPath::PATH,
    SecondFactorEnrolmentPath::PATH,
    ForgottenPasswordPath::PATH,
    AccountLetterPath::PATH,
    TermsPath::PATH,
    TermsVersionPath::PATH,
    LegalPath::PATH,
    PersonalDataPath::PATH,
    AccessibilityPath::PATH,
    HealthPath::PATH,
];

/// What a request asks for.
struct Asked {
    /// Whether a second factor comes before it.
    is_guarded: bool,
    /// Whether nobody asks for it in somebody else's place (AUT-31).
    is_own: bool,
    /// Whether it ends the session, whatever it shows.
    is_logout: bool,
    /// Where one comes back to.
    back: String,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        let page = request.uri().path_and_query().filter(|_| *request.method() == Method::GET);
        Self {
            is_guarded: route.is_some_and(|route| !BEFORE_SECOND_FACTOR.contains(&route)),
            is_own: route.is_some_and(impersonation::is_closed),
            is_logout: route == Some(LogoutPath::PATH),
            back: page.map_or_else(|| DashboardPath.to_string(), ToString::to_string),
        }
    }
}

/// The first gates, on pages and forms alike: what nobody does in somebody else's place (AUT-31), the second factor (SES-5). The
/// others stand where one knows what the page asks (`extract.rs`).
async fn pass(
    state: &WebState,
    session: &Session,
    visitor: &Visitor,
    person: &SignedIn,
    asked: Asked,
) -> Result<(), PageError> {
    if !asked.is_logout
        && let Some(to) = impersonation::over(state, session, visitor, person).await?
    {
        return Err(PageError::Through { to });
    }
    if asked.is_own && person.impersonator.is_some() {
        return Err(PageError::InTheirPlace);
    }
    if !asked.is_guarded {
        return Ok(());
    }
    let showed = session::shown_factor(session).await?.is_some();
    let standing = person.standing(&state.config, showed, state.clock.now());
    match closed(Some(&standing), Asks { second_factor: true, ..Asks::default() }) {
        Some(Gate::SecondFactor) => Err(PageError::Through { to: returning(SecondFactorPath, &asked.back) }),
        Some(Gate::EnrolSecondFactor) => {
            Err(PageError::Through { to: returning(SecondFactorEnrolmentPath, &asked.back) })
        }
        Some(Gate::LogIn | Gate::NoOrganisation | Gate::Terms | Gate::Welcome) | None => Ok(()),
    }
}

/// Who met a page that is not for them, or a thing that does not exist for them: beside the route and the request of the
/// span, their account, and nothing else of them. An address that names no page is nobody's.
fn note_refusal(account: UserId, status: StatusCode, names_a_page: bool) {
    if status == StatusCode::FORBIDDEN || (status == StatusCode::NOT_FOUND && names_a_page) {
        tracing::warn!(account.id = %account, http.status = status.as_u16(), "refused to an account");
    }
}
