//! The diagnosis of a prescripteur habilité: criteria and structured situation.

pub(crate) mod criteria;
pub(crate) mod form;
pub mod new;

use crate::routes::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(new::get).post(new::post)
}
