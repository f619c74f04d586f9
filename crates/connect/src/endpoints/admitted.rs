//! Where somebody who was admitted goes.

use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use crate::Connect;
use crate::sessions::admit::Admitted;
use crate::sessions::cookie;

/// To the relying party with its code, to a page of ours, or to the second factor; nowhere when their page served meanwhile.
pub(super) fn go_on(connect: &Connect, cookies: CookieJar, admitted: Admitted) -> Option<Response> {
    match admitted {
        Admitted::In { session, address } => {
            let cookies = cookies.add(cookie::set(connect.config(), &session));
            Some((cookies, Redirect::to(&address)).into_response())
        }
        Admitted::SecondFactor { address } => Some(Redirect::to(&address).into_response()),
        Admitted::PageUsed => None,
    }
}
