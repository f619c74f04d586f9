//! What the operator of an instance chooses, as use cases need it. Read from the environment by `iae-cli` alone.

use iae_domain::pass::IssuerPrefix;
use iae_domain::text::Email;
use url::Url;

/// Settings of the instance.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// Public address of the platform, without trailing slash in its path: links in mails start with it.
    pub base_url: Url,
    /// Mailbox of the platform's team.
    pub support_email: Email,
    /// Issuer prefix of PASS numbers (D10).
    pub pass_prefix: IssuerPrefix,
    /// Whether this is a demonstration: shown on every page, and personas are offered at login.
    pub demo: bool,
}
