//! The web site of an organisation: shown to everyone, so that only what a browser opens safely is kept (CMP-6).

use std::fmt;

use crate::text::typed;

/// Longest address kept.
const LONGEST: usize = 200;

/// An address of the web: `http` or `https`, a host with a dot, no account in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Website(String);

/// The text is no address of a web site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a web site")]
pub struct InvalidWebsite;

impl Website {
    /// Reads an address as people type it: `www.exemple.fr` is that of a site as well.
    pub fn parse(text: &str) -> Result<Self, InvalidWebsite> {
        let text = typed(text);
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.to_lowercase(), rest),
            None => ("https".to_owned(), text),
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let sound = matches!(scheme.as_str(), "http" | "https")
            && rest.chars().count() <= LONGEST
            && is_host(host)
            && !rest.chars().any(|c| c.is_whitespace() || c.is_control() || "\"'<>\\^`{|}".contains(c));
        if sound { Ok(Self(format!("{scheme}://{rest}"))) } else { Err(InvalidWebsite) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Words parted by dots, then maybe a port. Nobody's account stands before it: `https://banque.fr@ailleurs.fr`.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    name.contains('.')
        && name.split('.').all(is_label)
        && port.len() <= 5
        && port.bytes().all(|b| b.is_ascii_digit())
        && !host.ends_with(':')
}

impl fmt::Display for Website {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_opens_safely_is_kept() {
        for (came, kept) in [
            ("https://jardins.exemple.fr", "https://jardins.exemple.fr"),
            ("HTTP://jardins.exemple.fr/nous?x=1#a", "http://jardins.exemple.fr/nous?x=1#a"),
            (" www.jardins.exemple.fr ", "https://www.jardins.exemple.fr"),
            ("https://jardins.exemple.fr:8443/", "https://jardins.exemple.fr:8443/"),
            ("https://élan.exemple.fr", "https://élan.exemple.fr"),
        ] {
            assert_eq!(Website::parse(came).map(|site| site.0).as_deref(), Ok(kept), "{came}");
        }
        for refused in [
            "",
            "javascript:alert(1)",
            "javascript://exemple.fr/%0aalert(1)",
            "data:text/html,x",
            "ftp://exemple.fr",
            "https://banque.fr@ailleurs.exemple.fr",
            "https://exemple",
            "https://exemple.fr\"onclick=",
            "https://exemple.fr/a b",
            "https://.fr",
            "https://exemple.fr:",
            "exemple.fr:80a",
            "notre site",
        ] {
            assert_eq!(Website::parse(refused), Err(InvalidWebsite), "{refused}");
        }
        assert!(Website::parse(&format!("https://exemple.fr/{}", "a".repeat(LONGEST))).is_err());
    }
}
