//! How a relying party proves who it is at the token endpoint: `client_secret_basic` or
//! `client_secret_post`, never both (RFC 6749 §2.3).

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sqlx::PgPool;

use super::Client;
use crate::error::Error;
use crate::params::Params;
use crate::secret::Token;

/// Identifier and secret, as presented.
#[derive(Debug)]
pub(crate) struct Credentials {
    client_id: String,
    secret: Token,
}

/// Why no credentials could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CredentialsRefused {
    /// Nothing, or something unreadable: `invalid_client`.
    Missing,
    /// Two methods at once, or two different identifiers: `invalid_request`.
    Ambiguous,
}

impl Credentials {
    /// Reads the `Authorization` header or the form.
    pub(crate) fn read(headers: &HeaderMap, form: &Params) -> Result<Self, CredentialsRefused> {
        let in_form = form.get("client_id");
        let Some(header) = headers.get(header::AUTHORIZATION) else {
            let (Some(client_id), Some(secret)) = (in_form, form.get("client_secret")) else {
                return Err(CredentialsRefused::Missing);
            };
            return Ok(Self { client_id: client_id.to_owned(), secret: Token::new(secret.to_owned()) });
        };
        let credentials = header.to_str().ok().and_then(decode_basic).ok_or(CredentialsRefused::Missing)?;
        let other_client = in_form.is_some_and(|client_id| client_id != credentials.client_id);
        if form.get("client_secret").is_some() || other_client {
            return Err(CredentialsRefused::Ambiguous);
        }
        Ok(credentials)
    }

    /// The relying party, when the secret is its own.
    pub(crate) async fn authenticate(&self, db: &PgPool) -> Result<Option<Client>, Error> {
        let client = super::find(db, &self.client_id).await?;
        Ok(client.filter(|client| self.secret.matches(&client.secret_hash)))
    }
}

/// `Basic base64(id:secret)`, where both parts are form-encoded first.
fn decode_basic(header: &str) -> Option<Credentials> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client_id, secret) = decoded.split_once(':')?;
    let client_id = form_decode(client_id);
    // No identifier holds U+0000, and the database refuses to look for one.
    let storable = !client_id.contains('\0');
    storable.then(|| Credentials { client_id, secret: Token::new(form_decode(secret)) })
}

fn form_decode(part: &str) -> String {
    // `&` and `=` cannot appear unescaped in a form-encoded value; kept as they are for the
    // relying parties that forget to encode.
    let escaped = part.replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(escaped.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let value = format!("Basic {}", BASE64_STANDARD.encode(value));
        headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        headers
    }

    fn read(headers: &HeaderMap, form: &str) -> Result<(String, String), CredentialsRefused> {
        Credentials::read(headers, &Params::parse(form.as_bytes()))
            .map(|credentials| (credentials.client_id, credentials.secret.reveal().to_owned()))
    }

    #[test]
    fn credentials_come_from_the_header_or_from_the_form() {
        let expected = Ok(("emplois".to_owned(), "s3cr&t:=+".to_owned()));
        assert_eq!(read(&basic("emplois:s3cr%26t%3A%3D%2B"), "grant_type=x"), expected);
        assert_eq!(read(&basic("emplois:s3cr%26t%3A%3D%2B"), "client_id=emplois"), expected);
        assert_eq!(read(&HeaderMap::new(), "client_id=emplois&client_secret=s3cr%26t%3A%3D%2B"), expected);
        assert_eq!(read(&basic("emplois:a&b=c"), ""), Ok(("emplois".to_owned(), "a&b=c".to_owned())));
    }

    #[test]
    fn two_methods_at_once_are_refused() {
        use CredentialsRefused::{Ambiguous, Missing};
        assert_eq!(read(&basic("emplois:s"), "client_id=emplois&client_secret=s"), Err(Ambiguous));
        assert_eq!(read(&basic("emplois:s"), "client_id=pilotage"), Err(Ambiguous));
        assert_eq!(read(&HeaderMap::new(), "client_id=emplois"), Err(Missing));
        assert_eq!(read(&basic("no colon"), ""), Err(Missing));
        assert_eq!(read(&basic("a%00b:s"), ""), Err(Missing));
    }
}
