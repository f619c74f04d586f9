//! The PASS about which a professional asks something.

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use chrono::NaiveDate;
use iae_app::pass::queries::PassDetail;
use iae_app::pass::suspensions::{self, Suspensions};
use iae_app::{App, Ctx, Error, pass};
use iae_domain::actor::Professional;
use iae_domain::candidates::ShownName;
use iae_domain::ids::PassId;
use iae_domain::pass::suspension::{Asker, SuspendsAs};
use serde::de::DeserializeOwned;
use tower_sessions::Session;

use crate::error::{PageError, PageResult, page_with};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::french::spaced;
use crate::layout::Layout;
use crate::paths::PassPath;
use crate::state::WebState;

/// The PASS of the address, for a professional who has a part in the parcours; to anyone else it is not found (TEN-1).
#[derive(Debug)]
pub struct AskedPass {
    pub(super) id: PassId,
    pub(super) ctx: Ctx<Professional>,
    pub(super) layout: Layout,
    pub(super) pass: PassDetail,
    pub(super) suspensions: Suspensions,
    pub(super) asker: Asker,
    session: Session,
}

/// The page that says why nothing can be done, and who decides.
#[derive(Template)]
#[template(path = "pass/suspension/refused.html")]
pub struct RefusedPage {
    layout: Layout,
    id: PassId,
    holder: ShownName,
    title: String,
    sentence: String,
}

impl FromRequestParts<WebState> for AskedPass {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let ctx = Ctx::<Professional>::from_request_parts(parts, state).await?;
        let Path(id) = Path::<PassId>::from_request_parts(parts, state).await?;
        let pass = pass::open(state, &ctx.any(), id).await?;
        let asker = Asker::of(&ctx.actor).map_err(Error::from)?;
        if !asker.is_concerned(pass.relation()) {
            return Err(PageError::NotFound);
        }
        let suspensions = suspensions::of_pass(&state.db, &pass.held.pass).await?;
        let session = Session::from_request_parts(parts, state).await;
        let session = session.map_err(|(_, reason)| PageError::defect(reason))?;
        let Ok(layout) = Layout::from_request_parts(parts, state).await;
        Ok(Self { id, ctx, layout, pass, suspensions, asker, session })
    }
}

impl AskedPass {
    pub(super) fn today(&self) -> NaiveDate {
        self.ctx.today()
    }

    /// The same, once someone acted meanwhile.
    pub(super) async fn reread(self, app: &App) -> PageResult<Self> {
        let pass = pass::open(app, &self.ctx.any(), self.id).await?;
        let suspensions = suspensions::of_pass(&app.db, &pass.held.pass).await?;
        Ok(Self { pass, suspensions, ..self })
    }

    /// Who is told of what is done (rule book 03 §12 X1; D6).
    pub(super) fn told(&self) -> (&'static str, String) {
        ("Sont prévenus par e-mail", format!("{}.", self.whom().trim_end_matches(',')))
    }

    /// Back to the PASS, which says that it is done, and who is told.
    pub(super) async fn done(&self, title: &str) -> PageResult {
        let message = format!("{} sont prévenus.", self.whom());
        flash::done(&self.session, title, &message, PassPath { id: self.id }).await
    }

    const fn whom(&self) -> &'static str {
        match self.asker.capacity {
            SuspendsAs::Company(_) => "La personne, et son accompagnateur si elle en a un,",
            SuspendsAs::Prescriber => "La personne et son dernier employeur",
        }
    }

    /// The page that says why nothing is done.
    pub(super) fn refused(self, status: StatusCode, title: &str, sentence: &str) -> PageResult {
        let Self { layout, id, pass, .. } = self;
        let (title, sentence) = (spaced(title), spaced(sentence));
        page_with(status, &RefusedPage { layout, id, holder: pass.holder, title, sentence })
    }
}

/// A form posted about the PASS. It is read first: made for another organisation of the same person, it says so (D5).
#[derive(Debug)]
pub struct Posted<F> {
    pub(super) asked: AskedPass,
    pub(super) form: F,
}

impl<F: DeserializeOwned + Send> FromRequest<WebState> for Posted<F> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        Ctx::<Professional>::from_request_parts(&mut parts, state).await?;
        let whole = Request::from_parts(parts.clone(), body);
        let Form(form) = Form::from_request(whole, state).await?;
        Ok(Self { asked: AskedPass::from_request_parts(&mut parts, state).await?, form })
    }
}
