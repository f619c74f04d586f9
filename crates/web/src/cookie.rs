//! Cookies of the platform: out of reach of scripts and of other sites, and over TLS of neighbouring hosts too.

use axum_extra::extract::cookie::{Cookie, SameSite};
use axum_extra::routing::TypedPath as _;

use crate::paths::HomePath;

/// The name of a cookie. With this prefix, browsers take it from this very host alone, over TLS, for all of its pages.
pub(crate) fn name(plain: &str, over_tls: bool) -> String {
    if over_tls { format!("__Host-{plain}") } else { plain.to_owned() }
}

/// A cookie that lasts until the browser closes. The one that removes it is made alike: browsers refuse another.
pub(crate) fn until_closed(plain: &str, value: String, over_tls: bool) -> Cookie<'static> {
    let cookie = Cookie::build((name(plain, over_tls), value)).path(HomePath::PATH).http_only(true);
    cookie.secure(over_tls).same_site(SameSite::Lax).build()
}
