//! The identity provider of the platform, « Inclusion Connect »: an ordinary OpenID Connect provider
//! over HTTP, with its own port and its own tables (schema `connect`). It knows nothing of the platform,
//! which is one relying party among others. `README.md` tells where things are.

pub mod accounts;
mod bodies;
mod browser;
mod claims;
mod client_ip;
pub mod clients;
mod clock;
mod config;
mod cookie;
pub mod emails;
mod endpoints;
mod error;
mod events;
mod factors;
mod grants;
pub mod keys;
pub mod operators;
mod page;
mod params;
mod purge;
mod random;
mod rates;
mod secret;
mod sessions;
mod throttle;

use std::sync::Arc;
use std::time::Duration;

use iae_server::assets;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use iae_credentials::Passwords;
use iae_server::{Headers, Site};
use sqlx::PgPool;
use sqlx::migrate::Migrator;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::timeout;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;

use crate::error::PageError;
use crate::factors::Passkeys;
use crate::keys::{Keyring, KeysSecret};
use crate::rates::Rates;
use crate::sessions::backchannel::{self, Destinations};

pub use clock::{Clock, FixedClock};
pub use config::Config;
pub use error::Error;
pub use purge::purge;

/// The tables of the provider, in the schema `connect`, and the record of what was applied, in
/// `connect._sqlx_migrations`: they can share a database with the platform's.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// No request takes longer; most take milliseconds, a login the time of a password hash.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

/// The policy of content of an answer that is no page.
const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Brings the tables up to date.
pub async fn migrate(db: &PgPool) -> Result<(), Error> {
    Ok(MIGRATOR.run(db).await?)
}

/// Everything a request needs. Clones are the same provider.
#[derive(Clone)]
pub struct Connect(Arc<Inner>);

struct Inner {
    db: PgPool,
    config: Config,
    clock: Clock,
    keyring: Keyring,
    secret: KeysSecret,
    rates: Rates,
    passwords: Passwords,
    passkeys: Option<Passkeys>,
    destinations: Destinations,
    emails_written: Notify,
    logouts_written: Notify,
}

impl Connect {
    /// A provider over a migrated database. The first start makes a signing key, which takes a moment.
    pub async fn new(db: PgPool, config: Config, secret: KeysSecret, clock: Clock) -> Result<Self, Error> {
        config.check()?;
        let keyring = Keyring::new(db.clone(), secret.clone());
        keyring.prepare(clock.now()).await?;
        Ok(Self(Arc::new(Inner {
            rates: Rates::new(config.rates),
            passwords: Passwords::default(),
            passkeys: Passkeys::of(&config.issuer),
            destinations: Destinations::new(config.reaches_private_addresses)?,
            emails_written: Notify::new(),
            logouts_written: Notify::new(),
            db,
            config,
            clock,
            keyring,
            secret,
        })))
    }

    pub(crate) fn db(&self) -> &PgPool {
        &self.0.db
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.0.keyring
    }

    /// Seals what login pages carry.
    pub(crate) fn secret(&self) -> &KeysSecret {
        &self.0.secret
    }

    /// What is left to each who asks.
    pub(crate) fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// Told once a mail is written, and committed.
    pub(crate) fn emails_written(&self) -> &Notify {
        &self.0.emails_written
    }

    /// Told once a logout is to be told to relying parties, and committed.
    pub(crate) fn logouts_written(&self) -> &Notify {
        &self.0.logouts_written
    }

    /// The way out to relying parties.
    pub(crate) fn destinations(&self) -> &Destinations {
        &self.0.destinations
    }

    /// The ceremonies of passkeys; none where the issuer is an address without a name, which no passkey is made for.
    pub(crate) fn passkeys(&self) -> Option<&Passkeys> {
        self.0.passkeys.as_ref()
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }
}

/// Every endpoint with its layers, outermost last.
pub fn router(connect: Connect) -> Router {
    dressed(endpoints::routes(&connect).layer(from_fn(in_time)), connect)
}

/// What is answered when there is no place for one more request.
fn full(connect: Connect) -> Router {
    dressed(Router::new().fallback(async || PageError::Failed(Error::Busy)), connect)
}

/// What every answer goes through.
fn dressed(routes: Router<Connect>, connect: Connect) -> Router {
    routes
        .layer(from_fn_with_state(connect.clone(), page::render_errors))
        .with_state(connect.clone())
        .layer(from_fn_with_state(connect, bodies::read_first))
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http().make_span_with(span))
}

/// Gives up a request that takes too long, once all of it is there.
async fn in_time(request: Request, next: Next) -> Result<Response, PageError> {
    timeout(REQUEST_TIMEOUT, next.run(request)).await.map_err(|_| PageError::Failed(Error::TooLong))
}

/// Serves, sends mails and logouts and removes what expired until `shutdown` completes, then finishes what was begun. A mail
/// or a logout cut short is tried again.
pub async fn serve(
    listener: TcpListener,
    connect: Connect,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let mails = tokio::spawn(emails::keep_sending(connect.clone()));
    let logouts = tokio::spawn(backchannel::keep_telling(connect.clone()));
    let purging = tokio::spawn(purge::keep_purging(connect.clone()));
    let (config, bounds) = (connect.config().clone(), connect.config().bounds);
    let site = Site {
        full: full(connect.clone()),
        router: router(connect),
        died: || StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        // Pages name their own policy; anything else has nothing to load.
        headers: Headers::new(HeaderValue::from_static(NOTHING), "no-store", config.secure()),
        from: Box::new(move |request| config.client_ip.of(request)),
    };
    let served = iae_server::serve(listener, site, bounds, shutdown).await;
    mails.abort();
    logouts.abort();
    purging.abort();
    served
}

/// What the log says of a request: its route, never its query, which carries codes, states and addresses.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    tracing::info_span!("connect", http.method = %request.method(), http.route = route)
}
