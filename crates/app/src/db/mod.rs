//! The database: pools, the one connection of a request, transactions, and the checks every write makes.

mod executor;
mod request;
pub mod roles;
mod transaction;

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgQueryResult};
use sqlx::{PgConnection, PgPool};

use crate::error::{Error, Result};

pub use request::{Connection, one_connection};
pub use roles::Role;
pub use transaction::Tx;

/// The migrations of the platform, embedded in the binary.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// Files made at once.
const EXPORTS: u32 = 2;

/// The database, as everything reads it: `fetch_all(db)` uses the connection of the request when there is one
/// ([`one_connection`]), else one of the pool.
#[derive(Debug, Clone)]
pub struct Db(PgPool);

impl From<PgPool> for Db {
    fn from(pool: PgPool) -> Self {
        Self(pool)
    }
}

impl Db {
    /// A pool that gives up after a few seconds instead of letting requests pile up while Postgres is away.
    pub fn connect(options: PgConnectOptions, max_connections: u32) -> Self {
        Self::patient(options, max_connections, Duration::from_secs(3))
    }

    fn patient(options: PgConnectOptions, max_connections: u32, patience: Duration) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(max_connections)
            .acquire_timeout(patience)
            .idle_timeout(Duration::from_mins(10))
            .connect_lazy_with(options.application_name("parcours-iae"));
        Self(pool)
    }

    /// A small pool on the same database, for exports: the next waits for one of the first to end.
    #[must_use]
    pub fn for_exports(&self) -> Self {
        Self::patient(self.pool().connect_options().as_ref().clone(), EXPORTS, Duration::from_mins(1))
    }

    /// The pool itself, for what manages connections of its own: the queue, bulk copies.
    pub const fn pool(&self) -> &PgPool {
        &self.0
    }
}

/// Brings the schema of the platform up to date. The queue has its own: [`crate::queue::migrate`].
pub async fn migrate(db: &Db) -> Result<()> {
    MIGRATOR.run(db.pool()).await.map_err(|error| Error::internal("migrations", error))
}

/// An update meant for one row touched exactly one.
pub fn ensure_one_row(result: &PgQueryResult, table: &str) -> Result<()> {
    ensure_rows(result, 1, table)
}

/// An update meant for so many rows touched exactly these.
pub fn ensure_rows(result: &PgQueryResult, rows: usize, table: &str) -> Result<()> {
    let touched = result.rows_affected();
    if touched == rows as u64 {
        Ok(())
    } else {
        Err(Error::Internal(format!("{touched} rows of {table} touched instead of {rows}"), None))
    }
}

/// Whether a write was refused by the constraint of this name.
pub fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    error.as_database_error().and_then(|database| database.constraint()) == Some(constraint)
}

/// Refuses to commit what Postgres gave up: it would answer a COMMIT with a ROLLBACK, and no error. Whatever failed in
/// `tx` must have been told when it failed.
pub(crate) async fn ensure_alive(tx: &mut PgConnection) -> Result<()> {
    sqlx::query("SELECT").execute(tx).await?;
    Ok(())
}

/// Whether the database answers.
pub async fn answers(db: &Db) -> bool {
    sqlx::query("SELECT 1").execute(db).await.is_ok()
}
