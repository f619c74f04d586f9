//! Applications: lists, detail, processing, acceptance.

use crate::routes::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
}
