//! Forms that carry a file: fields and file read together, made for one organisation like every other form (D5).

use axum::body::Bytes;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use iae_domain::documents::CV_MAX_BYTES;

use crate::error::PageError;
use crate::extract::visitor;
use crate::forms::check_organisation;
use crate::state::WebState;

/// Most bytes of a file that are kept: one too many, so that the rule of its kind refuses it.
const FILE_KEPT_BYTES: usize = CV_MAX_BYTES + 1;
/// Largest body that is read whole. Far more than a file may have: what is too much of it is read and dropped, so that
/// the page comes back with all that was typed.
const BODY_MAX_BYTES: usize = 32 * 1024 * 1024;

/// What was posted.
#[derive(Debug, Default)]
pub struct Upload {
    fields: Vec<(String, String)>,
    file: Option<UploadedFile>,
}

/// The file, when one was chosen.
#[derive(Debug)]
pub struct UploadedFile {
    /// Its name on the sender's machine; never kept.
    pub name: String,
    /// Its content, cut where it is too long for any kind of file.
    pub content: Bytes,
}

impl Upload {
    /// A field, empty when absent.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Whether a box was ticked or a button pressed.
    pub fn is_set(&self, name: &str) -> bool {
        !self.value(name).is_empty()
    }

    /// The file, when one was chosen.
    pub fn take_file(&mut self) -> Option<UploadedFile> {
        self.file.take()
    }
}

impl FromRequest<WebState> for Upload {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, PageError> {
        let (parts, body) = request.into_parts();
        let visitor = visitor(&parts)?.clone();
        let mut request = Request::from_parts(parts, body);
        DefaultBodyLimit::max(BODY_MAX_BYTES).apply(&mut request);
        state.db.rest();
        let mut multipart =
            Multipart::from_request(request, state).await.map_err(|_| PageError::Malformed)?;
        let mut upload = Self::default();
        while let Some(field) = multipart.next_field().await.map_err(refused)? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(ToOwned::to_owned) {
                // A browser sends an empty part when no file was chosen.
                Some(file_name) if file_name.is_empty() => {}
                Some(file_name) => {
                    let content = first_bytes(field).await.map_err(refused)?;
                    upload.file = Some(UploadedFile { name: file_name, content });
                }
                None => {
                    let value = field.text().await.map_err(refused)?;
                    if value.contains('\0') {
                        return Err(PageError::Unstorable);
                    }
                    upload.fields.push((name, value));
                }
            }
        }
        check_organisation(&visitor, upload.value("acting_for").parse().ok())?;
        Ok(upload)
    }
}

/// What is kept of a file, whatever its length.
async fn first_bytes(mut field: Field<'_>) -> Result<Bytes, MultipartError> {
    let mut content = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        let room = FILE_KEPT_BYTES - content.len();
        content.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok(content.into())
}

fn refused(error: MultipartError) -> PageError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { PageError::TooLarge } else { PageError::Malformed }
}
