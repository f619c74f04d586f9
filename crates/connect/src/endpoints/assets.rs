//! `GET /static/…`: the stylesheet and what it needs, from inside the binary.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rust_embed::RustEmbed;

use crate::error::PageError;

#[derive(RustEmbed)]
#[folder = "../../static"]
struct Assets;

pub(super) async fn get(Path(path): Path<String>, headers: HeaderMap) -> Result<Response, PageError> {
    let file = Assets::get(&path).ok_or(PageError::NotFound)?;
    let etag = format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(file.metadata.sha256_hash()));
    let caching = [(CACHE_CONTROL, "public, max-age=3600".to_owned()), (ETAG, etag.clone())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    Ok((caching, [(CONTENT_TYPE, kind.essence_str().to_owned())], file.data.into_owned()).into_response())
}
