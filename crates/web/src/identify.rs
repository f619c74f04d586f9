//! Who makes the request, found once and read by every extractor.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use iae_app::accounts::signed_in;
use iae_domain::ids::RequestId;
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
    let mut response = next.run(request).await;
    // The layer of security headers forbids caches to keep what a signed-in person sees.
    response.extensions_mut().insert(visitor);
    Ok(response)
}
