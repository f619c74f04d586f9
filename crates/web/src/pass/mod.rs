//! PASS IAE: list, page, simulation, certificate.

pub mod certificate;
pub mod index;
mod possible;
pub mod show;
pub mod simulation;
mod timeline;
mod words;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(index::get).get(show::get).get(certificate::get).get(certificate::pdf::get).get(simulation::get)
}
