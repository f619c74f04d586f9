//! Parameters of a protocol request, from the query or from a form.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Parameters by name. OAuth forbids a parameter given twice, and an empty one counts as absent
/// (RFC 6749 §3.1), so both are settled here, once. So does one that holds U+0000, which no text of
/// the database can be equal to.
pub(crate) struct Params {
    values: BTreeMap<String, String>,
    repeated: bool,
}

impl Params {
    /// Reads `a=1&b=2`.
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        let mut values = BTreeMap::new();
        let mut repeated = false;
        for (name, value) in url::form_urlencoded::parse(encoded) {
            if value.is_empty() || value.contains('\0') {
                continue;
            }
            repeated |= values.insert(name.into_owned(), value.into_owned()).is_some();
        }
        Self { values, repeated }
    }

    /// The value of a parameter, when present and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The same, this one having this value.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.values.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Whether some parameter was given more than once.
    pub(crate) fn repeated(&self) -> bool {
        self.repeated
    }
}

/// Parameters posted as a form.
pub(crate) struct FormParams(pub(crate) Params);

impl<S: Send + Sync> FromRequest<S> for FormParams {
    type Rejection = FormRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, FormRejection> {
        const FORM: &str = "application/x-www-form-urlencoded";
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = content_type.and_then(|value| value.split(';').next()).map(str::trim);
        if !essence.is_some_and(|essence| essence.eq_ignore_ascii_case(FORM)) {
            return Err(FormRejection::NotAForm);
        }
        let body = Bytes::from_request(request, state).await.map_err(FormRejection::Body)?;
        Ok(Self(Params::parse(&body)))
    }
}

/// Why a body was not read.
pub(crate) enum FormRejection {
    /// Another content type.
    NotAForm,
    /// Too long, or cut.
    Body(BytesRejection),
}

impl IntoResponse for FormRejection {
    fn into_response(self) -> Response {
        match self {
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response(),
            Self::Body(rejection) => rejection.into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_parameter_is_absent_and_a_repeated_one_is_noticed() {
        let params = Params::parse(b"scope=openid+email&state=&nonce=a%26b&client_id=a%00b");
        assert_eq!(params.get("client_id"), None);
        assert_eq!(params.get("scope"), Some("openid email"));
        assert_eq!(params.get("state"), None);
        assert_eq!(params.get("nonce"), Some("a&b"));
        assert!(!params.repeated());
        assert!(Params::parse(b"state=1&state=1").repeated());
    }
}
