//! `/invitations`: those that wait for whoever signs in, each accepted in one click and never by itself (D2).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::organisations::invitations::queries::{OwnInvitation, waiting_for};
use iae_app::{App, Ctx};
use iae_domain::accounts::UserKind;
use iae_domain::ids::UserId;
use serde::Deserialize;

use crate::accounts::local_path;
use crate::error::{PageError, PageResult, ok};
use crate::extract::Person;
use crate::filters;
use crate::layout::Layout;
use crate::paths::InvitationsPath;
use crate::state::WebState;

/// Where one was going.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Later {
    return_to: String,
}

/// The page.
#[derive(Template)]
#[template(path = "organisations/invitations/mine.html")]
pub struct OwnInvitationsPage {
    layout: Layout,
    invitations: Vec<OwnInvitation>,
    later: String,
}

/// Shows them to a professional, whatever they may act for.
pub async fn get(
    _: InvitationsPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    Query(Later { return_to }): Query<Later>,
    layout: Layout,
) -> PageResult {
    match person.kind {
        UserKind::Professional => {}
        UserKind::JobSeeker | UserKind::Staff => {
            return Err(PageError::Forbidden { reserved_for: "aux professionnels" });
        }
    }
    let invitations = waiting_for(&state, &ctx, person.user).await?;
    ok(&OwnInvitationsPage { layout, invitations, later: local_path(&return_to).to_owned() })
}

/// Where somebody who just signed in goes: to the invitations that wait for them first, then where they wanted to (D2).
pub(crate) async fn after_sign_in(
    app: &App,
    ctx: &Ctx<()>,
    user: UserId,
    return_to: &str,
) -> PageResult<String> {
    let page = local_path(return_to);
    // Who comes by the link of an invitation is about to answer it.
    let answers = page.starts_with(&format!("{InvitationsPath}/"));
    if answers || waiting_for(app, ctx, user).await?.is_empty() {
        return Ok(page.to_owned());
    }
    let query = serde_urlencoded::to_string([("return_to", page)]).unwrap_or_default();
    Ok(format!("{InvitationsPath}?{query}"))
}
