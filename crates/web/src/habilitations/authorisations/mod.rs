//! `/admin/authorisations`: organisations that registered and wait for the team (PRE-7 to PRE-9; rule book 01 §13).

mod index;
mod kind;
mod messages;
mod refusal;
mod show;
mod validation;

use crate::routing::Routes;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new().get(index::get).get(show::get).post(validation::post).post(refusal::post).post(kind::post)
}
