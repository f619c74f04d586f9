//! The organisations, as the team reads and tends them (rule book 01 §13).

mod act;
mod convention;
mod departure;
mod edition;
mod form;
mod index;
mod invitation;
mod new;
mod role;
mod show;
mod visibility;

use crate::routing::Routes;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .get(new::get)
        .post(new::post)
        .get(show::get)
        .get(edition::get)
        .post(edition::post)
        .get(convention::get)
        .post(convention::post)
        .get(visibility::get)
        .post(visibility::post)
        .get(invitation::get)
        .post(invitation::post)
        .get(role::get)
        .post(role::post)
        .get(departure::get)
        .post(departure::post)
}
