//! `/invitations/{id}`: the page that the link of an invitation leads to. Opening it does nothing (INV-7, INV-10).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use chrono::{DateTime, Utc};
use iae_app::Ctx;
use iae_app::organisations::invitations::queries::{Landing, landing};
use iae_domain::accounts::{Provider, UserKind};
use iae_domain::ids::{InvitationId, UserId};
use iae_domain::organisations::invitations::InvitationState;
use serde::Deserialize;

use super::closed::Closed;
use crate::accounts::login::ways_for;
use crate::error::{PageError, PageResult, ok};
use crate::extract::Person;
use crate::filters;
use crate::layout::Layout;
use crate::paths::InvitationPath;
use crate::state::WebState;

/// The word of a link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Token {
    pub(super) token: String,
}

/// The page.
#[derive(Template)]
#[template(path = "organisations/invitations/landing.html")]
pub struct LandingPage {
    layout: Layout,
    id: InvitationId,
    invitation: Landing,
    token: String,
    /// Where somebody signs in, or opens an account, with the invited address, and comes back.
    ways: Vec<(Provider, String)>,
}

/// Shows it to whoever holds the link, or has its address.
pub async fn get(
    InvitationPath { id }: InvitationPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    person: Option<Person>,
    Query(Token { token }): Query<Token>,
    layout: Layout,
) -> PageResult {
    let reader = person.map(|Person(person)| (person.user, person.kind));
    let found = landing(&state, id, &token, reader.map(|(user, _)| user)).await?;
    let invitation = found.ok_or(PageError::NotFound)?;
    if let Some(why) = closed(&invitation, reader, ctx.now) {
        return why.page(&state, (id, token.as_str()), layout).await;
    }
    let query = serde_urlencoded::to_string([("token", token.as_str())]).unwrap_or_default();
    let ways = ways_for(&state, &invitation.email, &format!("{}?{query}", InvitationPath { id }));
    ok(&LandingPage { layout, id, invitation, token, ways })
}

/// Why this one does, for this reader.
fn closed(invitation: &Landing, reader: Option<(UserId, UserKind)>, now: DateTime<Utc>) -> Option<Closed> {
    match reader {
        Some(_) if !invitation.is_own => return Some(Closed::SomeoneElse),
        Some((_, UserKind::JobSeeker | UserKind::Staff)) => return Some(Closed::NotProfessional),
        Some((_, UserKind::Professional)) | None => {}
    }
    match invitation.state(now) {
        InvitationState::Accepted => Some(Closed::Used),
        InvitationState::Revoked => Some(Closed::Revoked),
        InvitationState::Expired => Some(Closed::Expired),
        InvitationState::Pending if !invitation.is_open => Some(Closed::Organisation),
        InvitationState::Pending => None,
    }
}
