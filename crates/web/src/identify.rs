//! Who makes the request, found once and read by every extractor.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use iae_app::accounts::signed_in;
use iae_domain::ids::{RequestId, UserId};
use tower_sessions::Session;

use crate::error::PageError;
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
    let mut person = None;
    if let Some((user, wanted)) = session::identity(&session).await? {
        person = signed_in(&state.db, user, wanted, now).await?;
        if person.is_none() {
            session::close(&session).await?;
        }
    }
    let visitor = Visitor { person: person.map(Arc::new), now, request_id };
    request.extensions_mut().insert(visitor.clone());
    let names_a_page = request.extensions().get::<MatchedPath>().is_some();
    let mut response = next.run(request).await;
    if let Some(person) = &visitor.person {
        note_refusal(person.user, response.status(), names_a_page);
    }
    // The layer of security headers forbids caches to keep what a signed-in person sees.
    response.extensions_mut().insert(visitor);
    Ok(response)
}

/// Who met a page that is not for them, or a thing that does not exist for them: beside the route and the request of the
/// span, their account, and nothing else of them. An address that names no page is nobody's.
fn note_refusal(account: UserId, status: StatusCode, names_a_page: bool) {
    if status == StatusCode::FORBIDDEN || (status == StatusCode::NOT_FOUND && names_a_page) {
        tracing::warn!(account.id = %account, http.status = status.as_u16(), "refused to an account");
    }
}
