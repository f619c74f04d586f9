//! The permission is the extractor: `Ctx<EmployerActor>` in a handler's signature says who may come in.
//!
//! No session leads to the login page, another kind of actor to the 403 page that names who the page is for.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use iae_app::Ctx;
use iae_app::accounts::SignedIn;
use iae_domain::Actor;
use iae_domain::accounts::UserKind;
use iae_domain::actor::{
    AuthorisedPrescriber, CandidateActor, EmployerActor, InspectorActor, PrescriberActor, StaffActor,
};

use crate::error::PageError;
use crate::state::WebState;
use crate::visitor::Visitor;

/// The visitor of the request; absent only when a route was built outside the layers, which is a defect.
pub(crate) fn visitor(parts: &Parts) -> Result<&Visitor, PageError> {
    parts
        .extensions
        .get::<Visitor>()
        .ok_or_else(|| PageError::defect("a route is outside the identify layer"))
}

/// Where a person who signs in comes back to: the page they asked for, when it can be asked for again.
fn return_to(parts: &Parts) -> String {
    let readable = parts.method == axum::http::Method::GET;
    let path = parts.uri.path_and_query().filter(|_| readable);
    path.map_or_else(|| "/dashboard".to_owned(), ToString::to_string)
}

/// Any signed-in person, whatever they may act for.
#[derive(Debug, Clone)]
pub struct Person(pub SignedIn);

impl FromRequestParts<WebState> for Person {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Self, PageError> {
        let visitor = visitor(parts)?;
        match &visitor.person {
            Some(person) => Ok(Self(SignedIn::clone(person))),
            None => Err(PageError::LoginRequired { return_to: return_to(parts) }),
        }
    }
}

/// Someone or nobody: for pages open to all.
impl FromRequestParts<WebState> for Ctx<()> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Self, PageError> {
        let visitor = visitor(parts)?;
        Ok(Self { actor: (), now: visitor.now, request_id: visitor.request_id })
    }
}

/// Any actor. A professional without usable organisation is told so (SES-7).
impl FromRequestParts<WebState> for Ctx<Actor> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Self, PageError> {
        let visitor = visitor(parts)?;
        let Some(person) = &visitor.person else {
            return Err(PageError::LoginRequired { return_to: return_to(parts) });
        };
        let actor = person.actor().ok_or(PageError::NoOrganisation)?;
        Ok(Self { actor, now: visitor.now, request_id: visitor.request_id })
    }
}

/// The actor when there is one: public pages that offer more to those signed in.
impl OptionalFromRequestParts<WebState> for Ctx<Actor> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Option<Self>, Infallible> {
        Ok(<Self as FromRequestParts<WebState>>::from_request_parts(parts, state).await.ok())
    }
}

macro_rules! only {
    ($( $actor:ident, $reserved_for:literal; )+) => { $(
        impl FromRequestParts<WebState> for Ctx<$actor> {
            type Rejection = PageError;

            async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
                let ctx = <Ctx<Actor> as FromRequestParts<WebState>>::from_request_parts(parts, state).await?;
                $actor::try_from(&ctx.actor)
                    .map(|actor| ctx.with(actor))
                    .map_err(|_| PageError::Forbidden { reserved_for: $reserved_for })
            }
        }
    )+ };
}

only! {
    CandidateActor, "aux candidats";
    PrescriberActor, "aux prescripteurs et orienteurs";
    EmployerActor, "aux employeurs";
    InspectorActor, "aux agents de l'État";
    StaffActor, "à l'équipe du service";
}

/// A prescripteur habilité. An orienteur, like anyone else, is told whom the page is for.
impl FromRequestParts<WebState> for Ctx<AuthorisedPrescriber> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let ctx = <Ctx<Actor> as FromRequestParts<WebState>>::from_request_parts(parts, state).await?;
        PrescriberActor::try_from(&ctx.actor)
            .and_then(AuthorisedPrescriber::of)
            .map(|authorised| ctx.with(authorised))
            .map_err(|_| PageError::Forbidden { reserved_for: "aux prescripteurs habilités" })
    }
}

/// Whether the person belongs to the kinds that choose an organisation to act for.
pub(crate) fn acts_for_organisations(person: &SignedIn) -> bool {
    person.kind == UserKind::Professional
}
