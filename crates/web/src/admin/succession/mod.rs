//! `/admin/organisations/{id}/succession`: another SIRET, a merger, a split, previewed then confirmed (rule book 05, C13).

mod choose;
mod merger;
mod messages;
mod siret;
mod split;
mod terms;

use crate::routing::Routes;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(choose::get)
        .get(siret::get)
        .post(siret::post)
        .get(merger::get)
        .post(merger::post)
        .get(split::get)
        .post(split::post)
}
