//! Requests, detached from the connection they came by: what a browser abandons is answered all the same, and no statement
//! of it is cut in the middle.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper::body::Incoming;
use tower::ServiceExt as _;

use crate::places::Places;
use crate::running::Running;
use crate::{Bounds, Headers, Site};

/// The requests a server is answering.
#[derive(Clone)]
pub(crate) struct Requests {
    site: Arc<Site>,
    places: Arc<Places>,
    wait: Duration,
    running: Running,
}

impl Requests {
    pub(crate) fn new(site: Site, bounds: Bounds) -> Self {
        Self {
            site: Arc::new(site),
            places: Places::new(bounds.requests, bounds.requests_of_one),
            wait: bounds.wait,
            running: Running::new(),
        }
    }

    /// Answers one request. Whoever stops waiting before it has a place takes it back; afterwards it ends by itself: its
    /// body, cut short, is an error to whoever reads it.
    pub(crate) async fn answer(
        self,
        request: Request<Incoming>,
        peer: SocketAddr,
    ) -> Result<Response, Infallible> {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answered = self.placed(request).await?;
        Ok(self.site.headers.on(answered))
    }

    async fn placed(&self, request: Request) -> Result<Response, Infallible> {
        let from = (self.site.from)(&request);
        let Some(place) = self.places.take(from, self.wait).await else {
            tracing::warn!("a request found no place");
            return self.site.full.clone().oneshot(request).await;
        };
        let answering = self.site.router.clone().oneshot(request);
        let run = self.running.begin();
        let answered = tokio::spawn(async move {
            let response = answering.await;
            drop((place, run));
            response
        });
        answered.await.unwrap_or_else(|_| Ok((self.site.died)()))
    }

    /// What every answer says.
    pub(crate) fn headers(&self) -> &Headers {
        &self.site.headers
    }

    /// Waits for the last one.
    pub(crate) async fn ended(&self) {
        self.running.ended().await;
    }

    /// How many are being answered.
    pub(crate) fn count(&self) -> usize {
        self.running.count()
    }
}
