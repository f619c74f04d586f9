//! One page that is ready: its bytes, and what it is worth.

use std::io::{self, Read as _, Write as _};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use iae_app::directory::changes::PublicThing;
use iae_domain::ids::AnnouncementEditionId;

use crate::compression::GZIP_LEVEL;
use crate::error::PageError;

/// How many things had been heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Moment(pub(super) u64);

/// A page that every visitor is given. What each answer says besides (its id, the security headers) is added outside.
#[derive(Debug)]
pub(crate) struct Page {
    /// What it shows: changed, the page is old.
    pub(crate) shows: PublicThing,
    /// What had been heard before it was made.
    pub(crate) as_of: Moment,
    /// When it was asked for.
    pub(crate) made_at: DateTime<Utc>,
    /// The announcements it shows.
    pub(crate) announced: Vec<AnnouncementEditionId>,
    /// Its content type.
    pub(crate) kind: HeaderValue,
    /// Its bytes, compressed.
    pub(crate) gzip: Bytes,
}

impl Page {
    /// The answer, compressed for who takes it. What is not is left to the layer that compresses, as any page.
    pub(crate) fn answer(&self, takes_gzip: bool) -> Response {
        let kind = (header::CONTENT_TYPE, self.kind.clone());
        if takes_gzip {
            let encoding = (header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            let vary = (header::VARY, HeaderValue::from_static("accept-encoding"));
            return ([kind, encoding, vary], Body::from(self.gzip.clone())).into_response();
        }
        match self.plain() {
            Ok(plain) => ([kind], Body::from(plain)).into_response(),
            Err(error) => PageError::defect(error).into_response(),
        }
    }

    fn plain(&self) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        GzDecoder::new(&self.gzip[..]).read_to_end(&mut plain)?;
        Ok(plain)
    }
}

/// Compresses a page as any other is.
pub(crate) fn gzip(plain: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP_LEVEL));
    encoder.write_all(plain).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// Whether gzip is named among what is taken, and not refused (`q=0`).
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && weight.is_none_or(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_to_who_takes_it() {
        let table = [
            ("gzip", true),
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("identity", false),
            ("gzip;q=0", false),
            ("gzip; q=0.000, identity", false),
            ("x-gzip", false),
            ("", false),
        ];
        for (accepted, expected) in table {
            let accepted = HeaderValue::from_static(accepted);
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, accepted.clone())]);
            assert_eq!(takes_gzip(&headers), expected, "{accepted:?}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
