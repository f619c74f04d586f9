//! Where a request comes from: read in one place for the limits, the places and the trails of both servers.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, Request};

/// What one subscriber holds of IPv6.
const SUBSCRIBER: u32 = 64;
/// What one site holds of it: many subscribers to whoever counts by them.
const SITE: u32 = 48;

/// How the address of a browser is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressSource {
    /// The other end of the connection: no proxy in front.
    Peer,
    /// The last address of `X-Forwarded-For`, written by our own proxy. What comes before was written by the client
    /// and proves nothing.
    ForwardedByProxy,
}

impl AddressSource {
    /// Where a request comes from.
    pub fn of<B>(self, request: &Request<B>) -> Address {
        self.find(request.headers(), request.extensions())
    }

    /// The same of the parts of one. Requests whose address is unknown all count as one visitor: limits then hold, at
    /// worst too early.
    pub fn find(self, headers: &HeaderMap, extensions: &Extensions) -> Address {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let address = match self {
            Self::Peer => peer,
            Self::ForwardedByProxy => forwarded(headers).or(peer),
        };
        address.unwrap_or(Ipv4Addr::UNSPECIFIED.into()).into()
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let header = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    header.rsplit(',').next()?.trim().parse().ok()
}

/// An address, cut to what one subscriber holds (a /64 of IPv6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address(IpAddr);

impl Address {
    /// Of what an operator does at the command line.
    pub const OF_THE_MACHINE: Self = Self(IpAddr::V4(Ipv4Addr::LOCALHOST));

    /// The site it belongs to: a /48 of IPv6, itself of IPv4.
    pub(crate) fn site(self) -> Self {
        Self::cut(self.0, SITE)
    }

    fn cut(address: IpAddr, kept: u32) -> Self {
        match address.to_canonical() {
            v4 @ IpAddr::V4(_) => Self(v4),
            IpAddr::V6(v6) => {
                let mask = u128::MAX << (Ipv6Addr::BITS - kept);
                Self(IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & mask)))
            }
        }
    }
}

impl From<IpAddr> for Address {
    fn from(address: IpAddr) -> Self {
        Self::cut(address, SUBSCRIBER)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(source: AddressSource, forwarded: Option<&str>) -> String {
        let mut request = Request::new(());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 4000))));
        if let Some(value) = forwarded {
            request.headers_mut().insert("x-forwarded-for", value.parse().unwrap());
        }
        source.of(&request).to_string()
    }

    #[test]
    fn only_what_our_own_proxy_wrote_is_believed() {
        assert_eq!(seen(AddressSource::Peer, Some("203.0.113.7")), "10.0.0.1");
        assert_eq!(seen(AddressSource::ForwardedByProxy, Some("6.6.6.6, 203.0.113.7")), "203.0.113.7");
        assert_eq!(seen(AddressSource::ForwardedByProxy, None), "10.0.0.1");
    }

    #[test]
    fn one_ipv6_subscriber_is_one_address_and_many_are_one_site() {
        let of = |text: &str| Address::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::2"));
        assert_eq!(of("2001:db8:1:2:aaaa::1").to_string(), "2001:db8:1:2::");
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("2001:db8:1:2::1").site(), of("2001:db8:1:3::1").site());
        assert_ne!(of("2001:db8:1:2::1").site(), of("2001:db8:2:2::1").site());
        assert_eq!(of("::ffff:192.0.2.1").to_string(), "192.0.2.1");
        assert_eq!(of("192.0.2.1").site(), of("192.0.2.1"));
    }
}
