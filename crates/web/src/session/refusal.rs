//! What is told of a login that signed nobody in, once the session of its provider is closed.

use serde::{Deserialize, Serialize};
use tower_sessions::{Expiry, Session};

use super::{KEPT, identity, unavailable};
use crate::error::PageError;

const REFUSAL: &str = "refusal";

/// Why somebody is not signed in, told once the provider's session is closed (OID-20, OID-25).
#[derive(Clone, Serialize, Deserialize)]
pub struct Refusal {
    /// The state the browser should come back with.
    pub state: String,
    /// What happened.
    pub title: String,
    /// What to do.
    pub message: String,
    /// The page one comes back to.
    pub back: String,
}

/// Holds addresses.
impl std::fmt::Debug for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Refusal(…)")
    }
}

/// The browser is sent to close the session of a provider that signed nobody in, and should come back. Whoever was signed in
/// here stays so.
pub async fn expect_refused(session: &Session, refusal: &Refusal) -> Result<(), PageError> {
    if identity(session).await?.is_none() {
        session.set_expiry(Some(Expiry::OnInactivity(KEPT)));
    }
    session.insert(REFUSAL, refusal).await.map_err(unavailable)
}

/// What is told to who comes back with this state, once.
pub async fn take_refusal(session: &Session, state: &str) -> Result<Option<Refusal>, PageError> {
    let expected: Option<Refusal> = session.get(REFUSAL).await.map_err(unavailable)?;
    let Some(refusal) = expected.filter(|refusal| refusal.state == state) else { return Ok(None) };
    session.remove_value(REFUSAL).await.map_err(unavailable)?;
    Ok(Some(refusal))
}
