//! What a company decides on an application it received.

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use iae_app::Ctx;
use iae_app::applications::detail::{ApplicationDetail, Side, detail};
use iae_domain::actor::EmployerActor;
use iae_domain::applications::Transition;
use iae_domain::ids::ApplicationId;
use serde::de::DeserializeOwned;
use tower_sessions::Session;

use super::messages::already_processed;
use crate::error::{PageError, PageResult};
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::ApplicationPath;
use crate::state::WebState;

/// The application of the address, for an employer whose company received it; to anyone else it is not found (TEN-1).
#[derive(Debug)]
pub struct ReceivedApplication {
    pub(super) id: ApplicationId,
    pub(super) ctx: Ctx<EmployerActor>,
    pub(super) layout: Layout,
    pub(super) application: ApplicationDetail,
    session: Session,
}

impl FromRequestParts<WebState> for ReceivedApplication {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let ctx = Ctx::<EmployerActor>::from_request_parts(parts, state).await?;
        let Path(id) = Path::<ApplicationId>::from_request_parts(parts, state).await?;
        let application = detail(&state.db, &ctx.any(), id).await?;
        let session = Session::from_request_parts(parts, state).await;
        let session = session.map_err(|(_, reason)| PageError::defect(reason))?;
        let Ok(layout) = Layout::from_request_parts(parts, state).await;
        match application.side {
            Side::Received => Ok(Self { id, ctx, layout, application, session }),
            Side::Sent | Side::Own => Err(PageError::NotFound),
        }
    }
}

impl ReceivedApplication {
    /// The same, when its state allows the transition; else the page that says so.
    pub(super) fn to(self, transition: Transition) -> PageResult<Self> {
        if self.application.state.allows(transition) { Ok(self) } else { Err(already_processed(self.id)) }
    }

    /// Back to the application, which says that it is done.
    pub(super) async fn done(&self, title: &str, message: &str) -> PageResult {
        flash::done(&self.session, title, message, ApplicationPath { id: self.id }).await
    }
}

/// A form posted to decide on it. The form is read first: made for another organisation of the same person, it says so
/// (D5), where the application is not found.
#[derive(Debug)]
pub struct PostedAnswer<F> {
    pub(super) received: ReceivedApplication,
    pub(super) form: F,
}

impl<F: DeserializeOwned + Send> FromRequest<WebState> for PostedAnswer<F> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        Ctx::<EmployerActor>::from_request_parts(&mut parts, state).await?;
        let Form(form) = Form::from_request(Request::from_parts(parts.clone(), body), state).await?;
        Ok(Self { received: ReceivedApplication::from_request_parts(&mut parts, state).await?, form })
    }
}
