//! What one visitor may ask.

use std::num::NonZeroU32;

/// Logins one address may begin in a minute, unless the operator says otherwise.
const LOGINS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();

/// What one visitor may ask.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Logins begun in a minute from one address.
    pub logins_per_minute: NonZeroU32,
    /// How that address is known.
    pub client_address: ClientAddress,
}

impl Default for Limits {
    fn default() -> Self {
        Self { logins_per_minute: LOGINS_PER_MINUTE, client_address: ClientAddress::Peer }
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
