//! The permission is the extractor: `Ctx<EmployerActor>` in a handler's signature says who may come in.
//!
//! No session leads to the login page, another kind of actor to the 403 page that names who the page is for.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum_extra::routing::TypedPath as _;
use iae_app::accounts::SignedIn;
use iae_app::{Ctx, budgets};
use iae_domain::Actor;
use iae_domain::accounts::UserKind;
use iae_domain::accounts::gate::{Asks, Gate, closed};
use iae_domain::actor::{
    AuthorisedPrescriber, CandidateActor, Colleague, EmployerActor, HireCanceller, InspectorActor,
    PrescriberActor, Professional, StaffActor,
};
use url::{Position, Url};

use crate::accounts::returning;
use crate::error::PageError;
use crate::paths::{
    DashboardPath, SecondFactorEnrolmentPath, SecondFactorPath, TermsAcceptancePath, WelcomePath,
};
use crate::state::WebState;
use crate::visitor::Visitor;

/// The visitor of the request; absent only when a route was built outside the layers, which is a defect.
pub(crate) fn visitor(parts: &Parts) -> Result<&Visitor, PageError> {
    parts
        .extensions
        .get::<Visitor>()
        .ok_or_else(|| PageError::defect("a route is outside the identify layer"))
}

/// Where a person who signs in comes back to: the page they asked for, or the page whose form they sent.
fn return_to(parts: &Parts, state: &WebState) -> String {
    let page = if parts.method == Method::GET {
        parts.uri.path_and_query().map(ToString::to_string)
    } else {
        form_page(&parts.headers, &state.config.base_url)
    };
    page.unwrap_or_else(|| DashboardPath.to_string())
}

/// The page of ours a form was sent from: browsers say it, our policy being `same-origin`.
pub(crate) fn form_page(headers: &HeaderMap, base: &Url) -> Option<String> {
    let page = Url::parse(headers.get(header::REFERER)?.to_str().ok()?).ok()?;
    (page.origin() == base.origin()).then(|| page[Position::BeforePath..Position::AfterQuery].to_owned())
}

/// What a page for those who act asks of whoever opens it: the terms are asked of who reads pages, not of what they send nor
/// of parts of pages (SES-10), the welcome of who comes to the dashboard (SES-12).
fn asked_of(parts: &Parts) -> Asks {
    let mode = parts.headers.get("sec-fetch-mode");
    let opens_a_page = parts.method == Method::GET && mode.is_none_or(|mode| mode == "navigate");
    let is_dashboard = parts.uri.path() == DashboardPath::PATH;
    Asks {
        second_factor: true,
        account: true,
        organisation: true,
        terms: opens_a_page,
        welcome: opens_a_page && is_dashboard,
    }
}

/// What is shown in place of the page that is asked, when something comes before it. A second factor was looked at before
/// (`identify.rs`).
fn pass(parts: &Parts, state: &WebState, asks: Asks) -> Result<(), PageError> {
    let visitor = visitor(parts)?;
    let standing = visitor.person.as_ref().map(|person| person.standing(&state.config, true, visitor.now));
    let back = || return_to(parts, state);
    match closed(standing.as_ref(), asks) {
        None => Ok(()),
        Some(Gate::LogIn) => Err(PageError::LoginRequired { return_to: back() }),
        Some(Gate::NoOrganisation) => Err(lacks(visitor)),
        Some(Gate::Terms) => Err(PageError::Through { to: returning(TermsAcceptancePath, &back()) }),
        Some(Gate::Welcome) => Err(PageError::Through { to: WelcomePath.to_string() }),
        Some(Gate::SecondFactor) => Err(PageError::Through { to: returning(SecondFactorPath, &back()) }),
        Some(Gate::EnrolSecondFactor) => {
            Err(PageError::Through { to: returning(SecondFactorEnrolmentPath, &back()) })
        }
    }
}

