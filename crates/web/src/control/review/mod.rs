//! What a DDETS does of a campaign (rule book 04 §1.4, §1.10, §1.11): it chooses the share of the SIAE that is drawn, decides of each
//! proof beside its criterion, comments each hire, validates each SIAE.

mod badges;
mod comment;
mod company;
mod controls;
mod decision;
mod hire;
mod picture;
mod ratio;
mod validation;
mod words;

use crate::routing::Routes;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(ratio::get)
        .post(ratio::post)
        .get(controls::get)
        .get(company::get)
        .post(validation::post)
        .get(hire::get)
        .post(comment::post)
        .post(decision::post)
        .get(picture::get)
}
