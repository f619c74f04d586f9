//! The logins a browser began, a cookie each: two tabs sign in side by side, and each comes back to its page (OID-4).
//!
//! A cookie stays after its login is spent, until it would have expired: a callback opened again leads to its page.

use std::str::FromStr as _;

use axum_extra::extract::cookie::{Cookie, PrivateCookieJar, SameSite};
use axum_extra::routing::TypedPath as _;
use iae_app::accounts::ATTEMPT_LIFETIME;
use iae_domain::ids::LoginAttemptId;

use crate::paths::LoginPath;

/// What the name of each begins with; the attempt follows.
const COOKIE: &str = "login_attempt_";
/// Logins one browser may have under way: the oldest gives way.
const AT_MOST: usize = 8;

/// The jar with one more login under way.
pub(super) fn begun(mut jar: PrivateCookieJar, attempt: LoginAttemptId, secure: bool) -> PrivateCookieJar {
    let mut former = of(&jar);
    former.sort_unstable();
    let too_many = (former.len() + 1).saturating_sub(AT_MOST);
    for oldest in former.into_iter().take(too_many) {
        jar = jar.remove(Cookie::build(name(oldest)).path(LoginPath::PATH));
    }
    let cookie = Cookie::build((name(attempt), attempt.to_string()))
        .path(LoginPath::PATH)
        .max_age(time::Duration::seconds(ATTEMPT_LIFETIME.num_seconds()))
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax);
    jar.add(cookie)
}

/// The logins this browser began.
pub(super) fn of(jar: &PrivateCookieJar) -> Vec<LoginAttemptId> {
    jar.iter()
        .filter(|cookie| cookie.name().starts_with(COOKIE))
        .filter_map(|cookie| LoginAttemptId::from_str(cookie.value()).ok())
        .collect()
}

fn name(attempt: LoginAttemptId) -> String {
    format!("{COOKIE}{attempt}")
}
