//! The control of auto-prescriptions (rule book 04 §1): campaigns, what an SIAE defends, what its DDETS reviews.

mod badge;
mod campaigns;
mod defence;
mod export;
mod file;
mod outcome;
mod review;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .merge(campaigns::routes())
        .merge(defence::routes())
        .merge(review::routes())
        .merge(outcome::routes())
        .get(file::get)
}
