//! What a company decides on an application it received.

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use iae_app::applications::detail::{ApplicationDetail, Side, detail, history};
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::actor::EmployerActor;
use iae_domain::applications::{Overtaken, StateCode, Transition};
use iae_domain::ids::ApplicationId;
use serde::de::DeserializeOwned;
use tower_sessions::Session;

use super::messages::{already_processed, happened};
use crate::error::{PageError, PageResult, page_with};
use crate::extract::Reserved;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ApplicationPath, ApplicationsPath};
use crate::state::WebState;
use crate::transition::NotDone;

/// The application of the address, for an employer whose company received it, and for the team where `A` lets it in; to anyone
/// else it is not found (TEN-1).
#[derive(Debug)]
pub struct ReceivedApplication<A = EmployerActor> {
    pub(super) id: ApplicationId,
    pub(super) ctx: Ctx<A>,
    pub(super) layout: Layout,
    pub(super) application: ApplicationDetail,
    pub(super) seen: Seen,
    session: Session,
}

/// What a form about an application was made from, and what happened since (D32). Each form carries the state; a page
/// made from another state says who did what and when, and asks again.
#[derive(Debug, Clone)]
pub struct Seen {
    /// None when the form does not say it.
    pub(super) state: Option<StateCode>,
    /// Who did what and when since the form was first made.
    pub(super) news: Option<String>,
}

/// Who decides on an application.
pub trait Decider: Reserved + Clone + Into<Actor> + Send + Sync {}

impl<A: Reserved + Clone + Into<Actor> + Send + Sync> Decider for A {}

impl<A: Decider> FromRequestParts<WebState> for ReceivedApplication<A> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let ctx = Ctx::<A>::from_request_parts(parts, state).await?;
        let Path(id) = Path::<ApplicationId>::from_request_parts(parts, state).await?;
        let application = detail(state, &ctx.any(), id).await?;
        let session = Session::from_request_parts(parts, state).await;
        let session = session.map_err(|(_, reason)| PageError::defect(reason))?;
        let Ok(layout) = Layout::from_request_parts(parts, state).await;
        let seen = Seen { state: Some(application.state), news: None };
        let is_team = matches!(ctx.any().actor, Actor::Staff(_));
        match application.side {
            Side::Received => Ok(Self { id, ctx, layout, application, seen, session }),
            Side::Sent if is_team => Ok(Self { id, ctx, layout, application, seen, session }),
            Side::Sent | Side::Own => Err(PageError::NotFound),
        }
    }
}

impl<A: Decider> ReceivedApplication<A> {
    /// The same, when its state allows the transition; else the page that says who did what.
    pub(super) async fn to(self, app: &App, transition: Transition) -> PageResult<Self> {
        if self.application.state.allows(transition) {
            return Ok(self);
        }
        Err(self.conflict(app).await?)
    }

    /// The page that says who acted meanwhile, and leads to the application.
    pub(super) async fn conflict(&self, app: &App) -> PageResult<PageError> {
        let last = history(&app.db, &self.ctx.any(), &self.application).await?.into_iter().next();
        Ok(already_processed(self.id, last.as_ref()))
    }

    /// Back to the application, which says that it is done.
    pub(super) async fn done(&self, title: &str, message: &str) -> PageResult {
        flash::done(&self.session, title, message, ApplicationPath { id: self.id }).await
    }

    /// The same, back to the list: the company no longer sees the application (VIS-1).
    pub(super) async fn done_in_list(&self, title: &str, message: &str) -> PageResult {
        flash::done(&self.session, title, message, ApplicationsPath).await
    }

    /// The same once the person was answered; without address, the answer is a letter to hand over (D26).
    pub(super) async fn answered(&self, title: &str) -> PageResult {
        let contact = self.application.person.contact.as_ref();
        let message = if contact.is_some_and(|contact| contact.email.is_none()) {
            "La personne n’a pas d’adresse e-mail\u{a0}: imprimez la lettre, ou lisez-lui votre réponse."
        } else {
            "Votre réponse est envoyée."
        };
        self.done(title, message).await
    }

    /// The application read again, with what someone did meanwhile; or, when nothing can be done any more, the page that
    /// says so.
    pub(super) async fn reread(self, app: &App, overtaken: Overtaken) -> PageResult<Self> {
        if !overtaken.still_possible {
            return Err(self.conflict(app).await?);
        }
        let application = detail(app, &self.ctx.any(), self.id).await?;
        let last = history(&app.db, &self.ctx.any(), &application).await?.into_iter().next();
        let seen = Seen { state: Some(application.state), news: Some(happened(last.as_ref())) };
        Ok(Self { application, seen, ..self })
    }

    /// The application read again, its PASS too, after this happened to it.
    pub(super) async fn anew(self, app: &App, news: &str) -> PageResult<Self> {
        let application = detail(app, &self.ctx.any(), self.id).await?;
        let seen = Seen { news: Some(news.to_owned()), ..self.seen.clone() };
        Ok(Self { application, seen, ..self })
    }

    /// The same page again: with its mistakes (422); or with what someone did meanwhile, to be confirmed (409, D32).
    pub(super) async fn again<P: Template>(
        self,
        app: &App,
        not_done: NotDone,
        page: impl FnOnce(Self, FieldErrors) -> P,
    ) -> PageResult {
        match not_done {
            NotDone::Overtaken(overtaken) => {
                let received = self.reread(app, overtaken).await?;
                page_with(StatusCode::CONFLICT, &page(received, FieldErrors::default()))
            }
            not_done => not_done.again(|errors| page(self, errors)),
        }
    }
}

/// A form that decides on an application: it says in which state it saw it.
pub(super) trait Answer: DeserializeOwned + Send {
    /// The code of the state.
    fn seen(&self) -> &str;
}

/// A form posted to decide on it. The form is read first: made for another organisation of the same person, it says so
/// (D5), where the application is not found.
#[derive(Debug)]
pub struct PostedAnswer<F, A = EmployerActor> {
    pub(super) received: ReceivedApplication<A>,
    pub(super) form: F,
}

impl<F: Answer, A: Decider> FromRequest<WebState> for PostedAnswer<F, A> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        Ctx::<A>::from_request_parts(&mut parts, state).await?;
        let Form(form) = Form::<F>::from_request(Request::from_parts(parts.clone(), body), state).await?;
        let mut received = ReceivedApplication::<A>::from_request_parts(&mut parts, state).await?;
        received.seen.state = StateCode::parse(form.seen());
        Ok(Self { received, form })
    }
}
