//! Applications: lists, detail, processing, acceptance.

pub mod state_badge;

use crate::routes::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
}
