//! What the operator of an instance chooses, as use cases need it. Read from the environment by `iae-cli` alone.

use iae_domain::ids::OrganisationId;
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
    /// Rows of a sheet one waits for; longer ones are prepared by the worker.
    pub rows_at_once: i64,
    /// Organisations whose members show a second factor (AUT-20).
    pub second_factor_for: Vec<OrganisationId>,
    /// What a demonstration shows: on every page that data is invented, and personas at login.
    pub demo: Option<Demo>,
}

impl AppConfig {
    /// Whether browsers reach the platform over TLS: cookies are then bound to its host, and HSTS is sent.
    pub fn is_over_tls(&self) -> bool {
        self.base_url.scheme() == "https"
    }
}

/// What a demonstration tells its visitors.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Invented people anyone may sign in as.
    pub personas: Vec<Persona>,
    /// Their common password at the identity provider.
    pub password: String,
}

/// An invented person of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// Their address, which is their login.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// What they are, in words.
    pub role: String,
    /// Whether they are of the team, who sign in by password here (OID-19).
    pub is_staff: bool,
}
