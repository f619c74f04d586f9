//! PASS IAE: list, page, certificate.

pub mod certificate;
pub mod index;
pub mod prolongation;
pub mod show;
mod timeline;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .get(show::get)
        .get(certificate::get)
        .get(prolongation::get)
        .post(prolongation::post)
}
