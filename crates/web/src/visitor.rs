//! Who makes the request.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use iae_app::accounts::SignedIn;
use iae_domain::ids::RequestId;

/// The request's person, time and id.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who is signed in.
    pub person: Option<Arc<SignedIn>>,
    /// When the request came: the one reading of the clock for all it does.
    pub now: DateTime<Utc>,
    /// Its id, shown on the page of an error and kept in logs and audit rows.
    pub request_id: RequestId,
}
