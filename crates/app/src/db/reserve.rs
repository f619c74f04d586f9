//! The connections between two requests: kept open, and handed on without a word to Postgres (ADR 39).
//!
//! A request abandoned in mid-statement could leave three things to the next one: an answer, a transaction, a setting. A
//! connection that comes back is looked at where it stands, without a round trip: sqlx knows whether it still waits for an
//! answer, and [`super::Tx`] alone begins transactions. One that is not as it left is closed once Postgres is done with what it
//! was asked, and keeps its place until then, half a minute at most: statements of pages are shorter. Nobody else has it.

mod lent;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::ErrorKind;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

pub(super) use lent::{Condition, Lent};

/// A connection that was in order so short a time ago is not asked whether it still answers.
const FRESH: Duration = Duration::from_secs(1);

/// What is not needed for so long is closed.
const IDLE: Duration = Duration::from_mins(10);

/// No connection is older: what Postgres keeps for each grows.
const LIFETIME: Duration = Duration::from_mins(30);

/// How often one looks for what was not needed.
const ROUND: Duration = Duration::from_mins(1);

/// How long a connection that is not handed on may take to end: longer than the statements of pages may.
pub(super) const FAREWELL: Duration = Duration::from_secs(30);

/// The pause before Postgres, which does not answer yet, is called again; the next ones are longer.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// The connections of a process, for one purpose.
pub(super) struct Reserve {
    options: PgConnectOptions,
    /// How long one waits for a connection.
    wait: Duration,
    /// How many there may be.
    size: u32,
    places: Arc<Semaphore>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// Those nobody uses. The last that came back is the first to leave: what is not needed gets old, and goes.
    idle: Vec<Idle>,
    /// When one was last found lost: those that came back before are asked whether they answer.
    doubted_at: Option<Instant>,
}

/// A connection nobody uses.
struct Idle {
    connection: PgConnection,
    opened_at: Instant,
    since: Instant,
}

impl Reserve {
    /// Those that lead where the connections of this pool do, as many and under the same conditions; none is opened yet.
    pub(super) fn beside(pool: &PgPool) -> Arc<Self> {
        let size = pool.options().get_max_connections();
        let reserve = Arc::new(Self {
            options: pool.connect_options().as_ref().clone(),
            wait: pool.options().get_acquire_timeout(),
            size,
            places: Arc::new(Semaphore::new(usize::try_from(size).unwrap_or(Semaphore::MAX_PERMITS))),
            kept: Mutex::default(),
        });
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(make_rounds(Arc::downgrade(&reserve)));
        }
        reserve
    }

    /// A connection, nobody else's until the value goes.
    pub(super) async fn take(self: &Arc<Self>) -> sqlx::Result<Lent> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok();
        if place.is_some()
            && let Some(idle) = self.fresh()
        {
            return Ok(self.lend(idle.connection, idle.opened_at, place));
        }
        let found = timeout(self.wait, self.find(place)).await;
        found.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    /// Gives every connection up, once it came back; nobody gets one any more.
    pub(super) async fn close(&self) {
        let all = self.places.acquire_many(self.size).await;
        self.places.close();
        let idle = mem::take(&mut self.kept().idle);
        for one in idle {
            close(one.connection).await;
        }
        drop(all);
    }

    async fn find(self: &Arc<Self>, place: Option<OwnedSemaphorePermit>) -> sqlx::Result<Lent> {
        let place = if let Some(place) = place {
            place
        } else {
            let place = Arc::clone(&self.places).acquire_owned().await;
            place.map_err(|_closed| sqlx::Error::PoolClosed)?
        };
        loop {
            if let Some(idle) = self.fresh() {
                return Ok(self.lend(idle.connection, idle.opened_at, Some(place)));
            }
            let Some(mut idle) = self.last() else { break };
            match idle.connection.ping().await {
                Ok(()) => return Ok(self.lend(idle.connection, idle.opened_at, Some(place))),
                Err(error) => tracing::info!(%error, "a connection was lost while nobody used it"),
            }
        }
        // Apart from who waits: given up, it is kept for the next one as soon as it is there.
        let reserve = Arc::clone(self);
        let opening = tokio::spawn(async move {
            let opened = timeout(reserve.wait, reserve.open()).await;
            let connection = opened.unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
            Ok::<_, sqlx::Error>(reserve.lend(connection, Instant::now(), Some(place)))
        });
        opening.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
    }

    /// Opens one; while Postgres starts, calls again and again.
    async fn open(&self) -> sqlx::Result<PgConnection> {
        let mut pause = FIRST_PAUSE;
        loop {
            match self.options.connect().await {
                Err(error) if is_starting(&error) => {}
                opened => return opened,
            }
            sleep(pause).await;
            pause = (pause * 2).min(self.wait / 5);
        }
    }

    /// The last that came back, if it did a moment ago.
    fn fresh(&self) -> Option<Idle> {
        let mut kept = self.kept();
        let doubted_at = kept.doubted_at;
        kept.idle.pop_if(|idle| {
            idle.since.elapsed() <= FRESH && doubted_at.is_none_or(|doubted_at| idle.since > doubted_at)
        })
    }

    fn last(&self) -> Option<Idle> {
        self.kept().idle.pop()
    }

    /// Keeps a connection that is as it left, or gives it back to be closed.
    fn keep(&self, connection: PgConnection, opened_at: Instant) -> Option<PgConnection> {
        if self.places.is_closed() || opened_at.elapsed() > LIFETIME {
            return Some(connection);
        }
        self.kept().idle.push(Idle { connection, opened_at, since: Instant::now() });
        None
    }

    /// One was lost: so may the others be, without anyone having noticed.
    fn doubt(&self) {
        self.kept().doubted_at = Some(Instant::now());
    }

    /// Takes out what was not needed for long.
    fn unneeded(&self) -> Vec<Idle> {
        let mut kept = self.kept();
        let is_old = |idle: &Idle| idle.since.elapsed() > IDLE || idle.opened_at.elapsed() > LIFETIME;
        let (old, young) = mem::take(&mut kept.idle).into_iter().partition(is_old);
        kept.idle = young;
        old
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Holds the password of the database.
impl fmt::Debug for Reserve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reserve(…)")
    }
}

/// Says good-bye; who does not hear it is gone.
async fn close(connection: PgConnection) {
    timeout(FAREWELL, connection.close()).await.ok();
}

/// Closes what is not needed any more, for as long as the reserve is there.
async fn make_rounds(reserve: Weak<Reserve>) {
    loop {
        sleep(ROUND).await;
        let Some(reserve) = reserve.upgrade() else { return };
        for idle in reserve.unneeded() {
            close(idle.connection).await;
        }
    }
}

/// Whether Postgres will answer in a moment: it starts, or has more connections than it takes.
fn is_starting(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => error.kind() == ErrorKind::ConnectionRefused,
        sqlx::Error::Database(error) => error.is_transient_in_connect_phase(),
        _ => false,
    }
}
