//! Where logout tokens go: to the public network only, unless the operator says that relying parties live beside the provider.
//! A registered address may be made to name anything by whoever holds its domain, the database of the provider included.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use openidconnect::reqwest;
use openidconnect::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use openidconnect::reqwest::header::CONTENT_TYPE;
use openidconnect::reqwest::redirect::Policy;
use url::{Host, Url, form_urlencoded};

use crate::error::Error;

/// How long a relying party has to take a token…
const TIMEOUT: Duration = Duration::from_secs(10);
/// … and to be reached.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The way out.
pub(crate) struct Destinations {
    http: reqwest::Client,
    private_too: bool,
}

/// Why a token was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// It is not to be sent there.
    Forbidden,
    /// Nobody answered.
    Unreachable,
    /// The relying party refuses it, or fails.
    Refused,
}

impl NotTaken {
    /// The word of the trail.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Forbidden => "private_address",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
        }
    }
}

impl Destinations {
    /// A way to public addresses, and to private ones if they are allowed. No redirection is followed, no proxy asked.
    pub(crate) fn new(private_too: bool) -> Result<Self, Error> {
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .dns_resolver(Arc::new(Names { private_too }))
            .build()
            .map_err(|_| Error::Internal("there is no way out to relying parties"))?;
        Ok(Self { http, private_too })
    }

    /// Posts a logout token (Back-Channel Logout 1.0 §2.5). Its answer is not read.
    pub(super) async fn post(&self, uri: &str, token: &str) -> Result<(), NotTaken> {
        let url = Url::parse(uri).map_err(|_| NotTaken::Forbidden)?;
        // A name goes through the resolver; an address does not.
        let literal = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(Host::Domain(_)) => None,
            None => return Err(NotTaken::Forbidden),
        };
        if literal.is_some_and(|ip| !self.private_too && !is_public(ip)) {
            return Err(NotTaken::Forbidden);
        }
        let form: String =
            form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", token).finish();
        let request =
            self.http.post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        let answer = request.send().await.map_err(|_| NotTaken::Unreachable)?;
        if answer.status().is_success() { Ok(()) } else { Err(NotTaken::Refused) }
    }
}

/// Names are resolved as usual, and only what may be reached is kept: the address that was checked is the one reached.
struct Names {
    private_too: bool,
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let private_too = self.private_too;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let kept: Vec<SocketAddr> =
                found.filter(|address| private_too || is_public(address.ip())).collect();
            let addresses: Addrs = Box::new(kept.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether an address belongs to the public network.
fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        // « This network », shared by subscribers, assigned by protocols, old relays of 6to4, benchmarks, the future.
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240;
    !is_special
}

/// What is given to the public (2000::/3), without documentation and what stands for an address of IPv4.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let is_global = first & 0xe000 == 0x2000;
    let is_special = matches!((first, second), (0x2001, 0..=0x01ff | 0x0db8) | (0x2002 | 0x3fff, _));
    is_global && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_network_is_reached() {
        for (ip, public) in [
            ("93.184.216.34", true),
            ("2606:2800:220:1:248:1893:25c8:1946", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("172.32.0.1", true),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("100.128.0.1", true),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("224.0.0.1", false),
            ("198.18.0.1", false),
            ("::1", false),
            ("::", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:93.184.216.34", true),
            ("64:ff9b::7f00:1", false),
            ("2002:7f00:1::", false),
            ("fd00::1", false),
            ("fe80::1", false),
            ("ff02::1", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_public(ip.parse().unwrap()), public, "{ip}");
        }
    }

    #[tokio::test]
    async fn an_address_or_a_name_of_the_machine_is_not_reached_unless_allowed() {
        let closed = Destinations::new(false).unwrap();
        assert_eq!(closed.post("http://127.0.0.1:9/", "token").await, Err(NotTaken::Forbidden));
        assert_eq!(closed.post("http://[::1]:9/", "token").await, Err(NotTaken::Forbidden));
        assert_eq!(closed.post("nonsense", "token").await, Err(NotTaken::Forbidden));
        assert_eq!(closed.post("http://localhost:9/", "token").await, Err(NotTaken::Unreachable));
        let open = Destinations::new(true).unwrap();
        assert_eq!(open.post("http://127.0.0.1:9/", "token").await, Err(NotTaken::Unreachable));
    }
}
