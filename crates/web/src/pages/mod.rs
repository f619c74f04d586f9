//! Pages that belong to no feature.

pub mod accessibility;
pub mod health;
pub mod home;
pub mod legal;
pub mod personal_data;
pub mod site_map;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(home::get)
        .get(health::get)
        .get(accessibility::get)
        .get(legal::get)
        .get(personal_data::get)
        .get(site_map::get)
}
