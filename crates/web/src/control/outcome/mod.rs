//! What a DDETS decides of a negative result, what both sides read of it, and what becomes of it after an appeal (rule book 04
//! §1.15).

mod appeal;
pub(super) mod card;
mod grid;
mod letter;
mod sanction;
mod show;
pub(super) mod words;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use iae_app::Ctx;
use iae_app::control::controls::InForce;
use iae_domain::actor::InspectorActor;
use iae_domain::control::policy;

use crate::error::PageError;
use crate::french::date_time;
use crate::routing::Routes;
use crate::state::WebState;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(show::get)
        .get(grid::get)
        .get(letter::get)
        .get(sanction::get)
        .post(sanction::post)
        .get(appeal::get)
        .post(appeal::post)
}

/// An agent of a DDETS IAE. To anyone else the pages where it decides do not exist, whoever they are (§1.15).
#[derive(Debug)]
pub struct Controller(Ctx<InspectorActor>);

impl FromRequestParts<WebState> for Controller {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let found = Ctx::<InspectorActor>::from_request_parts(parts, state).await;
        let ctx = found.map_err(|error| match error {
            PageError::Forbidden { .. } => PageError::NotFound,
            error => error,
        })?;
        policy::control(&ctx.actor).map_err(|_| PageError::NotFound)?;
        Ok(Self(ctx))
    }
}

/// Who decided last, what and when, for whoever decides of what changed meanwhile (D32).
fn last_said(last: &InForce) -> String {
    let did =
        if last.decision.outcome().is_none() { "a annulé la décision" } else { "a notifié une décision" };
    format!("{} {did} le {}.", last.by, date_time(last.decision.at))
}
