//! SIRENE, the directory of establishments of INSEE, over its API V3.11 (ORG-6, D18): off unless the operator has a key, asked for one
//! establishment at a time, for a few seconds.

mod answer;

use std::time::Duration;

use iae_domain::organisations::{Establishment, NotListed, Siret};
use openidconnect::reqwest::{self, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use crate::error::{Error, Result};

/// How long somebody who signs up waits for it: they may say where they are themselves.
const TIMEOUT: Duration = Duration::from_secs(4);

/// The most an answer may hold: an establishment with its history takes a few kibibytes.
const LARGEST: usize = 256 * 1024;

/// Where the key of the operator goes.
const KEY: &str = "X-INSEE-Api-Key-Integration";

/// Where the API is, unless the operator says otherwise.
pub const ADDRESS: &str = "https://api.insee.fr/api-sirene/3.11";

/// Whom establishments are asked of.
#[derive(Debug, Clone)]
pub enum Sirene {
    /// Nobody.
    Off,
    /// The API.
    Api(Box<Api>),
}

/// The way to the API.
#[derive(Debug, Clone)]
pub struct Api {
    address: Url,
    key: SecretString,
    http: reqwest::Client,
}

impl Sirene {
    /// The API at this address, with the key of the operator.
    pub fn api(address: Url, key: SecretString) -> Result<Self> {
        let http = reqwest::ClientBuilder::new()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()
            .map_err(|error| Error::internal("http client of SIRENE", error))?;
        Ok(Self::Api(Box::new(Api { address, key, http })))
    }

    /// What it says of an establishment that is open; whatever keeps it from answering is told to whoever asks, and hinders nobody.
    pub(crate) async fn establishment(&self, siret: &Siret) -> Result<Establishment, NotListed> {
        match self {
            Self::Off => Err(NotListed::Off),
            Self::Api(api) => api.establishment(siret).await,
        }
    }
}

impl Api {
    async fn establishment(&self, siret: &Siret) -> Result<Establishment, NotListed> {
        let mut address = self.address.clone();
        address
            .path_segments_mut()
            .map_err(|()| NotListed::Away)?
            .pop_if_empty()
            .extend(["siret", siret.as_str()]);
        let request = self.http.get(address).header(KEY, self.key.expose_secret());
        let answer = request.header("Accept", "application/json").send().await.map_err(away)?;
        match answer.status() {
            StatusCode::OK => answer::read(siret, &body(answer).await?),
            StatusCode::BAD_REQUEST => Err(NotListed::Malformed),
            StatusCode::FORBIDDEN => Err(NotListed::OptedOut),
            StatusCode::NOT_FOUND => Err(NotListed::Unknown),
            status => {
                tracing::warn!(http.status = status.as_u16(), "SIRENE does not answer");
                Err(NotListed::Away)
            }
        }
    }
}

/// The body of an answer, which is short.
async fn body(mut answer: reqwest::Response) -> Result<Vec<u8>, NotListed> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(away)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(NotListed::Unreadable);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn away(error: reqwest::Error) -> NotListed {
    // The address holds a SIRET, and nothing of a person.
    tracing::warn!(error = %error.without_url(), "SIRENE does not answer");
    NotListed::Away
}
