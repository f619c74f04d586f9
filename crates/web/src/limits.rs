//! What one visitor may ask.

use std::num::NonZeroU32;

use iae_server::Bounds;

use crate::pace::Patience;

/// Logins of one address that may fail in a minute, unless the operator says otherwise.
const LOGIN_FAILURES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();

/// Pages an account may ask for in a minute: more than anyone reads, fewer than it takes to copy a list of people.
const ACCOUNT_PAGES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// Pages an address may ask for in a minute without an account: an agency of hundreds leaves by one.
const ANONYMOUS_PAGES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(3000).unwrap();

/// What one visitor may ask.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Pages one account may ask for in a minute (SES-15).
    pub account_pages_per_minute: NonZeroU32,
    /// The same for one address where nobody is signed in.
    pub anonymous_pages_per_minute: NonZeroU32,
    /// Logins that failed in a minute from one address (D25). Those that begin, or succeed, are not counted.
    pub login_failures_per_minute: NonZeroU32,
    /// How that address is known.
    pub client_address: ClientAddress,
    /// How long a request may take.
    pub patience: Patience,
    /// Connections and requests at once, and how silent a connection may be.
    pub bounds: Bounds,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            account_pages_per_minute: ACCOUNT_PAGES_PER_MINUTE,
            anonymous_pages_per_minute: ANONYMOUS_PAGES_PER_MINUTE,
            login_failures_per_minute: LOGIN_FAILURES_PER_MINUTE,
            client_address: ClientAddress::Peer,
            patience: Patience::default(),
            bounds: Bounds::default(),
        }
    }
}

/// How the address of a browser is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAddress {
    /// The other end of the connection: no proxy in front.
    Peer,
    /// The last address of `X-Forwarded-For`, written by our own proxy. What comes before was written by the client
    /// and proves nothing.
    ForwardedByProxy,
}
