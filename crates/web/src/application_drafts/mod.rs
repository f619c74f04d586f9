//! Writing an application: one subject a page, saved as one goes, resumable (rule book 02 §4 and §13).

pub mod abandonment;
mod already_sent;
pub mod candidate;
pub mod completion;
pub mod eligibility;
pub mod jobs;
pub mod message;
mod messages;
pub mod new;
pub mod nir;
pub mod previous;
mod refused;
pub mod sent;
mod step;
pub mod submission;
pub mod summary;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(new::get)
        .post(new::post)
        .get(candidate::get)
        .post(candidate::post)
        .get(completion::get)
        .post(completion::post)
        .get(previous::get)
        .post(previous::post)
        .get(jobs::get)
        .post(jobs::post)
        .get(eligibility::get)
        .post(eligibility::post)
        .get(message::get)
        .post(message::post)
        .get(summary::get)
        .post(submission::post)
        .get(nir::get)
        .post(nir::post)
        .get(abandonment::get)
        .post(abandonment::post)
        .get(sent::get)
}
