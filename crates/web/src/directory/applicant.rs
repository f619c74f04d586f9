//! For whom one searches: said on every page of the search, and in every address of it as `for=`, by id alone.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use iae_app::Ctx;
use iae_app::directory::{Applicant, applicant};
use iae_domain::Actor;

use super::query::SearchQuery;
use crate::error::PageError;
use crate::state::WebState;

/// The person the address names, if it names one. Whoever is signed out signs in first; someone the reader does not deal
/// with is not found (D4).
#[derive(Debug, Clone)]
pub struct For(pub(super) Option<Applicant>);

impl FromRequestParts<WebState> for For {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let asked = SearchQuery::read(parts.uri.query().unwrap_or_default()).person;
        if asked.is_none() {
            return Ok(Self(None));
        }
        let ctx = <Ctx<Actor> as FromRequestParts<WebState>>::from_request_parts(parts, state).await?;
        Ok(Self(applicant(state, &ctx, asked).await?))
    }
}

/// « Proposer Amel », or « Postuler » for oneself or for someone still to be chosen.
pub(super) fn action(applicant: Option<&Applicant>) -> String {
    match applicant.map(|applicant| applicant.first_name.as_deref()) {
        None => "Postuler".to_owned(),
        Some(None) => "Proposer cette personne".to_owned(),
        Some(Some(first_name)) => format!("Proposer {first_name}"),
    }
}
