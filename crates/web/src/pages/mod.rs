//! Pages that belong to no feature.

pub mod health;
pub mod home;

use crate::routes::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(home::get).get(health::get)
}
