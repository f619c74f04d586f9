//! A login page opened by somebody who comes for their account, and answers no relying party. It serves as the others do: a quarter
//! of an hour, once, in its browser; its address carries it, sealed, and nothing is written meanwhile.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Error;
use crate::grants::REQUEST_LIFETIME;
use crate::keys::{KeysSecret, Purpose};
use crate::random;

/// The page.
pub(crate) struct Visit {
    /// Names it once it served.
    pub(crate) id: Uuid,
    /// After this another is opened.
    pub(crate) expires_at: DateTime<Utc>,
    browser: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct Carried {
    id: Uuid,
    browser: String,
    expires_at: DateTime<Utc>,
}

impl Visit {
    /// Opens one, in the browser of this digest.
    pub(crate) fn new(browser: Vec<u8>, now: DateTime<Utc>) -> Result<Self, Error> {
        Ok(Self { id: random::id(now)?, expires_at: now + REQUEST_LIFETIME, browser })
    }

    /// As its address carries it.
    pub(crate) fn seal(&self, secret: &KeysSecret) -> Result<String, Error> {
        let browser = BASE64_URL_SAFE_NO_PAD.encode(&self.browser);
        secret.seal(Purpose::Visit, &Carried { id: self.id, browser, expires_at: self.expires_at })
    }

    /// What an address carried, when it was sealed here.
    pub(crate) fn open(secret: &KeysSecret, sealed: &str) -> Option<Self> {
        let carried: Carried = secret.open_sealed(Purpose::Visit, sealed)?;
        let browser = BASE64_URL_SAFE_NO_PAD.decode(carried.browser).ok()?;
        Some(Self { id: carried.id, expires_at: carried.expires_at, browser })
    }

    /// Whether it serves now in the browser that presented this digest.
    pub(crate) fn is_open(&self, browser: Option<&[u8]>, now: DateTime<Utc>) -> bool {
        browser == Some(&self.browser) && now < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_page_serves_a_quarter_of_an_hour_in_its_browser_and_where_it_was_sealed() {
        let secret = KeysSecret::new(&[1; 32]).unwrap();
        let now: DateTime<Utc> = "2026-09-01T08:00:00Z".parse().unwrap();
        let sealed = Visit::new(vec![7; 32], now).unwrap().seal(&secret).unwrap();
        let visit = Visit::open(&secret, &sealed).unwrap();
        assert!(visit.is_open(Some(&[7; 32]), now + TimeDelta::minutes(14)));
        for (browser, minutes) in [(Some(&[7_u8; 32][..]), 15), (Some(&[8; 32]), 0), (None, 0)] {
            assert!(!visit.is_open(browser, now + TimeDelta::minutes(minutes)), "{browser:?} {minutes}");
        }
        assert!(Visit::open(&KeysSecret::new(&[2; 32]).unwrap(), &sealed).is_none());
        assert!(Visit::open(&secret, "guess").is_none());
    }
}
