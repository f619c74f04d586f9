//! What people prove who they are with, for the platform and for its identity provider: passwords (argon2id), and the codes that an
//! application gives (RFC 6238).
//!
//! It hashes, checks and draws. What is kept, sealed, counted and said belongs to those who use it (ADR 40).

mod hash;
mod memory;
mod passwords;
mod random;
mod totp;

pub use hash::PasswordHash;
pub use passwords::{Passwords, Place};
pub use totp::{SharedSecret, base32, in_groups};

/// Why nothing was hashed, checked or drawn.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// More is asked at once than can wait: trying again in a moment is right.
    #[error("too many passwords are being checked")]
    Busy,
    /// It could not be done.
    #[error("{0}")]
    Failed(&'static str),
    /// A task was cancelled or panicked.
    #[error("a background task failed: {0}")]
    Task(#[from] tokio::task::JoinError),
}
