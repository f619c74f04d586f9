//! The routes of the platform, feature by feature.

pub use crate::routing::Route;
use crate::routing::Routes;

/// Every route of the platform, feature by feature.
pub fn all() -> Routes {
    Routes::new()
        .merge(crate::pages::routes())
        .merge(crate::accounts::routes())
        .merge(crate::dashboard::routes())
        .merge(crate::self_prescriptions::routes())
        .merge(crate::access_log::routes())
        .merge(crate::control::routes())
        .merge(crate::exports::routes())
        .merge(crate::admin::routes())
        .merge(crate::impersonation::routes())
        .merge(crate::announcements::routes())
        .merge(crate::candidates::routes())
        .merge(crate::directory::routes())
        .merge(crate::organisations::routes())
        .merge(crate::applications::routes())
        .merge(crate::application_drafts::routes())
        .merge(crate::eligibility::routes())
        .merge(crate::documents::routes())
        .merge(crate::pass::routes())
        .merge(crate::prolongations::routes())
        .merge(crate::habilitations::routes())
}

/// The routes alone, for the access matrix.
pub fn list() -> Vec<Route> {
    all().into_parts().1
}
