//! Applications that give codes: RFC 6238, six digits every thirty seconds, SHA-1, which is all that applications agree on. A code
//! is right a step early or late, and serves once: neither it nor one before it is right again.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use qrcode::QrCode;
use qrcode::render::svg;
use secrecy::{ExposeSecret as _, SecretSlice};
use totp_rs::{Builder, Secret, Totp};
use url::Url;

use crate::{Error, random};

/// What RFC 4226 recommends.
const LENGTH: usize = 20;
/// The least side of the picture, in points.
const PICTURE: u32 = 220;

/// A secret shared with an application.
pub struct SharedSecret(SecretSlice<u8>);

impl SharedSecret {
    /// A new one.
    pub fn draw() -> Result<Self, Error> {
        Ok(random::bytes::<LENGTH>()?.to_vec().into())
    }

    /// The bytes themselves, to be sealed.
    pub fn expose(&self) -> &[u8] {
        self.0.expose_secret()
    }

    /// The step that what was typed belongs to, when it is a right code around `now`. Spaces, which applications show, do not
    /// matter.
    pub fn step_of(&self, typed: &str, now: DateTime<Utc>) -> Option<i64> {
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let step = self.totp().check(&code, u64::try_from(now.timestamp()).ok()?)?;
        i64::try_from(step).ok()
    }

    /// The same for a code that did not serve yet: one of the last step that did, or of one before, is wrong.
    pub fn step_after(&self, last: i64, typed: &str, now: DateTime<Utc>) -> Option<i64> {
        self.step_of(typed, now).filter(|step| *step > last)
    }

    /// What is typed where the picture cannot be read, in groups of four.
    pub fn key(&self) -> String {
        in_groups(&base32(self.expose()), 4)
    }

    /// The address that applications read: of which service, and of whose account.
    pub fn address(&self, service: &str, account: &str) -> Result<Url, Error> {
        let unusable = || Error::Failed("the address of an application cannot be written");
        let mut url = Url::parse("otpauth://totp/").map_err(|_| unusable())?;
        url.path_segments_mut().map_err(|()| unusable())?.clear().push(&format!("{service}:{account}"));
        // Spaces as %20: some applications show a plus as it is.
        let (key, issuer) = (base32(self.expose()), service.replace(' ', "%20"));
        url.set_query(Some(&format!("secret={key}&issuer={issuer}&algorithm=SHA1&digits=6&period=30")));
        Ok(url)
    }

    /// The picture of it, as an address that a page shows.
    pub fn picture(&self, service: &str, account: &str) -> Result<String, Error> {
        let code = QrCode::new(self.address(service, account)?.as_str())
            .map_err(|_| Error::Failed("the picture of an application cannot be drawn"))?;
        let drawn = code.render::<svg::Color<'_>>().min_dimensions(PICTURE, PICTURE).build();
        Ok(format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(drawn)))
    }

    /// What the crate asks besides, a name for the account, is of the address that applications read.
    fn totp(&self) -> Totp {
        Builder::new().with_secret(Secret::from(self.expose())).build_noncompliant()
    }
}

impl From<Vec<u8>> for SharedSecret {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

/// Holds a secret.
impl fmt::Debug for SharedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedSecret(…)")
    }
}

/// Bytes as letters and digits that look like no other, as applications read them.
pub fn base32(bytes: &[u8]) -> String {
    Secret::from(bytes).to_base32()
}

/// Letters in groups of so many, as they are read aloud and typed.
pub fn in_groups(letters: &str, of: usize) -> String {
    let letters: Vec<char> = letters.chars().collect();
    letters.chunks(of).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared() -> SharedSecret {
        b"12345678901234567890".to_vec().into()
    }

    /// Appendix B of RFC 6238, cut to six digits.
    #[test]
    fn the_codes_of_the_rfc_are_right_a_step_around() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005 924"),
            (2_000_000_000, " 279 037\u{a0}"),
        ] {
            let step = seconds / 30;
            for drift in [-30, 0, 30] {
                assert_eq!(shared().step_of(code, at(seconds + drift)), Some(step), "{drift}");
            }
            assert_eq!(shared().step_of(code, at(seconds + 90)), None);
            assert_eq!(shared().step_after(step - 1, code, at(seconds)), Some(step));
            assert_eq!(shared().step_after(step, code, at(seconds)), None, "it served");
            for wrong in ["", "28708", "2870822", "28708a", "+87082", "é87082"] {
                assert_eq!(shared().step_of(wrong, at(seconds)), None, "{wrong}");
            }
        }
    }

    #[test]
    fn an_application_is_told_its_secret_in_a_picture_and_in_letters() {
        assert_eq!(shared().key(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let (service, account) = ("Inclusion Connect", "camille.martin@structure.example");
        assert_eq!(
            shared().address(service, account).unwrap().as_str(),
            "otpauth://totp/Inclusion%20Connect:camille.martin@structure.example\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Inclusion%20Connect&algorithm=SHA1&digits=6&period=30"
        );
        let picture = shared().picture(service, account).unwrap();
        let drawn =
            BASE64_STANDARD.decode(picture.strip_prefix("data:image/svg+xml;base64,").unwrap()).unwrap();
        assert!(String::from_utf8(drawn).unwrap().contains("<svg"));
        assert_ne!(SharedSecret::draw().unwrap().key(), SharedSecret::draw().unwrap().key());
    }
}
