//! Values that must never be stored or printed as they are.

use std::fmt;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A value presented by a browser or a relying party: session, code, access token, client secret.
///
/// The database only ever holds its [`digest`](Token::digest). SHA-256 is enough, and argon2 would
/// only slow things down, because these values are random and long; passwords are another matter
/// (`crates/credentials`).
#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    /// Wraps a value just made or just received.
    pub(crate) fn new(value: String) -> Self {
        Self(value)
    }

    /// The value itself, to be handed to whoever owns it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up.
    pub(crate) fn digest(&self) -> Vec<u8> {
        digest(self.0.as_bytes())
    }

    /// Whether this value is the one whose digest was stored, in constant time.
    pub(crate) fn matches(&self, stored: &[u8]) -> bool {
        self.digest().ct_eq(stored).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// SHA-256.
pub(crate) fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}
