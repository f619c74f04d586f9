//! Applications that give codes (`iae_credentials::SharedSecret`): added by a page that carries their secret, kept sealed.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use iae_credentials::SharedSecret;
use iae_domain::ids::UserId;
use iae_domain::text::Email;

use crate::App;
use crate::error::Result;

/// How long the page where an application is added serves.
const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// What applications call us.
const SERVICE: &str = "Parcours IAE";
/// What sealed bytes begin with on a page: the instant it serves until, in seconds.
const UNTIL: usize = 8;

/// An application being added: the page carries its secret, sealed.
pub struct Enrolment {
    secret: SharedSecret,
    /// What the page carries.
    pub sealed: String,
    /// What is typed where the picture cannot be read, in groups of four.
    pub key: String,
    /// The picture of it, as an address that a page shows.
    pub picture: String,
}

/// Holds a secret.
impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

impl Enrolment {
    pub(super) fn begin(app: &App, user: UserId, email: Option<&Email>, now: DateTime<Utc>) -> Result<Self> {
        let secret = SharedSecret::draw()?;
        let until = (now + LIFETIME).timestamp().to_be_bytes();
        let carried = app.secrets.seal(&on_page(user), [until.as_slice(), secret.expose()].concat())?;
        Self::of(secret, BASE64_URL_SAFE_NO_PAD.encode(carried), email)
    }

    pub(super) fn open(
        app: &App,
        user: UserId,
        email: Option<&Email>,
        sealed: &str,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let carried = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let carried = app.secrets.open(&on_page(user), &carried)?;
        let (until, secret) = carried.split_first_chunk::<UNTIL>()?;
        let serves = now.timestamp() < i64::from_be_bytes(*until);
        if serves { Self::of(secret.to_vec().into(), sealed.to_owned(), email).ok() } else { None }
    }

    fn of(secret: SharedSecret, sealed: String, email: Option<&Email>) -> Result<Self> {
        let account = email.map(Email::as_str).unwrap_or_default();
        let (key, picture) = (secret.key(), secret.picture(SERVICE, account)?);
        Ok(Self { secret, sealed, key, picture })
    }

    /// The step that a code belongs to, when it is right around `now`.
    pub(super) fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        self.secret.step_of(code, now)
    }

    /// The secret as it is kept, bound to its account.
    pub(super) fn at_rest(&self, app: &App, user: UserId) -> Result<Vec<u8>> {
        app.secrets.seal(user.0.as_bytes(), self.secret.expose().to_vec())
    }
}

/// The secret of an application that is kept; none when it was sealed with another of the operator's, and is lost with it.
pub(super) fn kept(app: &App, user: UserId, sealed: &[u8]) -> Option<SharedSecret> {
    let secret = app.secrets.open(user.0.as_bytes(), sealed);
    if secret.is_none() {
        tracing::warn!("an application of codes cannot be read: it was sealed with another secret");
    }
    secret.map(SharedSecret::from)
}

/// What binds a sealed secret to the page of one account: it is not the one at rest.
fn on_page(user: UserId) -> Vec<u8> {
    [b"page ".as_slice(), user.0.as_bytes()].concat()
}
