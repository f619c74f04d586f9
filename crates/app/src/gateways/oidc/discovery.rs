//! What a provider publishes of itself, addresses and keys: read at the first login, kept, read again.
//!
//! It is read again when it is old, and at once when an id token bears a key that is not in it: the provider's keys
//! have turned. Each instance of the platform keeps its own. One reading at a time, which serves everyone who waits
//! for it; and few of them, because whoever can have us look at a token chooses the key it bears.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, IssuerUrl, LogoutProviderMetadata, ProviderMetadata};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, RwLock};
use url::Url;

use super::OidcError;
use super::http::Http;

/// How long what a provider published is believed without asking again. Unknown keys do not wait for that.
const KEPT: TimeDelta = TimeDelta::hours(1);
/// How long it is believed when the provider does not answer: a key that it took back is refused once that long went by,
/// and nobody signs in until it answers.
const BELIEVED: TimeDelta = TimeDelta::days(1);
/// How many times in a [`WINDOW`] a provider is asked again.
const REFRESHES: u32 = 5;
/// Those of them that whoever posts a logout token may cause: the others are left to people who sign in.
const REFRESHES_FOR_ANYONE: u32 = 3;
/// See [`REFRESHES`].
const WINDOW: TimeDelta = TimeDelta::minutes(1);

/// For whom a provider is asked again.
#[derive(Debug, Clone, Copy)]
pub(super) enum AskedBy {
    /// Somebody who comes back from it.
    Login,
    /// Nobody knows whom: a token that anyone may post.
    Anyone,
}

/// What the library does not know of a discovery document.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Announced {
    /// RFC 9207: each answer says whose it is.
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Announced {}

/// The discovery document of a provider, with its keys.
pub(super) type Metadata = ProviderMetadata<
    LogoutProviderMetadata<Announced>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What a provider published, and when it was read.
#[derive(Debug)]
pub(super) struct Published {
    /// The document.
    pub metadata: Metadata,
    read_at: DateTime<Utc>,
}

impl Published {
    /// Whether the provider announces that each answer says whose it is (RFC 9207).
    pub(super) fn names_itself(&self) -> bool {
        let announced = &self.metadata.additional_metadata().additional_metadata;
        announced.authorization_response_iss_parameter_supported
    }
}

/// What is known of one provider.
#[derive(Debug)]
pub(super) struct Discovery {
    issuer: IssuerUrl,
    http: Http,
    known: RwLock<Option<Arc<Published>>>,
    /// Held by whoever asks the provider.
    asking: Mutex<Throttle>,
    /// How many times it was asked, successfully or not.
    asked: AtomicU64,
}

impl Discovery {
    /// Nothing is known yet of the provider with this issuer.
    pub(super) fn new(issuer: &Url, http: Http) -> Result<Self, OidcError> {
        let issuer = IssuerUrl::new(issuer.as_str().trim_end_matches('/').to_owned())
            .map_err(|_| OidcError::Refused("issuer"))?;
        let (known, asking) = (RwLock::default(), Mutex::default());
        Ok(Self { issuer, http, known, asking, asked: AtomicU64::new(0) })
    }

    /// The provider, as it names itself.
    pub(super) fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// What the provider publishes. What is old is read again, and still serves while that is being done, or when it
    /// cannot be; not for ever ([`BELIEVED`]).
    pub(super) async fn current(&self, now: DateTime<Utc>) -> Result<Arc<Published>, OidcError> {
        let Some(known) = self.known().await else { return self.other_than(None, now, AskedBy::Login).await };
        let age = now - known.read_at;
        if age >= BELIEVED {
            return self.other_than(Some(&known), now, AskedBy::Login).await;
        }
        if age < KEPT || self.asking.try_lock().is_err() {
            return Ok(known);
        }
        Ok(self.other_than(Some(&known), now, AskedBy::Login).await.unwrap_or_else(|error| {
            tracing::warn!(%error, issuer = self.issuer.as_str(), "what the provider publishes is old");
            known
        }))
    }

    /// What the provider publishes now that `seen` no longer does.
    pub(super) async fn other_than(
        &self,
        seen: Option<&Arc<Published>>,
        now: DateTime<Utc>,
        by: AskedBy,
    ) -> Result<Arc<Published>, OidcError> {
        let asked = self.asked.load(Ordering::Acquire);
        let mut throttle = self.asking.lock().await;
        if let Some(known) = self.known().await
            && seen.is_none_or(|seen| !Arc::ptr_eq(seen, &known))
        {
            return Ok(known);
        }
        if self.asked.load(Ordering::Acquire) != asked {
            return Err(OidcError::Unreachable("discovery, asked for someone else"));
        }
        if seen.is_some() && !throttle.admits(now, by) {
            return Err(OidcError::Unreachable("discovery, asked too often"));
        }
        let answer = Metadata::discover_async(self.issuer.clone(), &self.http).await;
        self.asked.fetch_add(1, Ordering::Release);
        let metadata = answer.map_err(|_| OidcError::Unreachable("discovery"))?;
        let published = Arc::new(Published { metadata, read_at: now });
        *self.known.write().await = Some(Arc::clone(&published));
        Ok(published)
    }

    async fn known(&self) -> Option<Arc<Published>> {
        self.known.read().await.clone()
    }
}

/// Counts in windows: at most [`REFRESHES`] in each.
#[derive(Debug, Default)]
struct Throttle {
    since: Option<DateTime<Utc>>,
    used: u32,
}

impl Throttle {
    fn admits(&mut self, now: DateTime<Utc>, by: AskedBy) -> bool {
        // A clock set back begins a window too.
        if self.since.is_none_or(|since| (now - since).abs() >= WINDOW) {
            *self = Self { since: Some(now), used: 0 };
        }
        let most = match by {
            AskedBy::Login => REFRESHES,
            AskedBy::Anyone => REFRESHES_FOR_ANYONE,
        };
        let admitted = self.used < most;
        self.used += u32::from(admitted);
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_asked_five_times_a_minute_at_most() {
        let noon: DateTime<Utc> = "2026-05-04T12:00:00Z".parse().unwrap();
        let mut throttle = Throttle::default();
        let admitted =
            |throttle: &mut Throttle, at| (0..100).filter(|_| throttle.admits(at, AskedBy::Login)).count();
        assert_eq!(admitted(&mut throttle, noon), 5);
        assert_eq!(admitted(&mut throttle, noon + TimeDelta::seconds(59)), 0);
        assert_eq!(admitted(&mut throttle, noon + TimeDelta::seconds(60)), 5);
        assert_eq!(admitted(&mut throttle, noon - TimeDelta::hours(1)), 5, "the clock was set back");
    }

    #[test]
    fn whoever_posts_tokens_leaves_some_of_it_to_those_who_sign_in() {
        let noon: DateTime<Utc> = "2026-05-04T12:00:00Z".parse().unwrap();
        let mut throttle = Throttle::default();
        let mut admitted = |by| (0..100).filter(|_| throttle.admits(noon, by)).count();
        assert_eq!(admitted(AskedBy::Anyone), 3);
        assert_eq!(admitted(AskedBy::Login), 2);
        assert_eq!(admitted(AskedBy::Anyone), 0);
    }
}
