//! What stands between the network and a router, for the platform and for its identity provider, which know nothing of
//! each other (ADR 25): connections are bounded in number and in silence, and a request, once begun, ends, whether or not
//! anyone still waits for its answer. And the files of `static/`, which both serve alike.

mod address;
pub mod assets;
mod bounds;
mod connections;
mod headers;
mod places;
mod rates;
mod requests;
mod running;
mod stalled;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use tokio::net::TcpListener;

pub use address::{Address, AddressSource};
pub use bounds::Bounds;
pub use headers::Headers;
pub use rates::{Rate, Rates};

/// What answers requests.
pub struct Site {
    /// Everything.
    pub router: Router,
    /// Requests that find no place: says to come back in a moment, whatever was asked.
    pub full: Router,
    /// A request whose handler died outside of what catches panics.
    pub died: fn() -> Response,
    /// What every answer says, these three and that of a connection too many.
    pub headers: Headers,
    /// Whom a request comes from: places are counted for an address. The other end of the connection is in its extensions
    /// ([`ConnectInfo`](axum::extract::ConnectInfo)).
    pub from: Box<dyn Fn(&Request) -> Address + Send + Sync>,
}

/// Serves until `shutdown` completes, then finishes what was begun, within [`Bounds::farewell`].
pub async fn serve(
    listener: TcpListener,
    site: Site,
    bounds: Bounds,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    connections::serve(listener, requests::Requests::new(site, bounds), bounds, shutdown).await;
    Ok(())
}
