//! Codes of applications: RFC 6238, six digits every thirty seconds, SHA-1, which is all that applications agree on. A code is
//! accepted a step early or late, and once.

use std::fmt;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::ids::UserId;
use iae_domain::text::Email;
use qrcode::QrCode;
use qrcode::render::svg;
use secrecy::{ExposeSecret as _, SecretSlice};
use totp_rs::{Builder, Secret};
use url::Url;

use crate::App;
use crate::error::{Error, Result};
use crate::secrets::random_bytes;

/// What RFC 4226 recommends.
const SECRET: usize = 20;
/// How long the page where an application is added serves.
const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// The least side of the picture, in points.
const PICTURE: u32 = 220;
/// What sealed bytes begin with on a page: the instant it serves until, in seconds.
const UNTIL: usize = 8;

/// An application being added: the page carries its secret, sealed.
pub struct Enrolment {
    secret: SecretSlice<u8>,
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
        let secret = random_bytes::<SECRET>()?.to_vec();
        let until = (now + LIFETIME).timestamp().to_be_bytes();
        let carried = app.secrets.seal(&on_page(user), [until.as_slice(), &secret].concat())?;
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
        if serves { Self::of(secret.to_vec(), sealed.to_owned(), email).ok() } else { None }
    }

    fn of(secret: Vec<u8>, sealed: String, email: Option<&Email>) -> Result<Self> {
        let base32 = Secret::from(secret.as_slice()).to_base32();
        let letters: Vec<char> = base32.chars().collect();
        let key = letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ");
        let picture = picture(&address(&base32, email)?)?;
        Ok(Self { secret: secret.into(), sealed, key, picture })
    }

    /// The step that a code belongs to, when it is right around `now`.
    pub(super) fn step_of(&self, code: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
        step(self.secret.expose_secret(), code, now)
    }

    /// The secret as it is kept, bound to its account.
    pub(super) fn at_rest(&self, app: &App, user: UserId) -> Result<Vec<u8>> {
        app.secrets.seal(user.0.as_bytes(), self.secret.expose_secret().to_vec())
    }
}

/// The step that a code of a kept application belongs to; none when it is wrong, or when the secret was sealed with another of
/// the operator's and is lost with it.
pub(super) fn step_of(
    app: &App,
    user: UserId,
    sealed: &[u8],
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let Some(secret) = app.secrets.open(user.0.as_bytes(), sealed) else {
        tracing::warn!("an application of codes cannot be read: it was sealed with another secret");
        return Ok(None);
    };
    step(&secret, code, now)
}

/// What binds a sealed secret to the page of one account: it is not the one at rest.
fn on_page(user: UserId) -> Vec<u8> {
    [b"page ".as_slice(), user.0.as_bytes()].concat()
}

fn step(secret: &[u8], typed: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
    let Ok(seconds) = u64::try_from(now.timestamp()) else { return Ok(None) };
    let totp = Builder::new()
        .with_secret(Secret::from(secret))
        .build()
        .map_err(|_| Error::Internal("a secret of an application cannot be used".to_owned(), None))?;
    // Without the spaces that applications show.
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    Ok(totp.check(&code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// The address that applications read.
fn address(base32: &str, email: Option<&Email>) -> Result<Url> {
    let unusable = || Error::Internal("the address of an application cannot be written".to_owned(), None);
    let mut url = Url::parse("otpauth://totp/").map_err(|_| unusable())?;
    let name = email.map(Email::as_str).unwrap_or_default();
    url.path_segments_mut().map_err(|()| unusable())?.clear().push(&format!("Parcours IAE:{name}"));
    // Spaces as %20: some applications show a plus as it is.
    let query = format!("secret={base32}&issuer=Parcours%20IAE&algorithm=SHA1&digits=6&period=30");
    url.set_query(Some(&query));
    Ok(url)
}

fn picture(address: &Url) -> Result<String> {
    let code = QrCode::new(address.as_str()).map_err(|error| Error::internal("QR code", error))?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(PICTURE, PICTURE).build();
    Ok(format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(drawn)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix B of RFC 6238, cut to six digits.
    #[test]
    fn the_codes_of_the_rfc_are_right_a_step_around() {
        let secret = b"12345678901234567890";
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005 924")] {
            for drift in [-30, 0, 30] {
                assert_eq!(step(secret, code, at(seconds + drift)).unwrap(), Some(seconds / 30), "{drift}");
            }
            assert_eq!(step(secret, code, at(seconds + 90)).unwrap(), None);
        }
        for wrong in ["", "28708", "2870822", "28708a", "é87082"] {
            assert_eq!(step(secret, wrong, at(59)).unwrap(), None, "{wrong}");
        }
    }
}
