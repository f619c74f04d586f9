//! The files of `static/`, inside the binary, under addresses that change with their content.
//!
//! `/static/<version>/css/app.css`: one version for the whole tree, so that the relative addresses inside sheets and
//! scripts need no rewriting. Under its own version a file is cached for a year; under another one (an old page
//! during a deployment) it is served too, but checked again each time. Compressed forms are made once, on first use, and
//! in a development build once more after the file changed.

use std::{
    borrow::Cow,
    collections::HashMap,
    io::Write,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

/// The route that [`serve`] answers.
pub const ROUTE: &str = "/static/{version}/{*path}";

/// A development build reads the files from the disk: they may change under the same version.
const FILES_MAY_CHANGE: bool = cfg!(debug_assertions);

#[derive(RustEmbed)]
#[folder = "../../static"]
struct Files;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut paths: Vec<_> = Files::iter().collect();
    paths.sort();
    let mut digest = Sha256::new();
    for path in paths {
        if let Some(file) = Files::get(&path) {
            digest.update(path.as_bytes());
            digest.update(file.metadata.sha256_hash());
        }
    }
    hex::encode(&digest.finalize()[..6])
});

static SERVED: LazyLock<RwLock<HashMap<String, Arc<Asset>>>> = LazyLock::new(RwLock::default);

/// The address of a file of `static/`: `url("css/app.css")`.
pub fn url(path: &str) -> String {
    format!("/static/{}/{path}", *VERSION)
}

/// Answers [`ROUTE`]: the file, or 304 when the browser already has it, or 404.
pub async fn serve(Path((version, path)): Path<(String, String)>, request: HeaderMap) -> Response {
    let Some(asset) = find(path).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let immutable = version == *VERSION && !FILES_MAY_CHANGE;
    asset.respond(&request, immutable)
}

/// The file, compressed once and kept for as long as it says the same; the work is done off the async threads.
async fn find(path: String) -> Option<Arc<Asset>> {
    if !FILES_MAY_CHANGE && let Some(asset) = kept(&path) {
        return Some(asset);
    }
    tokio::task::spawn_blocking(move || {
        let file = Files::get(&path)?;
        let hash = file.metadata.sha256_hash();
        if let Some(asset) = kept(&path).filter(|asset| asset.hash == hash) {
            return Some(asset);
        }
        let asset = Arc::new(Asset::of(&path, file)?);
        let mut served = SERVED.write().unwrap_or_else(PoisonError::into_inner);
        served.insert(path, Arc::clone(&asset));
        Some(asset)
    })
    .await
    .ok()
    .flatten()
}

fn kept(path: &str) -> Option<Arc<Asset>> {
    SERVED.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
}

/// A file ready to be sent in each encoding.
struct Asset {
    hash: [u8; 32],
    content_type: HeaderValue,
    etag: HeaderValue,
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

impl Asset {
    fn of(path: &str, file: EmbeddedFile) -> Option<Self> {
        let hash = file.metadata.sha256_hash();
        let mime = mime_guess::from_path(path).first_or_octet_stream();
        let text = mime.type_() == "text" || mime.essence_str() == "image/svg+xml";
        let content_type = if text { format!("{mime}; charset=utf-8") } else { mime.to_string() };
        let etag = format!("\"{}\"", hex::encode(&hash[..12]));
        let plain = match file.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        };
        Some(Self {
            hash,
            content_type: HeaderValue::try_from(content_type).ok()?,
            etag: HeaderValue::try_from(etag).ok()?,
            gzip: text.then(|| gzip(&plain)).flatten(),
            brotli: text.then(|| brotli(&plain)).flatten(),
            plain,
        })
    }

