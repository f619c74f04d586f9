//! Applications that give codes: RFC 6238, six digits every thirty seconds, SHA-1, which is all that applications agree on. A code
//! is accepted a step early or late, and once: neither it nor one before it opens anything again.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use qrcode::QrCode;
use qrcode::render::svg;
use secrecy::{ExposeSecret as _, SecretSlice};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use totp_rs::{Builder, Secret, Totp};
use url::Url;
use uuid::Uuid;

use super::store;
use super::tries::{self, Tried};
use crate::error::Error;
use crate::keys::Purpose;
use crate::{Connect, random};

/// What RFC 4226 recommends.
const SECRET_LENGTH: usize = 20;
/// How long the page where an application is added serves.
const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// The least side of the picture, in points.
const PICTURE: u32 = 220;

/// A secret shared with an application.
pub(super) struct Shared(SecretSlice<u8>);

impl Shared {
    /// What the crate asks besides, a name for the account, is of the address that applications read, which is written below.
    fn totp(&self) -> Totp {
        Builder::new().with_secret(self.secret()).build_noncompliant()
    }

    fn secret(&self) -> Secret {
        Secret::from(self.0.expose_secret())
    }

    /// The step that a code belongs to, when it is right around `now`.
    pub(super) fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let step = self.totp().check(code, u64::try_from(now.timestamp()).ok()?)?;
        i64::try_from(step).ok()
    }

    /// As it is kept, bound to its account.
    pub(super) fn seal(&self, connect: &Connect, account_id: Uuid) -> Result<Vec<u8>, Error> {
        let secret = self.0.expose_secret().to_vec();
        connect.secret().seal_for(Purpose::Application, account_id.as_bytes(), secret)
    }

    fn open(connect: &Connect, account_id: Uuid, sealed: &[u8]) -> Option<Self> {
        let secret = connect.secret().open_for(Purpose::Application, account_id.as_bytes(), sealed)?;
        Some(Self(secret.into()))
    }
}

/// An application being added: the page carries it, sealed, and nothing is written until a code of it is typed.
pub(crate) struct Enrolment {
    /// Serves once.
    pub(crate) id: Uuid,
    /// After this the page serves no more.
    pub(crate) expires_at: DateTime<Utc>,
    pub(super) shared: Shared,
}

#[derive(Serialize, Deserialize)]
struct Carried {
    id: Uuid,
    account_id: Uuid,
    secret: Vec<u8>,
    expires_at: DateTime<Utc>,
}

impl Enrolment {
    /// A new one.
    pub(crate) fn begin(now: DateTime<Utc>) -> Result<Self, Error> {
        let secret: [u8; SECRET_LENGTH] = random::bytes()?;
        let shared = Shared(secret.to_vec().into());
        Ok(Self { id: random::id(now)?, expires_at: now + LIFETIME, shared })
    }

    /// As its page carries it.
    pub(crate) fn seal(&self, connect: &Connect, account_id: Uuid) -> Result<String, Error> {
        let secret = self.shared.0.expose_secret().to_vec();
        let carried = Carried { id: self.id, account_id, secret, expires_at: self.expires_at };
        connect.secret().seal(Purpose::Enrolment, &carried)
    }

    /// What the page carried, while it serves, for this account.
    pub(crate) fn open(connect: &Connect, account_id: Uuid, sealed: &str) -> Option<Self> {
        let carried: Carried = connect.secret().open_sealed(Purpose::Enrolment, sealed)?;
        let serves = carried.account_id == account_id && connect.now() < carried.expires_at;
        let shared = Shared(carried.secret.into());
        serves.then_some(Self { id: carried.id, expires_at: carried.expires_at, shared })
    }

    /// What is typed where the picture cannot be read, in groups of four.
    pub(crate) fn key(&self) -> String {
        let key = self.shared.secret().to_base32();
        let letters: Vec<char> = key.chars().collect();
        letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
    }

