//! The roads of professionals into the platform, besides invitations (rule book 01 §8, S8 to S13): they find their organisation and ask
//! to be let in, or they sign it up.

mod agency;
mod companies;
mod company;
mod company_link;
mod establishment;
mod facilitator;
mod join_request;
mod messages;
mod prescriber;
mod start;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use iae_app::Ctx;
use iae_app::accounts::SignedIn;
use iae_domain::accounts::UserKind;
use iae_domain::actor::ActorRecord;
use iae_domain::ids::UserId;

use crate::error::PageError;
use crate::extract::{Person, visitor};
use crate::routing::Routes;
use crate::state::WebState;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(start::get)
        .get(companies::get)
        .get(company::get)
        .post(company::post)
        .get(company_link::get)
        .post(company_link::post)
        .get(facilitator::get)
        .post(facilitator::post)
        .get(prescriber::get)
        .post(prescriber::post)
        .post(join_request::post)
        .get(agency::get)
        .post(agency::post)
}

/// What is answered to whoever is no professional, at each step (SGN-6, DEC).
const FOR_PROFESSIONALS: PageError =
    PageError::Forbidden { reserved_for: "aux professionnels de l’insertion" };

/// A professional, whether they act for an organisation or for none.
pub struct Newcomer {
    /// Who they are.
    person: SignedIn,
    /// What the audit trail keeps of them.
    ctx: Ctx<ActorRecord>,
}

impl Newcomer {
    /// Their account.
    const fn user(&self) -> UserId {
        self.person.user
    }

    /// Whether they are an agent of France Travail, by their address (PRE-20).
    fn is_agent(&self) -> bool {
        self.person.email.as_ref().is_some_and(|email| email.is_france_travail_agent())
    }
}

impl FromRequestParts<WebState> for Newcomer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let Person(person) = <Person as FromRequestParts<WebState>>::from_request_parts(parts, state).await?;
        match person.kind {
            UserKind::Professional => {}
            UserKind::JobSeeker | UserKind::Staff => return Err(FOR_PROFESSIONALS),
        }
        let visitor = visitor(parts)?;
        let ctx = visitor.ctx(person.record());
        Ok(Self { person, ctx })
    }
}
