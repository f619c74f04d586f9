//! Absolute addresses of pages, for mails. A test checks each against the router.

use iae_domain::ids::{ApplicationId, PassId};
use url::Url;

use crate::AppConfig;

/// The page of an application.
pub fn application(config: &AppConfig, id: ApplicationId) -> Url {
    page(config, &format!("/applications/{id}"))
}

/// The page of a PASS.
pub fn pass(config: &AppConfig, id: PassId) -> Url {
    page(config, &format!("/pass/{id}"))
}

/// The dashboard, which leads a person who is not signed in to the login page.
pub fn dashboard(config: &AppConfig) -> Url {
    page(config, "/dashboard")
}

/// The search of employers.
pub fn employers(config: &AppConfig) -> Url {
    page(config, "/employers")
}

fn page(config: &AppConfig, path: &str) -> Url {
    let mut url = config.base_url.clone();
    url.set_path(path);
    url
}
