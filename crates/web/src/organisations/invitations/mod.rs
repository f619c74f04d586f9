//! Invitations to join an organisation (rule book 01 §7, S14, S25).

mod acceptance;
mod change;
mod closed;
mod landing;
mod mine;
mod new;
mod revocation;

pub(crate) use mine::after_sign_in;

use crate::routing::Routes;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(new::get)
        .post(new::post)
        .get(mine::get)
        .get(landing::get)
        .post(acceptance::post)
        .post(change::send_again)
        .get(revocation::get)
        .post(change::revoke)
}
