//! What the platform's team reads: outbox, tasks, audit trail.

pub mod audit;
pub mod email;
pub mod email_sending;
pub mod emails;
pub mod home;
pub mod import;
pub mod imports;
pub mod jobs;
pub mod nir_correction;
pub mod nir_corrections;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(home::get)
        .get(emails::get)
        .get(email::get)
        .post(email_sending::post)
        .get(imports::get)
        .get(import::get)
        .get(jobs::get)
        .get(audit::get)
        .get(nir_corrections::get)
        .get(nir_correction::get)
        .post(nir_correction::post)
}
