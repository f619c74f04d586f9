//! Campaigns of control: the team opens them, has the SIAE drawn and turns them from phase to phase; whoever a draw concerns
//! reads how it was made, and the days that follow.

mod calendar;
mod draw;
mod freezes;
mod index;
mod launch;
mod list_freeze;
mod new;
mod show;
mod turn;
mod words;

use crate::routing::Routes;

/// The routes of campaigns.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .get(new::get)
        .post(new::post)
        .get(show::get)
        .post(list_freeze::post)
        .post(launch::post)
        .get(turn::get)
        .post(turn::post)
        .get(draw::get)
        .get(calendar::get)
}
