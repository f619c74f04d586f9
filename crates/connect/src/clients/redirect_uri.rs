//! Where people and codes may be sent (IDP-3).

use url::{Host, Url};

/// A registered address: exact, or with one `*` inside the left-most label of its host
/// (`https://review-*.example.org/callback`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectPattern(Pattern);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Pattern {
    Exact(String),
    Wildcard { before: String, after: String },
}

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
    /// A `*` elsewhere than inside the left-most label of a host of at least three labels.
    #[error("a redirect URI may hold one * only, inside the left-most label of its host")]
    Wildcard,
}

impl RedirectPattern {
    /// Reads a registered address.
    pub fn parse(pattern: &str) -> Result<Self, InvalidRedirectUri> {
        let Some((before, after)) = pattern.split_once('*') else {
            check_address(pattern)?;
            return Ok(Self(Pattern::Exact(pattern.to_owned())));
        };
        // What `*` stands for is letters, digits and hyphens: any of them tells whether the rest is sound.
        let address = check_address(&format!("{before}x{after}"))?;
        let start = before.strip_prefix("https://").ok_or(InvalidRedirectUri::Wildcard)?;
        let host_after_star = after.split(['/', ':', '?']).next().unwrap_or_default();
        let (end, other_labels) = host_after_star.split_once('.').ok_or(InvalidRedirectUri::Wildcard)?;
        let inside_first_label = start.chars().chain(end.chars()).all(is_label_char);
        let whole_domain = !other_labels.contains('.');
        let is_domain = matches!(address.host(), Some(Host::Domain(_)));
        if after.contains('*') || !inside_first_label || whole_domain || !is_domain {
            return Err(InvalidRedirectUri::Wildcard);
        }
        Ok(Self(Pattern::Wildcard { before: before.to_owned(), after: after.to_owned() }))
    }

    /// Whether `uri` is this address, character for character.
    pub fn matches(&self, uri: &str) -> bool {
        match &self.0 {
            Pattern::Exact(exact) => exact == uri,
            Pattern::Wildcard { before, after } => uri
                .strip_prefix(before.as_str())
                .and_then(|rest| rest.strip_suffix(after.as_str()))
                .is_some_and(|middle| !middle.is_empty() && middle.chars().all(is_label_char)),
        }
    }
}

fn is_label_char(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn check_address(address: &str) -> Result<Url, InvalidRedirectUri> {
    let url = Url::parse(address).map_err(|_| InvalidRedirectUri::NotAnAddress)?;
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
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, uri: &str) -> bool {
        RedirectPattern::parse(pattern).unwrap().matches(uri)
    }

    #[test]
    fn an_exact_address_matches_itself_only() {
        let registered = "https://emplois.example.org/callback?from=connect";
        assert!(matches(registered, registered));
        for other in [
            "https://emplois.example.org/callback",
            "https://emplois.example.org/callback?from=connect&more=1",
            "https://emplois.example.org/callback/?from=connect",
            "https://EMPLOIS.example.org/callback?from=connect",
            "http://emplois.example.org/callback?from=connect",
            "https://emplois.example.org:8443/callback?from=connect",
            "https://emplois.example.org.evil.example/callback?from=connect",
        ] {
            assert!(!matches(registered, other), "{other}");
        }
    }

    #[test]
    fn a_star_stands_for_part_of_the_first_label_and_nothing_more() {
        let registered = "https://review-*.example.org/callback";
        assert!(matches(registered, "https://review-42.example.org/callback"));
        assert!(matches(registered, "https://review-my-branch.example.org/callback"));
        for other in [
            "https://review-.example.org/callback",
            "https://review-a.b.example.org/callback",
            "https://review-a.evil.example/x.example.org/callback",
            "https://review-a@evil.example/.example.org/callback",
            "https://review-a#.example.org/callback",
            "https://review-a%2e.example.org/callback",
            "https://review-a.example.org/callback/more",
            "http://review-a.example.org/callback",
        ] {
            assert!(!matches(registered, other), "{other}");
        }
        assert!(matches("https://*-review.example.org/cb", "https://42-review.example.org/cb"));
        assert!(matches("https://*.example.org/cb", "https://anything.example.org/cb"));
    }

    #[test]
    fn a_star_anywhere_else_is_refused() {
        for pattern in [
            "https://*/callback",
            "https://*",
            "https://*.org/callback",
            "https://review-*/callback",
            "https://www.*.example.org/callback",
            "https://example.org/*",
            "https://example.org/callback?next=*",
            "https://review-*.*.example.org/callback",
            "http://*.demo.localhost/callback",
        ] {
            assert_eq!(RedirectPattern::parse(pattern), Err(InvalidRedirectUri::Wildcard), "{pattern}");
        }
    }

    #[test]
    fn only_plain_secure_addresses_can_be_registered() {
        use InvalidRedirectUri::{NotAnAddress, NotPlain, NotSecure};
        for (pattern, refused) in [
            ("/callback", NotAnAddress),
            ("javascript:alert(1)", NotAnAddress),
            ("com.example.app:/callback", NotAnAddress),
            ("http://example.org/callback", NotSecure),
            ("http://192.168.1.10/callback", NotSecure),
            ("https://example.org/callback#part", NotPlain),
            ("https://user@example.org/callback", NotPlain),
            ("https://user*.name@a.example.org/callback", NotPlain),
        ] {
            assert_eq!(RedirectPattern::parse(pattern), Err(refused), "{pattern}");
        }
        for pattern in
            ["http://127.0.0.1:8070/callback", "http://[::1]/callback", "http://localhost/callback"]
        {
            assert!(RedirectPattern::parse(pattern).is_ok(), "{pattern}");
        }
    }
}
