//! Applications: lists, page, processing, postponement, refusal, acceptance, cancellation.

pub mod acceptance;
pub mod cancellation;
pub mod index;
pub mod letter;
mod messages;
pub mod pass_delivery;
pub mod postponement;
pub mod processing;
mod received;
pub mod refusal;
pub mod reminder;
pub mod sent_elsewhere;
pub mod show;
pub mod state_badge;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .get(sent_elsewhere::get)
        .get(show::get)
        .post(processing::post)
        .get(postponement::get)
        .post(postponement::post)
        .post(reminder::post)
        .get(letter::get)
        .get(refusal::get)
        .post(refusal::post)
        .get(acceptance::get)
        .post(acceptance::post)
        .get(cancellation::get)
        .post(cancellation::post)
        .get(pass_delivery::get)
        .post(pass_delivery::post)
}
