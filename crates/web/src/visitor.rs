//! Who makes the request.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use iae_app::Ctx;
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

impl Visitor {
    /// The context of what this actor does in the request, beside the member of the team who sees the platform as them (AUT-31).
    pub fn ctx<A>(&self, actor: A) -> Ctx<A> {
        let by = self.person.as_ref().and_then(|person| person.impersonator.as_ref());
        let impersonator = by.map(|by| by.user);
        Ctx { actor, now: self.now, request_id: self.request_id, impersonator }
    }
}
