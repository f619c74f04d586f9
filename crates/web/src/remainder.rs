//! What is left of a request when its answer is made. A connection closed over bytes nobody read is reset, and the answer
//! is lost with it: what a handler leaves is read to its end and thrown away, as long as its sender keeps the pace of any
//! other, or the closing is announced.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{Stream, StreamExt as _};
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout, timeout_at};

use crate::pace::{Arrival, Patience};

/// The most that is read for nothing: twice what the largest form may hold.
const MOST: u64 = 64 * 1024 * 1024;
/// The longest it may take, at any pace.
const TIME: Duration = Duration::from_mins(2);

/// The body of a request, read to its end whoever drops it before.
struct Whole {
    body: Option<BodyDataStream>,
    /// The sender waits to be asked (`Expect: 100-continue`): unasked, it sends nothing.
    waits: bool,
    ended: Arc<AtomicBool>,
    arrival: Arrival,
    patience: Patience,
}

impl Stream for Whole {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.waits = false;
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let polled = Pin::new(body).poll_next(context);
        self.arrival.note(&polled);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
            self.ended.store(true, Ordering::Relaxed);
        }
        polled
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if let (Some(body), false, Ok(runtime)) = (self.body.take(), self.waits, Handle::try_current()) {
            runtime.spawn(timeout(TIME, read_away(body, self.arrival.taken_over(), self.patience)));
        }
    }
}

/// Reads on from where the handler was. Given up, the body is dropped, and its connection is closed: at once when it was given
/// up before, for its silence or its pace.
async fn read_away(mut body: BodyDataStream, mut arrival: Arrival, patience: Patience) {
    while arrival.received <= MOST {
        let Ok(Some(Ok(chunk))) = timeout_at(patience.end(&arrival), body.next()).await else { return };
        arrival.came(chunk.len());
    }
}

/// Sees to it that the answer arrives, whatever was read of the request.
pub async fn see_to(State(patience): State<Patience>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let waits = request.headers().contains_key(header::EXPECT);
    let is_too_much = request.body().size_hint().lower() > MOST;
    let ended = Arc::<AtomicBool>::default();
    let whole = |body: Body| Whole {
        body: Some(body.into_data_stream()),
        waits,
        ended: Arc::clone(&ended),
        arrival: Arrival::at(Instant::now()),
        patience,
    };
    let request = request.map(|body| Body::from_stream(whole(body)));
    let mut response = next.run(request).await;
    let is_given_up = response.status() == StatusCode::REQUEST_TIMEOUT;
    if (waits || is_too_much || is_given_up) && !ended.load(Ordering::Relaxed) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
