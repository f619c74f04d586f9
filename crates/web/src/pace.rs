//! How long a request may take: the sender of a long form has all the time it needs as long as it sends, the handler
//! has its own from the last byte on.

use std::num::NonZeroU32;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::Stream;
use tokio::time::{Instant, timeout_at};

use crate::error::PageError;

/// How slow a sender may be, and how long an answer may take once all is there.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// The longest silence: of the sender, or of the handler that has all it needs.
    pub silence: Duration,
    /// When the average begins to matter.
    pub grace: Duration,
    /// The least a sender must have sent on average, from then on.
    pub bytes_per_second: NonZeroU32,
}

impl Default for Patience {
    /// 20 s of silence, 10 kB/s after 30 s: a line that takes half a minute for a CV is no fault of the person's.
    fn default() -> Self {
        Self {
            silence: Duration::from_secs(20),
            grace: Duration::from_secs(30),
            bytes_per_second: NonZeroU32::MIN.saturating_add(9_999),
        }
    }
}

/// What came of a request so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    begun: Instant,
    last: Instant,
    pub(crate) received: u64,
    /// The handler asked for more, and nothing was there.
    is_awaited: bool,
}

impl Arrival {
    pub(crate) const fn at(begun: Instant) -> Self {
        Self { begun, last: begun, received: 0, is_awaited: false }
    }

    /// Notes what a body answered when it was asked for more.
    pub(crate) fn note<E>(&mut self, polled: &Poll<Option<Result<Bytes, E>>>) {
        self.is_awaited = polled.is_pending();
        if let Poll::Ready(chunk) = polled {
            self.came(chunk.as_ref().and_then(|chunk| chunk.as_ref().ok()).map_or(0, Bytes::len));
        }
    }

    pub(crate) fn came(&mut self, bytes: usize) {
        self.received += bytes as u64;
        self.last = Instant::now();
    }

    /// As another reader takes it over: who was not waited for did nothing wrong, and begins now.
    pub(crate) fn taken_over(self) -> Self {
        let begun = if self.is_awaited { self } else { Self::at(Instant::now()) };
        Self { is_awaited: true, ..begun }
    }
}

impl Patience {
    /// When the request is given up unless something comes, or the answer.
    pub(crate) fn end(&self, arrival: &Arrival) -> Instant {
        let silent = arrival.last + self.silence;
        if arrival.is_awaited { silent.min(arrival.begun + self.earned(arrival.received)) } else { silent }
    }

    /// The time that so many bytes may take.
    fn earned(&self, received: u64) -> Duration {
        let milliseconds = received.saturating_mul(1000) / u64::from(self.bytes_per_second.get());
        self.grace.max(Duration::from_millis(milliseconds))
    }
}

/// The body, whose arrival is noted.
struct Noted {
    body: BodyDataStream,
    arrival: Arc<Mutex<Arrival>>,
}

impl Stream for Noted {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.body).poll_next(context);
        lock(&self.arrival).note(&polled);
        polled
    }
}

fn lock(arrival: &Mutex<Arrival>) -> MutexGuard<'_, Arrival> {
    arrival.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives a request up: with 408 when its sender went silent or drips, with the page of an unavailable service when the
/// answer takes too long.
pub async fn limit(State(patience): State<Patience>, request: Request, next: Next) -> Response {
    let arrival = Arc::new(Mutex::new(Arrival::at(Instant::now())));
    let request = if request.body().is_end_stream() {
        request
    } else {
        let arrival = Arc::clone(&arrival);
        request.map(|body| Body::from_stream(Noted { body: body.into_data_stream(), arrival }))
    };
    let mut answer = pin!(next.run(request));
    let now = || *lock(&arrival);
    loop {
        let end = patience.end(&now());
        if let Ok(response) = timeout_at(end, &mut answer).await {
            return response;
        }
        let arrival = now();
        if patience.end(&arrival) <= end {
            let why = if arrival.is_awaited { PageError::TooSlow } else { PageError::Unavailable };
            return why.into_response();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 4 MB at 150 kB/s take 28 s and are taken; so would 40 MB. Under 10 kB/s on average, half a minute is all.
    #[test]
    fn a_sender_that_sends_is_waited_for() {
        let patience = Patience::default();
        let begun = Instant::now();
        for (received, last, end) in [
            (0, 0, 20),
            (1_000_000, 19, 39),
            (4_000_000, 28, 48),
            (40_000_000, 270, 290),
            (100_000, 25, 30),
            (310_000, 30, 31),
        ] {
            let last = begun + Duration::from_secs(last);
            let arrival = Arrival { begun, last, received, is_awaited: true };
            assert_eq!(patience.end(&arrival), begun + Duration::from_secs(end), "{received} bytes");
        }
    }

    /// What has come whole, or was not asked for yet, is the handler's: 20 s from then, however slowly it came.
    #[test]
    fn a_handler_has_its_own_time() {
        let begun = Instant::now();
        let last = begun + Duration::from_mins(5);
        let arrival = Arrival { begun, last, received: 1, is_awaited: false };
        assert_eq!(Patience::default().end(&arrival), last + Duration::from_secs(20));
    }
}
