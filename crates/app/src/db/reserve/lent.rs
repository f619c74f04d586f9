//! A connection in use, and how it comes back.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt as _;
use sqlx::{Connection as _, PgConnection};
use tokio::runtime::Handle;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::{FAREWELL, Reserve, close};

/// How a connection comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::db) enum Condition {
    /// All it was asked is answered, and nothing is open.
    Quiet,
    /// An answer is due, or a transaction is open.
    Busy,
    /// Nobody is at the other end.
    Lost,
}

/// A connection in use. Dropped, it goes back.
#[derive(Debug)]
pub(in crate::db) struct Lent {
    /// Taken away only as the value is dropped.
    connection: Option<PgConnection>,
    opened_at: Instant,
    /// Whether a transaction is open: what begins and ends one says it.
    pub(in crate::db) in_transaction: bool,
    place: Option<OwnedSemaphorePermit>,
    reserve: Arc<Reserve>,
}

impl Lent {
    /// How it would come back now. Nothing is asked of Postgres.
    pub(in crate::db) fn condition(&mut self) -> Condition {
        let in_transaction = self.in_transaction;
        self.connection.as_mut().map_or(Condition::Lost, |connection| condition(connection, in_transaction))
    }
}

/// What sqlx waits for is read away as far as it has arrived: nothing, when no answer is due.
fn condition(connection: &mut PgConnection, in_transaction: bool) -> Condition {
    let in_transaction = in_transaction || connection.is_in_transaction();
    match connection.flush().now_or_never() {
        Some(Ok(())) if !in_transaction => Condition::Quiet,
        // The answer that was due is an error of a statement.
        Some(Ok(()) | Err(sqlx::Error::Database(_))) | None => Condition::Busy,
        Some(Err(_)) => Condition::Lost,
    }
}

impl Reserve {
    /// Lends a connection that was taken out, with its place.
    pub(super) fn lend(
        self: &Arc<Self>,
        connection: PgConnection,
        opened_at: Instant,
        place: Option<OwnedSemaphorePermit>,
    ) -> Lent {
        let reserve = Arc::clone(self);
        Lent { connection: Some(connection), opened_at, in_transaction: false, place, reserve }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let condition = self.condition();
        let Some(connection) = self.connection.take() else { return };
        let leaving = match condition {
            Condition::Quiet => self.reserve.keep(connection, self.opened_at),
            Condition::Busy => {
                // Given up in mid-statement, or because Postgres said that it leaves, which ends them all.
                self.reserve.doubt();
                Some(connection)
            }
            Condition::Lost => {
                self.reserve.doubt();
                None
            }
        };
        if let (Some(connection), Ok(runtime)) = (leaving, Handle::try_current()) {
            runtime.spawn(see_out(connection, self.place.take()));
        }
    }
}

impl Deref for Lent {
    type Target = PgConnection;

    #[expect(clippy::expect_used, reason = "the connection leaves the value only when the value goes")]
    fn deref(&self) -> &PgConnection {
        self.connection.as_ref().expect("a connection in use")
    }
}

impl DerefMut for Lent {
    #[expect(clippy::expect_used, reason = "the connection leaves the value only when the value goes")]
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection.as_mut().expect("a connection in use")
    }
}

/// Closes a connection that is not handed on, which rolls back what it left open. Its place is free only once Postgres is done
/// with its statement, or takes longer than [`FAREWELL`], as one of a task may: whoever abandons many requests has no more of them
/// run at once than there are places.
async fn see_out(mut connection: PgConnection, place: Option<OwnedSemaphorePermit>) {
    let ended = timeout(FAREWELL, async {
        // Each error of a statement is read away, then the end of its answer.
        while let Err(sqlx::Error::Database(_)) = connection.flush().await {}
        close(connection).await;
    });
    if ended.await.is_err() {
        tracing::warn!("a connection that was given up does not end");
    }
    drop(place);
}