/// What a professional lacks who may act for nobody (SES-7).
fn lacks(visitor: &Visitor) -> PageError {
    let lacks_agency = visitor.person.as_ref().is_some_and(|person| person.lacks_agency());
    if lacks_agency { PageError::NoAgency } else { PageError::NoOrganisation }
}

/// The actor of a request that nothing stands before.
fn acting(parts: &Parts) -> Result<Ctx<Actor>, PageError> {
    let visitor = visitor(parts)?;
    let actor = visitor.person.as_ref().and_then(|person| person.actor());
    let actor = actor.ok_or_else(|| lacks(visitor))?;
    Ok(visitor.ctx(actor))
}

/// Any signed-in person, whatever they may act for.
#[derive(Debug, Clone)]
pub struct Person(pub SignedIn);

impl FromRequestParts<WebState> for Person {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let visitor = visitor(parts)?;
        match &visitor.person {
            Some(person) => Ok(Self(SignedIn::clone(person))),
            None => Err(PageError::LoginRequired { return_to: return_to(parts, state) }),
        }
    }
}

/// The person when someone is signed in: pages that say so when nobody is.
impl OptionalFromRequestParts<WebState> for Person {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Option<Self>, Infallible> {
        Ok(<Self as FromRequestParts<WebState>>::from_request_parts(parts, state).await.ok())
    }
}

/// Someone or nobody: for pages open to all.
impl FromRequestParts<WebState> for Ctx<()> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Self, PageError> {
        Ok(visitor(parts)?.ctx(()))
    }
}

/// Where a request comes from, for what is counted by address (`app/src/budgets`).
impl FromRequestParts<WebState> for budgets::Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        Ok(Self::at(state.limits.client_address.find(&parts.headers, &parts.extensions)))
    }
}

/// Any actor. A professional without usable organisation is told so (SES-7).
impl FromRequestParts<WebState> for Ctx<Actor> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        pass(parts, state, asked_of(parts))?;
        acting(parts)
    }
}

/// The actor when there is one: public pages that offer more to those signed in.
impl OptionalFromRequestParts<WebState> for Ctx<Actor> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Option<Self>, Infallible> {
        Ok(acting(parts).ok())
    }
}

/// A kind of actor that some pages are for, and nobody else.
pub trait Reserved: TryFrom<Actor> {
    /// Completes « Cette page est réservée … ».
    const FOR: &'static str;
}

impl Reserved for CandidateActor {
    const FOR: &'static str = "aux candidats";
}

impl Reserved for PrescriberActor {
    const FOR: &'static str = "aux prescripteurs et orienteurs";
}

impl Reserved for AuthorisedPrescriber {
    const FOR: &'static str = "aux prescripteurs habilités";
}

impl Reserved for EmployerActor {
    const FOR: &'static str = "aux employeurs";
}

impl Reserved for HireCanceller {
    const FOR: &'static str = "aux employeurs et à l’équipe du service";
}

impl Reserved for Professional {
    const FOR: &'static str = "aux prescripteurs, orienteurs et employeurs";
}

impl Reserved for Colleague {
    const FOR: &'static str = "aux membres d’une organisation";
}

impl Reserved for InspectorActor {
    const FOR: &'static str = "aux agents de l’État";
}

impl Reserved for StaffActor {
    const FOR: &'static str = "à l’équipe du service";
}

impl<A: Reserved> FromRequestParts<WebState> for Ctx<A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let ctx = <Ctx<Actor> as FromRequestParts<WebState>>::from_request_parts(parts, state).await?;
        let actor = A::try_from(ctx.actor.clone());
        actor.map(|actor| ctx.with(actor)).map_err(|_| PageError::Forbidden { reserved_for: A::FOR })
    }
}

/// Whether the person belongs to the kinds that choose an organisation to act for.
pub(crate) fn acts_for_organisations(person: &SignedIn) -> bool {
    person.kind == UserKind::Professional
}
