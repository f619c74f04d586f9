//! Where people, codes and logout tokens may be sent: addresses that are registered whole. The `*` of IDP-3 is gone (issue 12):
//! what stands for several hosts stands, one day, for somebody else's.

use url::{Host, Url};

/// An address that may be registered. It then admits itself, character for character, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUri(String);

/// Why an address cannot be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRedirectUri {
    /// Not an absolute `http` or `https` address with a host.
    #[error("a redirect URI must be an absolute http or https address")]
    NotAnAddress,
    /// `http` is for the machine itself only: elsewhere codes would travel in clear.
    #[error("a redirect URI must use https, except on the loopback interface")]
    NotSecure,
    /// A fragment, a user name or a password.
    #[error("a redirect URI has no fragment, user name or password")]
    NotPlain,
    /// A `*`: each address is registered by itself.
    #[error("a redirect URI holds no *: register each address")]
    Star,
}

impl RedirectUri {
    /// Reads an address to register.
    pub fn parse(uri: &str) -> Result<Self, InvalidRedirectUri> {
        if uri.contains('*') {
            return Err(InvalidRedirectUri::Star);
        }
        let url = Url::parse(uri).map_err(|_| InvalidRedirectUri::NotAnAddress)?;
        let secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(InvalidRedirectUri::NotAnAddress),
        };
        let loopback = match url.host() {
            None => return Err(InvalidRedirectUri::NotAnAddress),
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
        };
        if !secure && !loopback {
            return Err(InvalidRedirectUri::NotSecure);
        }
        if url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidRedirectUri::NotPlain);
        }
        Ok(Self(uri.to_owned()))
    }

    /// As it was registered.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_refused_wherever_it_is() {
        for uri in [
            "https://review-*.example.org/callback",
            "https://*.example.org/callback",
            "https://*/callback",
            "https://example.org/*",
            "https://example.org/callback?next=*",
            "http://*.demo.localhost/callback",
        ] {
            assert_eq!(RedirectUri::parse(uri), Err(InvalidRedirectUri::Star), "{uri}");
        }
    }

    #[test]
    fn only_plain_secure_addresses_can_be_registered() {
        use InvalidRedirectUri::{NotAnAddress, NotPlain, NotSecure};
        for (uri, refused) in [
            ("/callback", NotAnAddress),
            ("javascript:alert(1)", NotAnAddress),
            ("com.example.app:/callback", NotAnAddress),
            ("http://example.org/callback", NotSecure),
            ("http://192.168.1.10/callback", NotSecure),
            ("https://example.org/callback#part", NotPlain),
            ("https://user@example.org/callback", NotPlain),
        ] {
            assert_eq!(RedirectUri::parse(uri), Err(refused), "{uri}");
        }
        for uri in [
            "https://example.org/callback?from=connect",
            "http://127.0.0.1:8070/callback",
            "http://[::1]/callback",
            "http://localhost/callback",
        ] {
            assert_eq!(RedirectUri::parse(uri).unwrap().as_str(), uri);
        }
    }
}
