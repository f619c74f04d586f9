//! What every page says while somebody of the team sees it as the person: never closed, printed too (AUT-31).

use std::convert::Infallible;

use axum::extract::OptionalFromRequestParts;
use axum::http::request::Parts;

use crate::french;
use crate::state::WebState;
use crate::visitor::Visitor;

/// The words of the banner.
#[derive(Debug, Clone)]
pub struct SeenAs {
    /// Who of the team.
    pub by: String,
    /// Whose place they are in.
    pub name: String,
    /// Since when: « 11 h 02 ».
    pub since: String,
    /// Until when at the latest.
    pub until: String,
}

impl SeenAs {
    /// « de Nadia ROUX », « d’Amel BENALI »: in whose place.
    pub fn of_name(&self) -> String {
        french::of(&self.name)
    }

    /// Of a request; none when the person is behind it themselves.
    pub fn of(visitor: &Visitor) -> Option<Self> {
        let person = visitor.person.as_ref()?;
        let by = person.impersonator.as_ref()?;
        Some(Self {
            by: by.name.clone(),
            name: person.name.clone(),
            since: french::hour(by.since),
            until: french::hour(by.until),
        })
    }
}

/// For documents on paper, which have no frame.
impl OptionalFromRequestParts<WebState> for SeenAs {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Visitor>().and_then(Self::of))
    }
}
