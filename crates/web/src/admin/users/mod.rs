//! Accounts, for the team (rule book 01 §13): found, read, closed, opened again, their way in changed.

mod act;
pub mod deactivation;
pub mod email;
pub mod index;
pub mod passwords;
pub mod reactivation;
pub mod show;
pub mod subject;

use iae_app::Error;
use iae_domain::actor::StaffActor;
use iae_domain::staff::{StaffRight, ensure};

use crate::applications::state_badge::StateBadge;
use crate::error::{PageError, PageResult};
use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .post(index::post)
        .get(passwords::get)
        .post(passwords::post)
        .get(show::get)
        .get(deactivation::get)
        .post(deactivation::post)
        .get(reactivation::get)
        .post(reactivation::post)
        .get(email::get)
        .post(email::post)
        .get(subject::get)
        .post(subject::post)
}

/// Whoever lacks the right is told so before anything is read (STF-1).
fn may(actor: &StaffActor, right: StaffRight) -> PageResult<()> {
    ensure(actor, right).map_err(|denied| PageError::from(Error::from(denied)))
}

/// The badge of an account, open or closed.
const fn state_badge(is_active: bool) -> StateBadge {
    if is_active {
        StateBadge { label: "Ouvert", tone: "success", icon: "circle-check" }
    } else {
        StateBadge { label: "Désactivé", tone: "neutral", icon: "circle-x" }
    }
}
