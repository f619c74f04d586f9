//! How much one may ask for in a minute, whoever is asked: pages, logins that fail. Each instance counts for itself: this
//! protects the machine; what protects people is counted in Postgres.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

/// Pages an account may ask for in a minute: more than anyone reads, fewer than it takes to copy a list of people.
const ACCOUNT_PAGES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// Pages an address may ask for in a minute without an account: an agency of hundreds leaves by one.
const ANONYMOUS_PAGES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(3000).unwrap();
/// Logins of one address that may fail in a minute.
const LOGIN_FAILURES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();

/// Keys remembered at most: above, those that have nothing to wait for are forgotten…
const REMEMBERED: usize = 10_000;
/// … once in so many times, because looking for them reads all.
const LOOKED_FOR_EVERY: usize = 256;

/// What one visitor may ask for in a minute, of the platform and of its identity provider alike.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Pages one account may ask for (SES-15).
    pub account_pages_per_minute: NonZeroU32,
    /// The same for one address where nobody is signed in.
    pub anonymous_pages_per_minute: NonZeroU32,
    /// Logins of one address that may fail (D25). Those that begin, or succeed, are not counted.
    pub login_failures_per_minute: NonZeroU32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            account_pages_per_minute: ACCOUNT_PAGES_PER_MINUTE,
            anonymous_pages_per_minute: ANONYMOUS_PAGES_PER_MINUTE,
            login_failures_per_minute: LOGIN_FAILURES_PER_MINUTE,
        }
    }
}

/// What each key has left. Clones count together.
#[derive(Debug)]
pub struct Rate<K: Hash + Eq + Clone> {
    limiter: Arc<DefaultKeyedRateLimiter<K>>,
    taken: Arc<AtomicUsize>,
}

impl<K: Hash + Eq + Clone> Clone for Rate<K> {
    fn clone(&self) -> Self {
        Self { limiter: Arc::clone(&self.limiter), taken: Arc::clone(&self.taken) }
    }
}

impl<K: Hash + Eq + Clone> Rate<K> {
    /// So many at once, and as many in each minute after.
    pub fn per_minute(most: NonZeroU32) -> Self {
        Self::new(Quota::per_minute(most))
    }

    /// One, and another an hour later.
    pub fn once_an_hour() -> Self {
        Self::new(Quota::per_hour(NonZeroU32::MIN))
    }

    fn new(quota: Quota) -> Self {
        Self { limiter: Arc::new(DefaultKeyedRateLimiter::keyed(quota)), taken: Arc::default() }
    }

    /// Takes one of what a key has left, or says in how many seconds it has one again.
    pub fn take(&self, key: &K) -> Result<(), u64> {
        let looks = self.taken.fetch_add(1, Ordering::Relaxed).is_multiple_of(LOOKED_FOR_EVERY);
        if looks && self.limiter.len() > REMEMBERED {
            self.limiter.retain_recent();
        }
        self.limiter
            .check_key(key)
            .map_err(|not_until| not_until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_what_it_has_whatever_the_others_take() {
        let rate = Rate::per_minute(NonZeroU32::new(30).unwrap());
        assert!((0..30).all(|_| rate.take(&"one").is_ok()));
        let wait = rate.clone().take(&"one").unwrap_err();
        assert!((1..=2).contains(&wait), "one comes back every two seconds: {wait}");
        assert!(rate.take(&"other").is_ok());
    }

    #[test]
    fn what_is_told_once_an_hour_is_told_once() {
        let rate = Rate::once_an_hour();
        assert!(rate.take(&1).is_ok());
        let wait = rate.take(&1).unwrap_err();
        assert!((3500..=3601).contains(&wait), "{wait}");
        assert!(rate.take(&2).is_ok());
    }
}
