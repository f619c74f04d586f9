//! What the provider is told when it starts.

use std::time::Duration;

use chrono::{DateTime, Utc};
use iae_server::{AddressSource, Bounds, Rates};
use url::{Host, Url};

use crate::emails::Mail;
use crate::error::Error;

/// Settings of the provider. The binary fills them; nothing here reads the environment.
#[derive(Clone, Debug)]
pub struct Config {
    /// Public address of the provider, with or without a path (`http://127.0.0.1:8071`,
    /// `https://connect.example.org/auth`). Every endpoint lives under it.
    pub issuer: Url,
    /// How the address of a browser is known.
    pub client_ip: AddressSource,
    /// How mails leave; without it they wait.
    pub mail: Option<Mail>,
    /// Text shown under the login form, for demonstrations.
    pub demo_hint: Option<String>,
    /// Connections and requests at once, and how silent a connection may be.
    pub bounds: Bounds,
    /// What an address and an account may ask for in a minute.
    pub rates: Rates,
    /// Whether who signs in with a password too weak chooses another before going on (IDP-17).
    pub renews_weak_passwords: bool,
    /// Since when the conditions of use in force apply: who accepted them before, or never, is asked at sign-in (IDP-16).
    /// None: they are accepted at sign-up, once.
    pub terms_from: Option<DateTime<Utc>>,
    /// Whether relying parties may be told of logouts at private addresses: beside the provider, behind the same proxy. An issuer
    /// of the machine itself speaks to it.
    pub reaches_private_addresses: bool,
    /// How often what expired is removed.
    pub purged_every: Duration,
}

/// Nothing that expired is read: an hour more harms nobody.
const PURGED_EVERY: Duration = Duration::from_hours(1);

impl Config {
    /// A provider at `issuer`, reached directly, without mails nor hint.
    pub fn new(issuer: Url) -> Self {
        Self {
            reaches_private_addresses: is_of_the_machine(&issuer),
            issuer,
            client_ip: AddressSource::Peer,
            mail: None,
            demo_hint: None,
            bounds: Bounds::default(),
            rates: Rates::default(),
            renews_weak_passwords: true,
            terms_from: None,
            purged_every: PURGED_EVERY,
        }
    }

    /// Refuses an issuer that discovery could not be served under.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let web = matches!(self.issuer.scheme(), "http" | "https");
        if web && self.issuer.query().is_none() && self.issuer.fragment().is_none() {
            return Ok(());
        }
        Err(Error::Internal("the issuer must be an http or https address without query or fragment"))
    }

    /// The issuer as relying parties must write it: no trailing slash.
    pub(crate) fn issuer(&self) -> &str {
        self.issuer.as_str().trim_end_matches('/')
    }

    /// Path of the issuer, without trailing slash: empty, or `/auth`.
    pub(crate) fn base_path(&self) -> &str {
        self.issuer.path().trim_end_matches('/')
    }

    /// Public address of an endpoint, `path` beginning with a slash.
    pub(crate) fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.issuer())
    }

    /// Whether browsers reach the provider over TLS: cookies are then `Secure` and HSTS is sent.
    pub(crate) fn secure(&self) -> bool {
        self.issuer.scheme() == "https"
    }
}

/// Whether only the machine itself reaches an address.
fn is_of_the_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_provider_of_the_machine_reaches_it_by_itself() {
        for (issuer, private) in [
            ("http://127.0.0.1:8071", true),
            ("http://localhost:8071/auth", true),
            ("https://connect.example.org", false),
            ("https://10.0.0.4", false),
        ] {
            assert_eq!(Config::new(issuer.parse().unwrap()).reaches_private_addresses, private, "{issuer}");
        }
    }

    #[test]
    fn an_issuer_is_a_plain_web_address() {
        for (issuer, usable) in [
            ("http://127.0.0.1:8071", true),
            ("https://connect.example.org/auth", true),
            ("https://connect.example.org/?a=1", false),
            ("https://connect.example.org/#a", false),
            ("ftp://connect.example.org/", false),
        ] {
            assert_eq!(Config::new(issuer.parse().unwrap()).check().is_ok(), usable, "{issuer}");
        }
    }

    #[test]
    fn endpoints_follow_the_issuer_with_or_without_a_path() {
        let at_root = Config::new("http://127.0.0.1:8071/".parse().unwrap());
        assert_eq!(at_root.issuer(), "http://127.0.0.1:8071");
        assert_eq!(at_root.base_path(), "");
        assert_eq!(at_root.endpoint("/token"), "http://127.0.0.1:8071/token");
        assert!(!at_root.secure());

        let under_auth = Config::new("https://connect.example.org/auth".parse().unwrap());
        assert_eq!(under_auth.issuer(), "https://connect.example.org/auth");
        assert_eq!(under_auth.base_path(), "/auth");
        assert_eq!(under_auth.endpoint("/token"), "https://connect.example.org/auth/token");
        assert!(under_auth.secure());
    }
}
