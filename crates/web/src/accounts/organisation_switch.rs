//! `POST /organisation-switch`: act for another of one's organisations (SES-4).

use axum::extract::State;
use iae_app::Ctx;
use iae_app::accounts::switch_organisation;
use iae_domain::Actor;
use iae_domain::ids::OrganisationId;
use serde::Deserialize;
use tower_sessions::Session;

use super::local_path;
use crate::error::PageResult;
use crate::extract::Person;
use crate::flash;
use crate::forms::UncheckedForm;
use crate::paths::OrganisationSwitchPath;
use crate::session;
use crate::state::WebState;

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
    flash::done(&session, "Vous avez changé d’organisation", name.unwrap_or_default(), to).await
}
