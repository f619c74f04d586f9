//! The database: pools and their timeouts, the one connection of a request, transactions, and the checks every write makes.

mod executor;
pub(crate) mod like;
mod pools;
mod request;
mod reserve;
pub mod roles;
#[cfg(test)]
mod tests;
mod transaction;

use std::sync::Arc;

use sqlx::postgres::PgQueryResult;
use sqlx::{PgConnection, PgPool};

use self::reserve::Reserve;
use crate::error::{Error, Result};

pub use pools::Purpose;
pub use request::{Connection, one_connection};
pub use roles::Role;
pub use transaction::Tx;

/// The migrations of the platform, embedded in the binary.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// The database, as everything reads it: `fetch_all(db)` uses the connection of the request when there is one
/// ([`one_connection`]), else one of its reserve.
#[derive(Debug, Clone)]
pub struct Db {
    /// For what manages connections of its own.
    pool: PgPool,
    /// For everything else.
    reserve: Arc<Reserve>,
}

impl From<PgPool> for Db {
    fn from(pool: PgPool) -> Self {
        Self { reserve: Reserve::beside(&pool), pool }
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

/// Whether a connection was lost as it was used: another may be there.
pub(crate) fn is_lost(error: &Error) -> bool {
    let Error::Unavailable(cause) = error else { return false };
    match cause.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Io(_)) => true,
        // Postgres said why it left: it is told to, or starts again.
        Some(sqlx::Error::Database(said)) => said.code().is_some_and(|code| code.starts_with("57P")),
        Some(_) | None => false,
    }
}

/// Whether the database answers.
pub async fn answers(db: &Db) -> bool {
    sqlx::query("SELECT 1").execute(db).await.is_ok()
}
