//! Signing in and out, and the organisation people act for.

mod attempts;
pub mod login;
pub mod logout;
pub mod logout_callback;
mod messages;
pub mod oidc;
pub mod organisation_switch;

use axum_extra::routing::TypedPath as _;

use crate::paths::DashboardPath;
use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(login::get)
        .get(oidc::begin)
        .get(oidc::callback)
        .get(logout::get)
        .post(logout::post)
        .get(logout_callback::get)
        .post(organisation_switch::post)
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
