//! What the platform's team reads: outbox, tasks, audit trail.

pub mod audit;
pub mod email;
pub mod emails;
pub mod home;
pub mod jobs;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(home::get).get(emails::get).get(email::get).get(jobs::get).get(audit::get)
}