    fn respond(&self, request: &HeaderMap, immutable: bool) -> Response {
        let cache = if immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
        let mut headers = HeaderMap::from_iter([
            (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
            (header::ETAG, self.etag.clone()),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ]);
        if names(request, &header::IF_NONE_MATCH, self.etag.to_str().unwrap_or_default()) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_TYPE, self.content_type.clone());
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));

        let (encoding, body) = self.best_for(request);
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        (headers, Body::from(body)).into_response()
    }

    fn best_for(&self, request: &HeaderMap) -> (Option<&'static str>, Bytes) {
        let accepts = |encoding| names(request, &header::ACCEPT_ENCODING, encoding);
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts("br") => (Some("br"), brotli.clone()),
            (_, Some(gzip)) if accepts("gzip") => (Some("gzip"), gzip.clone()),
            _ => (None, self.plain.clone()),
        }
    }
}

/// Whether a comma-separated header names a value, its parameters and weak marks aside.
///
/// An encoding refused by `;q=0` is never what a browser sends for brotli or gzip: it is not looked for.
fn names(request: &HeaderMap, header: &HeaderName, value: &str) -> bool {
    let values = request.get_all(header).into_iter().filter_map(|line| line.to_str().ok());
    values.flat_map(|line| line.split(',')).any(|item| {
        let item = item.split(';').next().unwrap_or_default().trim();
        item.strip_prefix("W/").unwrap_or(item) == value
    })
}

fn gzip(plain: &[u8]) -> Option<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

fn brotli(plain: &[u8]) -> Option<Bytes> {
    let mut compressed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut compressed, 4096, 9, 22);
    encoder.write_all(plain).ok()?;
    encoder.flush().ok()?;
    drop(encoder);
    Some(Bytes::from(compressed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    fn tokens() -> Asset {
        let path = "css/tokens.css";
        Asset::of(path, Files::get(path).unwrap()).unwrap()
    }

    #[test]
    fn a_browser_gets_the_smallest_form_it_accepts() {
        let asset = tokens();
        let (encoding, brotli) = asset.best_for(&request(header::ACCEPT_ENCODING, "gzip, deflate, br;q=1.0"));
        assert_eq!(encoding, Some("br"));
        let (encoding, gzip) = asset.best_for(&request(header::ACCEPT_ENCODING, "gzip"));
        assert_eq!(encoding, Some("gzip"));
        let (encoding, plain) = asset.best_for(&HeaderMap::new());
        assert_eq!(encoding, None);
        assert!(brotli.len() < gzip.len() && gzip.len() < plain.len());

        let mut restored = Vec::new();
        std::io::copy(&mut brotli::Decompressor::new(&brotli[..], 4096), &mut restored).unwrap();
        assert_eq!(restored, plain);
    }

    /// Also where files may change: compressing takes a development build longer than all the rest of a page.
    #[tokio::test]
    async fn a_file_that_says_the_same_is_compressed_once() {
        let first = find("css/tokens.css".to_owned()).await.unwrap();
        let again = find("css/tokens.css".to_owned()).await.unwrap();
        assert!(Arc::ptr_eq(&first, &again));
    }

    #[test]
    fn a_file_under_its_own_version_is_cached_for_good_and_under_another_is_checked_again() {
        let cached = tokens().respond(&HeaderMap::new(), true);
        assert_eq!(cached.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(cached.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        let stale = tokens().respond(&HeaderMap::new(), false);
        assert_eq!(stale.headers()[header::CACHE_CONTROL], "no-cache");
    }

    #[test]
    fn a_browser_that_has_the_file_is_told_so() {
        let etag = tokens().etag.to_str().unwrap().to_owned();
        let known = tokens().respond(&request(header::IF_NONE_MATCH, &format!("W/{etag}, \"x\"")), false);
        assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
        let unknown = tokens().respond(&request(header::IF_NONE_MATCH, "\"x\""), false);
        assert_eq!(unknown.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn unknown_files_and_paths_upwards_are_not_found() {
        for path in ["css/none.css", "../Cargo.toml", "css/../../Cargo.toml", "css", ""] {
            let answer = serve(Path((VERSION.clone(), path.to_owned())), HeaderMap::new()).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn an_address_carries_the_version_of_the_tree() {
        assert_eq!(url("css/app.css"), format!("/static/{}/css/app.css", *VERSION));
        assert_eq!(VERSION.len(), 12);
    }
}
