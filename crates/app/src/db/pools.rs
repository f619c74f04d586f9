//! What connections are for, and how long each may make the server and others wait. The timeouts of every connection of the
//! platform, its worker, its identity provider and its commands are set here and nowhere else.
//!
//! What manages connections of its own (the queue, exports, the identity provider) has a pool of sqlx, all the rest the
//! reserve beside it, which asks nothing of Postgres between two requests (`reserve.rs`, ADR 39).

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool};

use super::Db;

/// Files made at once.
const EXPORTS: u32 = 2;

/// Statements whose plan a connection keeps. There are some four hundred, of which pages of one kind need a hundred: with the
/// hundred of sqlx, those of a busy instance would push each other out, two round trips each time.
const STATEMENTS: usize = 256;

/// A connection of the pool that was in order so short a time ago is not asked again whether it answers.
const FRESH: Duration = Duration::from_secs(1);

/// What connections are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Pages: somebody waits for each statement.
    Pages,
    /// Exports, read for as long as their reader downloads.
    Exports,
    /// Tasks of the worker: nobody waits, and a mail is sent while its row is locked.
    Tasks,
    /// The identity provider: somebody waits, and statements are short.
    Identities,
    /// What an operator runs and watches: migrations, imports, seeds.
    Commands,
}

/// How long a connection may make others wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds {
    /// For a connection of the pool, while they are all in use or while Postgres is away.
    acquire: Duration,
    /// One statement.
    statement: Duration,
    /// One statement for what another transaction has locked.
    lock: Duration,
    /// A transaction in which nothing is asked.
    idle_in_transaction: Duration,
}

/// Says « no bound » to Postgres.
const NONE: Duration = Duration::ZERO;

impl Purpose {
    const fn bounds(self) -> Bounds {
        match self {
            // Shorter than the 20 s a handler has, so that its statement is over when it is given up; a lock is given up
            // before those who wait for a connection are.
            Self::Pages => bounds(secs(3), secs(15), secs(2), secs(10)),
            Self::Identities => bounds(secs(3), secs(10), secs(2), secs(10)),
            Self::Exports => bounds(secs(60), secs(30 * 60), secs(5), secs(60)),
            Self::Tasks => bounds(secs(10), secs(10 * 60), secs(30), secs(5 * 60)),
            // Whoever waits for a lock holds up those who come after: even a migration gives up.
            Self::Commands => bounds(secs(10), NONE, secs(5 * 60), NONE),
        }
    }
}

const fn bounds(
    acquire: Duration,
    statement: Duration,
    lock: Duration,
    idle_in_transaction: Duration,
) -> Bounds {
    Bounds { acquire, statement, lock, idle_in_transaction }
}

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

impl Db {
    /// Connections that are given up after a few seconds instead of letting requests pile up while Postgres is away.
    pub fn connect(options: PgConnectOptions, max_connections: u32, purpose: Purpose) -> Self {
        let Bounds { acquire, statement, lock, idle_in_transaction } = purpose.bounds();
        let milliseconds = |bound: Duration| format!("{}ms", bound.as_millis());
        let options =
            options.application_name("parcours-iae").statement_cache_capacity(STATEMENTS).options([
                ("statement_timeout", milliseconds(statement)),
                ("lock_timeout", milliseconds(lock)),
                ("idle_in_transaction_session_timeout", milliseconds(idle_in_transaction)),
            ]);
        let pool = PgPoolOptions::new()
            .max_connections(max_connections)
            .acquire_timeout(acquire)
            .idle_timeout(Duration::from_mins(10))
            // What it costs to look at a connection that comes back is spared when it leaves again at once.
            .test_before_acquire(false)
            .before_acquire(|connection, idle| {
                Box::pin(async move {
                    if idle.idle_for > FRESH {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_release(|connection, _| Box::pin(end_transaction(connection)))
            .connect_lazy_with(options);
        Self::from(pool)
    }

    /// The same database, for something else. None of its connections is opened before it is needed.
    #[must_use]
    pub fn for_purpose(&self, purpose: Purpose) -> Self {
        let connections = match purpose {
            // The next export waits for one of the first to end.
            Purpose::Exports => EXPORTS,
            Purpose::Pages | Purpose::Tasks | Purpose::Identities | Purpose::Commands => {
                self.pool().options().get_max_connections()
            }
        };
        // Said again, a setting replaces the one said before.
        Self::connect(self.pool().connect_options().as_ref().clone(), connections, purpose)
    }

    /// The pool, for what manages connections of its own: the queue, exports.
    pub const fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Closes every connection, once those in use came back.
    pub async fn close(&self) {
        self.reserve.close().await;
        self.pool.close().await;
    }
}

/// Sees to it that a connection goes back to its pool outside of any transaction, whoever left it inside one: `begin` of
/// sqlx 0.9.0 forgets the one it began when it is abandoned half-way. One that cannot be rolled back is closed, which
/// rolls back too.
///
/// The server says at each answer whether a transaction is open, and sqlx keeps it to itself but in one place:
/// `begin_with` fails when none is open after its statement. Hence one round trip, of a statement that does nothing,
/// after the request has its answer.
async fn end_transaction(connection: &mut PgConnection) -> sqlx::Result<bool> {
    match connection.begin_with("SELECT").await {
        Err(sqlx::Error::BeginFailed) => Ok(true),
        Ok(left_open) => {
            tracing::warn!("a connection came back inside a transaction, which is rolled back");
            left_open.rollback().await?;
            Ok(true)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A statement is over before its handler is given up (20 s), and a lock before those behind it are (3 s).
    #[test]
    fn who_waits_for_a_page_is_never_held_by_one_statement() {
        for purpose in [Purpose::Pages, Purpose::Identities] {
            let Bounds { acquire, statement, lock, idle_in_transaction } = purpose.bounds();
            assert!(statement < Duration::from_secs(20) && idle_in_transaction < Duration::from_secs(20));
            assert!(lock < acquire, "{purpose:?}");
        }
    }
}
