//! What is asked of a provider: no redirection is followed, and no answer is read beyond what one may hold.

use std::pin::Pin;
use std::time::Duration;

use openidconnect::http;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, reqwest};

use super::OidcError;

/// How long the platform waits for a provider (OID-8).
const TIMEOUT: Duration = Duration::from_secs(10);

/// The most an answer may hold: keys and metadata take a few kibibytes, tokens less.
const LARGEST: usize = 256 * 1024;

/// The way to one provider.
#[derive(Debug, Clone)]
pub(super) struct Http(reqwest::Client);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// The provider did not answer.
    #[error(transparent)]
    Request(#[from] reqwest::Error),
    /// What it answered is none.
    #[error(transparent)]
    Answer(#[from] http::Error),
    /// It answers too much.
    #[error("the answer is longer than {LARGEST} bytes")]
    TooLarge,
}

impl Http {
    pub(super) fn new() -> Result<Self, OidcError> {
        reqwest::ClientBuilder::new()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()
            .map(Self)
            .map_err(|_| OidcError::Unreachable("http client"))
    }

    /// Sends a request, and reads its answer.
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut response = http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            headers.clone_from(answer.headers());
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > LARGEST {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(response.body(body)?)
    }
}

/// What the library asks goes the same way.
impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
