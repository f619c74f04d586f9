//! The logins a browser began, a cookie each: two tabs sign in side by side, and each comes back to its page (OID-4).
//!
//! A cookie stays after its login is spent, until it would have expired: a callback opened again leads to its page.

use std::str::FromStr as _;

use axum_extra::extract::cookie::{Cookie, PrivateCookieJar};
use iae_app::accounts::ATTEMPT_LIFETIME;
use iae_domain::ids::LoginAttemptId;

use crate::cookie;

/// What the name of each begins with; the attempt follows.
const COOKIE: &str = "login_attempt_";
/// Logins one browser may have under way: the oldest gives way.
const AT_MOST: usize = 8;

/// The jar with one more login under way.
pub(super) fn begun(mut jar: PrivateCookieJar, attempt: LoginAttemptId, over_tls: bool) -> PrivateCookieJar {
    let mut former = of(&jar, over_tls);
    former.sort_unstable();
    let too_many = (former.len() + 1).saturating_sub(AT_MOST);
    for oldest in former.into_iter().take(too_many) {
        jar = jar.remove(under_way(oldest, over_tls));
    }
    let mut cookie = under_way(attempt, over_tls);
    cookie.set_max_age(time::Duration::seconds(ATTEMPT_LIFETIME.num_seconds()));
    jar.add(cookie)
}

/// The logins this browser began.
pub(super) fn of(jar: &PrivateCookieJar, over_tls: bool) -> Vec<LoginAttemptId> {
    let prefix = cookie::name(COOKIE, over_tls);
    jar.iter()
        .filter(|cookie| cookie.name().starts_with(&prefix))
        .filter_map(|cookie| LoginAttemptId::from_str(cookie.value()).ok())
        .collect()
}

fn under_way(attempt: LoginAttemptId, over_tls: bool) -> Cookie<'static> {
    cookie::until_closed(&format!("{COOKIE}{attempt}"), attempt.to_string(), over_tls)
}
