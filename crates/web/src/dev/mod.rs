//! Pages for developers: absent from a released binary, which lacks the feature, and shown by demonstrations only.

pub mod component_gallery;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(component_gallery::get)
}