    /// The address that applications read.
    pub(crate) fn address(&self, email: &str) -> Result<Url, Error> {
        let unusable = || Error::Internal("the address of an application cannot be written");
        let mut url = Url::parse("otpauth://totp/").map_err(|_| unusable())?;
        url.path_segments_mut().map_err(|()| unusable())?.clear().push(&format!("Inclusion Connect:{email}"));
        let key = self.shared.secret().to_base32();
        // Spaces as %20: some applications show a plus as it is.
        let query = format!("secret={key}&issuer=Inclusion%20Connect&algorithm=SHA1&digits=6&period=30");
        url.set_query(Some(&query));
        Ok(url)
    }

    /// The picture of it, as an address that a page shows.
    pub(crate) fn picture(&self, email: &str) -> Result<String, Error> {
        let code = QrCode::new(self.address(email)?.as_str())
            .map_err(|_| Error::Internal("the picture of an application cannot be drawn"))?;
        let drawn = code.render::<svg::Color<'_>>().min_dimensions(PICTURE, PICTURE).build();
        Ok(format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(drawn)))
    }
}

/// What was typed, without the spaces that applications show.
pub(super) fn digits(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Looks at a code of any application of the account. One accepted already, or before the last that was, is wrong.
pub(crate) async fn try_code(
    connect: &Connect,
    db: &mut PgConnection,
    account_id: Uuid,
    typed: &str,
) -> Result<Tried, Error> {
    let now = connect.now();
    let attempt = match tries::begin(db, account_id, now).await? {
        Ok(attempt) => attempt,
        Err(minutes) => return Ok(Tried::Locked { minutes }),
    };
    let code = digits(typed);
    let mut tried = Tried::Wrong;
    for device in store::devices(&mut *db, account_id).await? {
        let Some(shared) = Shared::open(connect, account_id, &device.sealed) else {
            // Sealed with another secret of the operator: lost with it.
            tracing::warn!("an application of codes cannot be read: it was sealed with another secret");
            continue;
        };
        if let Some(step) = shared.step_of(&code, now)
            && step > device.last_step
        {
            store::use_device(&mut *db, device.id, step, now).await?;
            tried = Tried::Right { factor_id: Some(device.id) };
            break;
        }
    }
    attempt.end(db, tried, now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared() -> Shared {
        Shared(b"12345678901234567890".to_vec().into())
    }

    /// Appendix B of RFC 6238, cut to six digits.
    #[test]
    fn the_codes_of_the_rfc_are_right_a_step_around() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        for (seconds, code) in
            [(1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            let step = seconds / 30;
            for drift in [-30, 0, 30] {
                assert_eq!(shared().step_of(code, at(seconds + drift)), Some(step), "{drift}");
            }
            assert_eq!(shared().step_of(code, at(seconds + 90)), None);
            for wrong in ["", "28708", "2870822", "28708a", "+87082", "é87082"] {
                assert_eq!(shared().step_of(wrong, at(seconds)), None, "{wrong}");
            }
        }
    }

    #[test]
    fn an_application_is_told_its_secret_in_a_picture_and_in_letters() {
        let enrolment = Enrolment { id: Uuid::nil(), expires_at: DateTime::UNIX_EPOCH, shared: shared() };
        assert_eq!(enrolment.key(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            enrolment.address("camille.martin@structure.example").unwrap().as_str(),
            "otpauth://totp/Inclusion%20Connect:camille.martin@structure.example\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Inclusion%20Connect&algorithm=SHA1&digits=6&period=30"
        );
        let picture = enrolment.picture("camille.martin@structure.example").unwrap();
        let drawn =
            BASE64_STANDARD.decode(picture.strip_prefix("data:image/svg+xml;base64,").unwrap()).unwrap();
        assert!(String::from_utf8(drawn).unwrap().contains("<svg"));
        assert_eq!(digits(" 287 082\u{a0}"), "287082");
    }
}
