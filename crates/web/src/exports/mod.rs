//! `/exports/{id}`: an export that is prepared, for the one person who asked for it.

pub mod attachment;
pub mod file;
pub mod show;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(show::get).get(file::get)
}
