//! What a code stands for, and what its presentation must match.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{CodeChallenge, Scopes};
use crate::sessions::Methods;

/// A code as stored, without its value.
#[derive(Clone, Debug)]
pub(super) struct StoredCode {
    pub(super) id: Uuid,
    pub(super) account_id: Uuid,
    pub(super) redirect_uri: String,
    pub(super) scopes: Scopes,
    pub(super) nonce: Option<String>,
    pub(super) code_challenge: CodeChallenge,
    pub(super) authenticated_at: DateTime<Utc>,
    /// None of a code that the version before gave.
    pub(super) session_id: Option<Uuid>,
    pub(super) methods: Methods,
    pub(super) expires_at: DateTime<Utc>,
}

/// What the relying party presents beside the code.
#[derive(Clone, Copy)]
pub(super) struct Presentation<'a> {
    pub(super) redirect_uri: Option<&'a str>,
    pub(super) code_verifier: Option<&'a str>,
}

impl StoredCode {
    /// Whether the code may be exchanged now (IDP-6, RFC 6749 §4.1.3, RFC 7636 §4.6).
    pub(super) fn admits(&self, presented: Presentation<'_>, now: DateTime<Utc>) -> bool {
        now < self.expires_at
            && presented.redirect_uri == Some(self.redirect_uri.as_str())
            && presented.code_verifier.is_some_and(|verifier| self.code_challenge.is_met_by(verifier))
    }
}
