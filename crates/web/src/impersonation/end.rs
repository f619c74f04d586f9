//! `POST /impersonation/end`: the member of the team is behind their own pages again (AUT-30).

use axum::extract::State;
use iae_app::Ctx;
use iae_app::accounts::impersonation::leave;
use tower_sessions::Session;

use crate::error::{PageResult, see_other};
use crate::extract::Person;
use crate::flash;
use crate::french;
use crate::paths::{AdminUserPath, DashboardPath, ImpersonationEndPath};
use crate::session;
use crate::state::WebState;

/// Leaves it, for the page of the person. Whoever left it already, in another tab, is led to their dashboard.
pub async fn post(
    _: ImpersonationEndPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
) -> PageResult {
    let Some(by) = &person.impersonator else { return see_other(DashboardPath.to_string()) };
    leave(&state, &ctx, by).await?;
    session::see_as_oneself(&session).await?;
    let title = format!("Vous ne voyez plus la plateforme à la place {}", french::of(&person.name));
    flash::done(&session, &title, "", AdminUserPath { id: person.user }).await
}
