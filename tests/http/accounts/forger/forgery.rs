//! Tokens that anyone could make: unsigned, or « signed » with what everybody can read (RFC 8725 §2.1).

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use iae_domain::accounts::Algorithm;
use ring::{hmac, rsa};
use serde_json::{Map, Value, json};

use super::{Key, Said};

/// How a token is made without any secret.
#[derive(Debug, Clone, Copy)]
pub enum Forgery {
    /// It says that it needs no signature, in these letters.
    Unsigned(&'static str),
    /// It says what a right one says, and its signature is left out.
    WithoutSignature,
    /// HS256 under the modulus that is published.
    Modulus,
    /// HS256 under the public key, in binary.
    Der,
    /// HS256 under the public key, as it is handed around.
    Pem,
}

impl Forgery {
    /// Each of them.
    pub const ALL: [Self; 8] = [
        Self::Unsigned("none"),
        Self::Unsigned("None"),
        Self::Unsigned("NONE"),
        Self::Unsigned(""),
        Self::WithoutSignature,
        Self::Modulus,
        Self::Der,
        Self::Pem,
    ];
}

impl Said {
    /// A token of these claims, made so.
    pub(super) fn forged(&self, forgery: Forgery, claims: &Map<String, Value>) -> String {
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let key = self.published.iter().find(|key| key.algorithm == Algorithm::Rs256).unwrap();
        let name = match forgery {
            Forgery::Unsigned(name) => name,
            Forgery::WithoutSignature => "RS256",
            Forgery::Modulus | Forgery::Der | Forgery::Pem => "HS256",
        };
        let header = encode(json!({ "alg": name, "kid": key.kid }).to_string().as_bytes());
        let signed = format!("{header}.{}", encode(Value::Object(claims.clone()).to_string().as_bytes()));
        let secret = match forgery {
            Forgery::Unsigned(_) | Forgery::WithoutSignature => return format!("{signed}."),
            Forgery::Modulus => key.published().unwrap()["n"].as_str().unwrap().as_bytes().to_vec(),
            Forgery::Der => public_key(key),
            Forgery::Pem => pem(&public_key(key)),
        };
        let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), signed.as_bytes());
        format!("{signed}.{}", encode(signature.as_ref()))
    }
}

/// SubjectPublicKeyInfo (RFC 5280): the algorithm, then the key itself.
fn public_key(key: &Key) -> Vec<u8> {
    const RSA: &[u8] = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
    let pair = rsa::KeyPair::from_pkcs8(&key.pkcs8).unwrap();
    let bits = [&[0_u8][..], pair.public().as_ref()].concat();
    tagged(0x30, &[RSA, &tagged(0x03, &bits)[..]].concat())
}

/// A value of DER of 256 bytes or more.
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82][..], &length[..], content].concat()
}

fn pem(der: &[u8]) -> Vec<u8> {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n")).into_bytes()
}
