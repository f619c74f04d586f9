//! The address a request comes from, for the lockout and the audit trail.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use crate::{Config, Connect};

/// How the address of a browser is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientIpSource {
    /// The other end of the connection: no proxy in front.
    Peer,
    /// The last address of `X-Forwarded-For`, written by our own proxy. What comes before it was
    /// written by the client and proves nothing.
    ForwardedByProxy,
}

/// A browser's address; IPv6 is cut to its /64, which is what one subscriber holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientIp(IpAddr);

impl ClientIp {
    /// Of what an operator does at the command line.
    pub(crate) const OF_THE_MACHINE: Self = Self(IpAddr::V4(Ipv4Addr::LOCALHOST));

    fn new(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            v4 @ IpAddr::V4(_) => Self(v4),
            IpAddr::V6(v6) => Self(IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)))),
        }
    }

    /// Where a request comes from, outside of any handler.
    pub(crate) fn of(config: &Config, request: &Request) -> Self {
        Self::find(config.client_ip, request.headers(), request.extensions())
    }

    /// Requests whose address is unknown all count as one visitor: limits then hold, at worst too early.
    fn find(source: ClientIpSource, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let peer = || extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let ip = match source {
            ClientIpSource::Peer => peer(),
            ClientIpSource::ForwardedByProxy => forwarded(headers).or_else(peer),
        };
        Self::new(ip.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let header = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    header.rsplit(',').next()?.trim().parse().ok()
}

impl From<ClientIp> for iae_server::Address {
    fn from(ip: ClientIp) -> Self {
        ip.0.into()
    }
}

impl std::fmt::Display for ClientIp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl FromRequestParts<Connect> for ClientIp {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Infallible> {
        Ok(Self::find(connect.config().client_ip, &parts.headers, &parts.extensions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(source: ClientIpSource, forwarded: Option<&str>) -> String {
        let mut headers = HeaderMap::new();
        if let Some(value) = forwarded {
            headers.insert("x-forwarded-for", value.parse().unwrap());
        }
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 4000))));
        ClientIp::find(source, &headers, &extensions).to_string()
    }

    #[test]
    fn a_forged_header_is_ignored_without_a_proxy() {
        assert_eq!(seen(ClientIpSource::Peer, Some("203.0.113.7")), "10.0.0.1");
    }

    #[test]
    fn behind_a_proxy_only_the_address_it_wrote_counts() {
        assert_eq!(seen(ClientIpSource::ForwardedByProxy, Some("6.6.6.6, 203.0.113.7")), "203.0.113.7");
        assert_eq!(seen(ClientIpSource::ForwardedByProxy, None), "10.0.0.1");
    }

    #[test]
    fn one_ipv6_subscriber_is_one_address() {
        let first = ClientIp::new("2001:db8:1:2:aaaa::1".parse().unwrap());
        let second = ClientIp::new("2001:db8:1:2:bbbb::2".parse().unwrap());
        assert_eq!(first, second);
        assert_eq!(first.to_string(), "2001:db8:1:2::");
        assert_eq!(ClientIp::new("::ffff:192.0.2.1".parse().unwrap()).to_string(), "192.0.2.1");
    }
}
