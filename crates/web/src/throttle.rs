//! How many pages an account or an address may ask for (SES-15), and how many logins of one address may fail: failures
//! alone are counted, never beginnings, because hundreds of agents leave by one address at nine o'clock (D25). Each
//! instance counts for itself: this protects the machine. What protects people is counted in Postgres (`app/src/budgets`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use iae_domain::ids::UserId;
use iae_server::Rate;

use crate::error::PageError;
use crate::limits::{ClientAddress, Limits};
use crate::visitor::Visitor;

/// Seconds after which a refused address is told to come back.
const RETRY_AFTER: u64 = 60;

/// A login failed: travels with the answer until it is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failed;

/// The logins that failed lately.
#[derive(Debug, Clone)]
pub struct Logins {
    failures: Rate<IpAddr>,
    client_address: ClientAddress,
}

impl Logins {
    /// No failure yet.
    pub fn new(limits: Limits) -> Self {
        let failures = Rate::per_minute(limits.rates.login_failures_per_minute);
        Self { failures, client_address: limits.client_address }
    }
}

/// Answers one failure too many of an address with nothing but the time to wait. Who succeeds behind the same address
/// is served.
pub async fn limit_failures(
    State(logins): State<Logins>,
    request: Request,
    next: Next,
) -> Result<Response, PageError> {
    let address = logins.client_address.of(&request);
    let response = next.run(request).await;
    let failed = response.extensions().get::<Failed>().is_some();
    if failed && logins.failures.take(&address).is_err() {
        tracing::warn!(retry.after = RETRY_AFTER, "too many logins failed from one address");
        return Err(PageError::TooManyRequests { retry_after: RETRY_AFTER });
    }
    Ok(response)
}

/// The pages asked for lately.
#[derive(Debug, Clone)]
pub struct Pages {
    accounts: Rate<UserId>,
    addresses: Rate<IpAddr>,
    client_address: ClientAddress,
}

impl Pages {
    /// None yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            accounts: Rate::per_minute(limits.rates.account_pages_per_minute),
            addresses: Rate::per_minute(limits.rates.anonymous_pages_per_minute),
            client_address: limits.client_address,
        }
    }

    /// Counts a page; or says in how many seconds there is one again.
    fn count(&self, request: &Request) -> Result<(), u64> {
        let visitor = request.extensions().get::<Visitor>();
        match visitor.and_then(|visitor| visitor.person.as_ref()) {
            Some(person) => self.accounts.take(&person.user),
            None => self.addresses.take(&self.client_address.of(request)),
        }
    }
}

/// Answers one page too many with nothing but the time to wait. What is signed in is counted by account, whatever its
/// address; the rest by address.
pub async fn limit_pages(
    State(pages): State<Pages>,
    request: Request,
    next: Next,
) -> Result<Response, PageError> {
    if let Err(retry_after) = pages.count(&request) {
        return Err(PageError::TooManyRequests { retry_after });
    }
    Ok(next.run(request).await)
}

impl ClientAddress {
    /// Requests whose address is unknown count as one visitor: the limit then holds, at worst too early.
    pub(crate) fn of(self, request: &Request) -> IpAddr {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let address = match self {
            Self::Peer => peer,
            Self::ForwardedByProxy => forwarded(request.headers()).or(peer),
        };
        subscriber(address.unwrap_or(Ipv4Addr::UNSPECIFIED.into()))
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let header = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    header.rsplit(',').next()?.trim().parse().ok()
}

/// An IPv6 address is cut to its /64, which is what one subscriber holds.
fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        v4 @ IpAddr::V4(_) => v4,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)).into(),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn request(peer: &str, forwarded: Option<&str>) -> Request {
        let mut request = Request::new(Body::empty());
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        if let Some(value) = forwarded {
            request.headers_mut().insert("x-forwarded-for", value.parse().unwrap());
        }
        request
    }

    #[test]
    fn the_31st_failure_of_a_minute_is_refused_to_its_address_alone() {
        let logins = Logins::new(Limits::default());
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        assert!((0..30).all(|_| logins.failures.take(&one).is_ok()));
        assert!(logins.failures.take(&one).is_err());
        assert!(logins.failures.take(&other).is_ok());
    }

    #[test]
    fn only_what_our_own_proxy_wrote_is_believed() {
        let of = |how: ClientAddress, forwarded| how.of(&request("10.0.0.1:4000", forwarded)).to_string();
        assert_eq!(of(ClientAddress::Peer, Some("203.0.113.7")), "10.0.0.1");
        assert_eq!(of(ClientAddress::ForwardedByProxy, Some("6.6.6.6, 203.0.113.7")), "203.0.113.7");
        assert_eq!(of(ClientAddress::ForwardedByProxy, None), "10.0.0.1");
    }

    #[test]
    fn one_ipv6_subscriber_is_one_address() {
        assert_eq!(subscriber("2001:db8:1:2:aaaa::1".parse().unwrap()).to_string(), "2001:db8:1:2::");
        assert_eq!(subscriber("::ffff:192.0.2.1".parse().unwrap()).to_string(), "192.0.2.1");
    }
}
