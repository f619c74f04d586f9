//! Bodies sent piece by piece.

use axum::BoxError;
use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, TryStream, TryStreamExt as _};

/// A body that says its end as often as it is asked: who compresses an answer asks once more than there is to read, and
/// a stream may not be polled after its end.
pub(crate) fn body<S>(pieces: S) -> Body
where
    S: TryStream + Send + 'static,
    S::Ok: Into<Bytes>,
    S::Error: Into<BoxError>,
{
    Body::from_stream(pieces.into_stream().fuse())
}
