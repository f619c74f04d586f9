//! A piece of the file of a control: its content, or where it is kept.

use chrono::{DateTime, Utc};
use iae_domain::ids::DocumentId;
use sha2::{Digest as _, Sha256};

use super::ProofRow;

/// A piece.
pub struct Piece {
    /// Its name, with that of its folder.
    pub name: String,
    /// What it is.
    pub what: String,
    /// Its size, in bytes.
    pub size: u64,
    /// The SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// When what it says happened.
    pub(super) dated: DateTime<Utc>,
    pub(super) content: Content,
}

/// What is in a piece.
pub(super) enum Content {
    /// What was made for the file: small.
    Made(Vec<u8>),
    /// A proof, read in the store as it is sent.
    Kept {
        /// The document.
        document: DocumentId,
        /// Its key.
        storage_key: String,
    },
}

impl Piece {
    /// What is made for the file.
    pub(super) fn made(
        name: impl Into<String>,
        what: impl Into<String>,
        dated: DateTime<Utc>,
        content: impl Into<Vec<u8>>,
    ) -> Self {
        let content = content.into();
        Self {
            name: name.into(),
            what: what.into(),
            size: content.len() as u64,
            sha256: hex::encode(Sha256::digest(&content)),
            dated,
            content: Content::Made(content),
        }
    }

    /// A proof, as it was recorded when it was given.
    pub(super) fn kept(name: String, what: String, proof: &ProofRow) -> Self {
        let ProofRow { document, storage_key, sha256, size, stored_at } = proof.clone();
        let content = Content::Kept { document, storage_key };
        Self { name, what, size, sha256, dated: stored_at, content }
    }

    /// The folder it is in, if it is in one.
    pub fn folder(&self) -> Option<&str> {
        self.name.rsplit_once('/').map(|(folder, _)| folder)
    }
}
