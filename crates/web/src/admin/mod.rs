//! What the platform's team reads: outbox, tasks, audit trail.

mod announcements;
pub mod audit;
pub mod data_transfer;
pub mod email;
pub mod email_sending;
pub mod emails;
pub mod home;
pub mod import;
pub mod imports;
mod invitations;
pub mod jobs;
pub mod nir_correction;
pub mod nir_corrections;
mod organisation_moves;
mod organisations;
mod staff_page;
mod succession;
pub mod user_merger;
pub mod users;

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
        .merge(announcements::routes())
        .merge(invitations::routes())
        .get(nir_corrections::get)
        .get(nir_correction::get)
        .post(nir_correction::post)
        .merge(users::routes())
        .merge(organisations::routes())
        .merge(succession::routes())
        .merge(organisation_moves::routes())
        .get(user_merger::get)
        .post(user_merger::post)
        .get(data_transfer::get)
        .post(data_transfer::post)
}
