//! PKCE, method S256 only (RFC 7636): mandatory for every relying party.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use crate::secret;

/// `code_challenge`: the SHA-256 of a verifier that only the relying party knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CodeChallenge(String);

impl CodeChallenge {
    /// Reads a challenge; `None` unless it is the base64url of 32 bytes.
    pub(crate) fn parse(challenge: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(challenge).ok()?;
        (bytes.len() == 32).then(|| Self(challenge.to_owned()))
    }

    /// A challenge read back from the database.
    pub(super) fn from_stored(challenge: String) -> Self {
        Self(challenge)
    }

    /// As received and stored.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `verifier` is the one this challenge was made from.
    pub(super) fn is_met_by(&self, verifier: &str) -> bool {
        let well_formed = (43..=128).contains(&verifier.len())
            && verifier.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        let computed = BASE64_URL_SAFE_NO_PAD.encode(secret::digest(verifier.as_bytes()));
        well_formed && bool::from(computed.as_bytes().ct_eq(self.0.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_rfc_passes_and_its_neighbours_fail() {
        let challenge = CodeChallenge::parse("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").unwrap();
        assert!(challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"));
        assert!(!challenge.is_met_by(""));
        assert!(!challenge.is_met_by("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), "plain is not S256");
    }

    #[test]
    fn a_challenge_is_the_base64url_of_a_sha256() {
        assert_eq!(CodeChallenge::parse("too-short"), None);
        assert_eq!(CodeChallenge::parse("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"), None);
        assert_eq!(CodeChallenge::parse(&"A".repeat(86)), None);
    }
}
