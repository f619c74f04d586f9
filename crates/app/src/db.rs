//! The database: pool, transactions, migrations, and the two checks every write makes.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgQueryResult};

use crate::error::{Error, Result};

/// The pool of connections.
pub type Db = sqlx::PgPool;

/// A transaction: dropped without `commit`, it never happened.
pub type Tx = sqlx::Transaction<'static, sqlx::Postgres>;

/// The migrations of the platform, embedded in the binary.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// Opens a pool that gives up after a few seconds instead of letting requests pile up while Postgres is away.
pub fn connect(options: PgConnectOptions, max_connections: u32) -> Db {
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(Duration::from_secs(3))
        .idle_timeout(Duration::from_mins(10))
        .connect_lazy_with(options.application_name("parcours-iae"))
}

/// Brings the schema of the platform and of the job queue up to date.
pub async fn migrate(db: &Db) -> Result<()> {
    MIGRATOR.run(db).await.map_err(|error| Error::internal("migrations", error))?;
    crate::jobs::migrate(db).await
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

/// Whether the database answers.
pub async fn answers(db: &Db) -> bool {
    sqlx::query("SELECT 1").execute(db).await.is_ok()
}
