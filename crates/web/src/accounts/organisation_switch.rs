//! `POST /organisation-switch`: act for another of one's organisations (SES-4).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use iae_app::Ctx;
use iae_app::accounts::switch_organisation;
use iae_domain::Actor;
use iae_domain::ids::OrganisationId;
use serde::Deserialize;
use tower_sessions::Session;

use super::local_path;
use crate::error::{PageError, PageResult};
use crate::extract::Person;
use crate::flash;
use crate::forms::UncheckedForm;
use crate::layout::Layout;
use crate::paths::{DashboardPath, OrganisationSwitchPath};
use crate::session::{self, Switched};
use crate::state::WebState;
use crate::visitor::Visitor;

/// Which organisation, and where to come back.
#[derive(Debug, Deserialize)]
pub struct OrganisationSwitchForm {
    organisation: OrganisationId,
    #[serde(default)]
    return_to: String,
}

/// Acts for the organisation from now on. The form carries the one wanted, so it is not checked against the current.
pub async fn post(
    _: OrganisationSwitchPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<Actor>,
    session: Session,
    UncheckedForm(form): UncheckedForm<OrganisationSwitchForm>,
) -> PageResult {
    switch_organisation(&state, &ctx, &person, form.organisation).await?;
    session::act_for(&session, form.organisation).await?;
    let name =
        person.memberships.iter().find(|m| m.organisation == form.organisation).map(|m| m.name.clone());
    let to = local_path(&form.return_to);
    let switched = Switched { to: to.to_owned(), name: name.unwrap_or_default() };
    session::note_switch(&session, &switched).await?;
    switched.land(&session, to).await
}

impl Switched {
    /// To this page, which says for whom one acts now.
    async fn land(self, session: &Session, to: impl std::fmt::Display) -> PageResult {
        flash::done(session, "Vous avez changé d’organisation", self.name, to).await
    }
}

/// The page one comes from may not be there for the other organisation: its list then is, or else the dashboard.
pub(crate) async fn layer(
    State(state): State<WebState>,
    session: Session,
    request: Request,
    next: Next,
) -> PageResult {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let is_read = *request.method() == Method::GET;
    if !is_read || visitor.as_ref().is_none_or(|visitor| visitor.person.is_none()) {
        return Ok(next.run(request).await);
    }
    let asked = request.uri().clone();
    let switched = session::take_switch(&session).await?;
    let switched =
        switched.filter(|switched| asked.path_and_query().is_some_and(|page| *page == *switched.to));
    let response = next.run(request).await;
    match (switched, response.extensions().get::<Arc<PageError>>().map(AsRef::as_ref)) {
        (
            Some(switched),
            Some(PageError::NotFound | PageError::Forbidden { .. } | PageError::MethodNotAllowed),
        ) => {
            let nav = Layout::of(&state, visitor.as_ref(), asked.path().to_owned(), None).nav;
            let list = nav.into_iter().find(|entry| entry.current).map(|entry| entry.href);
            switched.land(&session, list.unwrap_or_else(|| DashboardPath.to_string())).await
        }
        _ => Ok(response),
    }
}
