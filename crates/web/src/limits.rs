//! What one visitor may ask.

use iae_server::{AddressSource, Bounds, Rates};

use crate::pace::Patience;

/// What one visitor may ask.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Pages of an account and of an address, and logins that fail, in a minute.
    pub rates: Rates,
    /// How an address is known.
    pub client_address: AddressSource,
    /// How long a request may take.
    pub patience: Patience,
    /// Connections and requests at once, and how silent a connection may be.
    pub bounds: Bounds,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rates: Rates::default(),
            client_address: AddressSource::Peer,
            patience: Patience::default(),
            bounds: Bounds::default(),
        }
    }
}
