//! Forms that carry files. The handler says first that the person may send them, then has the form read: the fields in
//! memory, each file straight to a temporary file (`iae_app::documents::Receiving`).

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{StatusCode, header};
use iae_app::documents::{ReceivedFile, Receiving};
use iae_domain::documents::DocumentKind;
use iae_domain::text::typed;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use crate::error::PageError;
use crate::extract::visitor;
use crate::forms::{self, check_organisation};
use crate::state::WebState;

/// Largest body that is read whole. Far more than a file may have: what is too much of it is read and dropped, so that
/// the page comes back with all that was typed.
const BODY_MAX_BYTES: usize = 32 * 1024 * 1024;
/// Most that may be typed in all the fields together.
const FIELDS_MAX_BYTES: usize = 1024 * 1024;
/// Most parts of a form.
const PARTS_MAX: usize = 200;

/// A form that was not read yet: the last argument of a handler.
#[derive(Debug)]
pub struct Incoming(Request);

impl FromRequest<WebState> for Incoming {
    type Rejection = PageError;

    async fn from_request(request: Request, _: &WebState) -> Result<Self, PageError> {
        Ok(Self(request))
    }
}

/// What was posted.
#[derive(Debug, Default)]
pub struct Upload {
    fields: Vec<(String, String)>,
    files: Vec<(&'static str, ReceivedFile)>,
}

impl Incoming {
    /// A form sent by someone who may not send it any more.
    pub(crate) const fn of(request: Request) -> Self {
        Self(request)
    }

    /// Reads the form, the files of these fields being of these kinds; it was made for one organisation like every
    /// other form (D5). No connection to the database may be held here: the sender decides how long it takes.
    pub async fn read(
        self,
        state: &WebState,
        kinds: &[(&'static str, DocumentKind)],
    ) -> Result<Upload, PageError> {
        let (parts, body) = self.0.into_parts();
        let length = parts.headers.get(header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if length.is_some_and(|length| length > BODY_MAX_BYTES) {
            return Err(PageError::TooLarge);
        }
        let visitor = visitor(&parts)?.clone();
        state.db.rest();
        let upload = Upload::read(Request::from_parts(parts, body), kinds).await?;
        check_organisation(&visitor, upload.value("acting_for").parse().ok())?;
        Ok(upload)
    }
}

impl Upload {
    /// Reads a form whoever sends it, the files of these fields being of these kinds.
    pub async fn read(
        mut request: Request,
        kinds: &[(&'static str, DocumentKind)],
    ) -> Result<Self, PageError> {
        DefaultBodyLimit::max(BODY_MAX_BYTES).apply(&mut request);
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| PageError::Malformed)?;
        let mut upload = Self::default();
        let mut taken = 0;
        for _ in 0..PARTS_MAX {
            let Some(field) = form.next_field().await.map_err(refused)? else { return Ok(upload) };
            if field.file_name().is_some() {
                upload.take_file(field, kinds).await?;
            } else {
                upload.take_field(field, &mut taken).await?;
            }
        }
        Err(PageError::Malformed)
    }

    async fn take_field(&mut self, mut field: Field<'_>, taken: &mut usize) -> Result<(), PageError> {
        let name = field.name().unwrap_or_default().to_owned();
        let mut value = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(refused)? {
            *taken += chunk.len();
            if *taken > FIELDS_MAX_BYTES {
                return Err(PageError::TooLarge);
            }
            value.extend_from_slice(&chunk);
        }
        if value.contains(&0) {
            return Err(PageError::Unstorable);
        }
        let value = String::from_utf8(value).map_err(|_| PageError::Malformed)?;
        self.fields.push((name, typed(&value).into_owned()));
        Ok(())
    }

    /// A file of a field nobody asked for, or beyond what its kind allows and the one that proves it, is passed over.
    async fn take_file(
        &mut self,
        mut field: Field<'_>,
        kinds: &[(&'static str, DocumentKind)],
    ) -> Result<(), PageError> {
        // A browser sends an empty part when no file was chosen.
        let is_chosen = field.file_name().is_some_and(|name| !name.is_empty());
        let kind = kinds.iter().find(|(name, _)| is_chosen && field.name() == Some(*name));
        let Some((name, kind)) = kind.filter(|(name, kind)| self.count(name) <= kind.limits().at_most) else {
            while field.chunk().await.map_err(refused)?.is_some() {}
            return Ok(());
        };
        let mut receiving = Receiving::new(*kind, field.content_type().unwrap_or_default())?;
        while let Some(chunk) = field.chunk().await.map_err(refused)? {
            receiving.write(&chunk).await?;
        }
        self.files.push((*name, receiving.finish().await?));
        Ok(())
    }

    fn count(&self, name: &str) -> usize {
        self.files.iter().filter(|(field, _)| *field == name).count()
    }

    /// What was typed, as the type of a form.
    pub(crate) fn typed<T: DeserializeOwned>(&self) -> Result<T, PageError> {
        let encoded = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish();
        forms::parse(&encoded.into())
    }

    /// All that was typed; the files are let go.
    pub fn into_fields(self) -> Vec<(String, String)> {
        self.fields
    }

    /// A field, empty when absent.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Whether a box was ticked or a button pressed.
    pub fn is_set(&self, name: &str) -> bool {
        !self.value(name).is_empty()
    }

    /// The files chosen in a field.
    pub fn take_files(&mut self, name: &str) -> Vec<ReceivedFile> {
        self.files.extract_if(.., |(field, _)| *field == name).map(|(_, file)| file).collect()
    }
}

fn refused(error: MultipartError) -> PageError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { PageError::TooLarge } else { PageError::Malformed }
}
