//! The public directory: searching employers and open posts around a commune, and their cards.

mod applicant;
mod applying;
pub mod communes;
pub mod employer;
pub mod employers;
pub mod job;
pub mod jobs;
mod messages;
pub(crate) mod place;
pub mod prescribers;
mod query;
mod search_frame;

use crate::routing::Routes;

pub(crate) use applicant::{eligibility_href, waiting};
pub(crate) use messages::notice;
pub use query::SearchQuery;
pub(crate) use query::{search_for, search_path};
pub(crate) use search_frame::{Tab, distance_choices};

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(employers::get)
        .get(jobs::get)
        .get(employer::get)
        .get(job::get)
        .get(communes::get)
        .get(prescribers::get)
        .get(prescribers::show::get)
        .get(prescribers::authorised::get)
}
