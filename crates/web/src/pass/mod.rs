//! PASS IAE: list, page, simulation, certificate and its check, suspensions, correction of its dates.

pub mod attestation;
pub mod certificate;
pub mod correction;
pub mod index;
mod possible;
pub mod prolongation;
pub mod show;
pub mod simulation;
pub mod suspension;
mod timeline;
pub(crate) mod words;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .get(show::get)
        .get(certificate::get)
        .get(certificate::pdf::get)
        .get(attestation::get)
        .post(attestation::post)
        .get(simulation::get)
        .get(suspension::new::get)
        .post(suspension::new::post)
        .get(suspension::edition::get)
        .post(suspension::edition::post)
        .get(suspension::lift::get)
        .post(suspension::lift::post)
        .get(suspension::closure::get)
        .post(suspension::closure::post)
        .get(correction::get)
        .post(correction::post)
        .get(prolongation::get)
        .post(prolongation::post)
}
