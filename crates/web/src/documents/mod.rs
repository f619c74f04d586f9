//! Files: read from forms, sent to those who may read them.

pub(crate) mod attached;
pub mod cv;
pub(crate) mod messages;
pub mod prolongation_report;
pub mod proof;
pub(crate) mod sent;
pub mod upload;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(cv::get).get(prolongation_report::get).get(proof::get)
}
