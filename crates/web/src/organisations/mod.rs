//! Organisations as their members run them (rule book 01 §3.5 to §3.9, §4.6, §4.7, §6, §7).

mod agreed;
mod annexes;
mod antenna;
pub(crate) mod fields;
pub(crate) mod history;
pub(crate) mod invitations;
pub(crate) mod members;
mod openings;
mod profile;
mod show;
mod sign_up;

pub(crate) use antenna::{no_siret, wrong_key};

use crate::error::PageError;
use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(show::get)
        .post(openings::post)
        .get(profile::get)
        .post(profile::post)
        .get(antenna::get)
        .post(antenna::post)
        .get(annexes::get)
        .post(annexes::post)
        .get(agreed::get)
        .merge(members::routes())
        .merge(invitations::routes())
        .merge(sign_up::routes())
}

/// What is answered to a member who does not administer the organisation.
const FOR_ADMINISTRATORS: PageError =
    PageError::Forbidden { reserved_for: "aux administrateurs de l’organisation" };
