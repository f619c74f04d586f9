//! The auto-prescriptions of a département, read by its DDETS.

pub mod companies;
pub mod index;
pub mod show;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(companies::get).get(index::get).get(show::get)
}
