//! Who acts for an organisation: « Collaborateurs » (rule book 01 §6, S24, S26).

mod admin_request;
pub(crate) mod departure;
mod index;
mod leaving;
mod role;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use iae_app::Ctx;
use iae_app::organisations::members::queries::MemberCard;
use iae_domain::actor::Colleague;
use iae_domain::organisations::policy;

use super::FOR_ADMINISTRATORS;
use crate::error::PageError;
use crate::extract::visitor;
use crate::french::date_time;
use crate::paths::MembersPath;
use crate::routing::Routes;
use crate::state::WebState;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .get(role::get)
        .post(role::post)
        .get(departure::get)
        .post(departure::post)
        .get(leaving::get)
        .post(leaving::post)
        .post(leaving::withdraw)
        .get(admin_request::get)
        .post(admin_request::post)
        .get(admin_request::landing)
        .post(admin_request::take)
}

/// A member of an organisation that takes newcomers: a company in grace has its pages of members closed (rule book 01 §3.4).
#[derive(Debug)]
pub struct Member(pub(super) Ctx<Colleague>);

impl FromRequestParts<WebState> for Member {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let ctx = Ctx::<Colleague>::from_request_parts(parts, state).await?;
        let person = visitor(parts)?.person.as_ref();
        let is_in_grace =
            person.and_then(|person| person.membership()).is_some_and(|own| own.grace_until.is_some());
        if is_in_grace {
            return Err(PageError::Forbidden {
                reserved_for: "aux structures dont la convention est active",
            });
        }
        Ok(Self(ctx))
    }
}

/// The same, who administers it now (MEM-6).
#[derive(Debug)]
pub struct Administrator(Ctx<Colleague>);

impl FromRequestParts<WebState> for Administrator {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let Member(ctx) = Member::from_request_parts(parts, state).await?;
        policy::administer(&ctx.actor).map_err(|_| FOR_ADMINISTRATORS)?;
        Ok(Self(ctx))
    }
}

/// Who changed a member since the page was read, and when (D32).
fn changed_meanwhile(member: &MemberCard) -> PageError {
    let who = member.updated_by.as_deref().unwrap_or("Le service");
    let (name, at) = (&member.name, date_time(member.updated_at));
    let message = match (member.is_active, member.is_admin) {
        (false, _) => format!("{who} a retiré {name} des collaborateurs le {at}."),
        (true, false) if member.is_own_change => {
            format!(
                "{name} a changé sa situation dans la structure le {at}\u{a0}: cette personne en reste membre."
            )
        }
        (true, true) => {
            format!("{who} a changé le statut de {name} le {at}\u{a0}: cette personne est administrateur.")
        }
        (true, false) => {
            format!("{who} a changé le statut de {name} le {at}\u{a0}: cette personne est membre.")
        }
    };
    conflict(message)
}

/// Somebody took the role away from whoever acts, since they opened the page.
fn not_administrator(own: &MemberCard) -> PageError {
    let who = own.updated_by.as_deref().unwrap_or("Le service");
    conflict(format!("{who} vous a retiré le rôle d’administrateur le {}.", date_time(own.updated_at)))
}

fn conflict(message: String) -> PageError {
    let link = Some(("Revoir les collaborateurs".to_owned(), MembersPath.to_string()));
    PageError::Conflict { message, link }
}
