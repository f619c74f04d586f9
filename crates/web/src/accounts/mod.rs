//! Signing in and out, and the organisation people act for.

mod attempts;
pub mod back_channel_logout;
mod browsers;
mod entrance;
pub mod forgotten_password;
pub mod letter;
pub mod login;
mod login_refused;
pub mod logout;
pub mod logout_callback;
mod messages;
pub mod my_account;
pub mod oidc;
pub mod organisation_switch;
mod passwords;
pub mod second_factor;
pub mod sign_up;
pub mod terms;
pub mod welcome;

use std::fmt::Display;

use axum_extra::routing::TypedPath as _;

use crate::paths::DashboardPath;
use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(login::get)
        .post(login::post)
        .get(forgotten_password::get)
        .post(forgotten_password::post)
        .get(letter::get)
        .post(letter::post)
        .get(second_factor::get)
        .post(second_factor::post)
        .get(second_factor::enrolment::get)
        .post(second_factor::enrolment::post)
        .get(sign_up::get)
        .get(sign_up::candidate::get)
        .post(sign_up::candidate::post)
        .get(terms::get)
        .get(terms::get_version)
        .get(terms::get_acceptance)
        .post(terms::post_acceptance)
        .get(welcome::get)
        .post(welcome::post)
        .get(my_account::get)
        .post(my_account::post)
        .get(my_account::email::get)
        .post(my_account::email::post)
        .get(my_account::password::get)
        .post(my_account::password::post)
        .get(my_account::sessions::get)
        .post(my_account::sessions::post)
        .get(my_account::devices::get)
        .post(my_account::devices::post)
        .get(oidc::begin)
        .get(oidc::callback)
        .get(logout::get)
        .post(logout::post)
        .get(logout_callback::get)
        .post(back_channel_logout::post)
        .post(organisation_switch::post)
}

/// The address of a page that leads back to another.
pub(crate) fn returning(page: impl Display, return_to: &str) -> String {
    let query = serde_urlencoded::to_string([("return_to", return_to)]);
    format!("{page}?{}", query.unwrap_or_default())
}

/// The longest address one is sent back to, in bytes; the schema keeps none that is longer.
const LONGEST_RETURN: usize = 2048;

/// Where a person may be sent back to: a page of the platform, never another site (SUB-13, AUT-2). What no page of ours
/// has for an address leads to the dashboard.
pub(crate) fn local_path(path: &str) -> &str {
    let is_local = path.len() <= LONGEST_RETURN
        && path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control);
    if is_local { path } else { DashboardPath::PATH }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_the_platform_are_followed() {
        assert_eq!(local_path("/applications?state=new"), "/applications?state=new");
        for elsewhere in
            ["https://exemple.fr", "//exemple.fr", "/\\exemple.fr", "javascript:alert(1)", "", "/a\r\nb"]
        {
            assert_eq!(local_path(elsewhere), "/dashboard", "{elsewhere:?}");
        }
        let longest = format!("/{}", "a".repeat(2047));
        assert_eq!(local_path(&longest), longest);
        assert_eq!(local_path(&format!("{longest}a")), "/dashboard");
    }
}
