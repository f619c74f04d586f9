//! What an SIAE does of the control it was drawn for: it reads where it stands, chooses the criteria it defends, gives a proof of
//! each, which it may have kept since the hire, submits (rule book 04 §1.9, §1.13).

mod badge;
mod closed;
mod colleague;
mod criteria;
mod hire;
mod kept;
mod kept_proof;
mod messages;
mod proof;
mod show;
mod submission;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(show::get)
        .get(criteria::get)
        .post(criteria::post)
        .post(proof::post)
        .post(kept_proof::post)
        .get(submission::get)
        .post(submission::post)
}
