//! The proofs that an SIAE keeps of the criteria it declared: shown and deposited, downloaded, given up (rule book 03 §2.13; 05 C11).

mod file;
mod form;
mod messages;
mod removal;
mod show;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(show::get).post(show::post).get(file::get).get(removal::get).post(removal::post)
}
