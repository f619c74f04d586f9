//! The queue of background tasks: what is asked of the worker. The queue is graphile_worker: tasks are enqueued in the
//! transaction that decides them and retried with growing delays. What each does is in `jobs`.

use graphile_worker::errors::GraphileWorkerError;
use graphile_worker::{JobSpec, Schema, TaskHandler, WorkerUtils};
use iae_domain::ids::{EmailId, ExportId};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::Db;
use crate::db::ensure_alive;
use crate::error::{Error, Result, passes};

/// Schema of the queue's own tables.
pub(crate) const SCHEMA: &str = "graphile_worker";

/// Tries after which the queue gives a task up; the delay between two grows to six hours, so this is about four days.
pub const MAX_ATTEMPTS: i16 = 25;

/// To send a mail of the outbox.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendEmail {
    /// The mail.
    pub email: EmailId,
}

/// To delete the content of a file whose row is gone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeleteFile {
    /// Its random key.
    pub key: String,
}

/// To write a sheet too long to be waited for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PrepareExport {
    /// The export.
    pub export: ExportId,
}

pub(crate) fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("job queue", error)
}

/// The queue repeats what the database answered in words of its own, which keep a code of Postgres and nothing of a
/// connection that was lost: the connection is asked.
async fn not_enqueued(error: GraphileWorkerError, connection: &mut PgConnection) -> Error {
    let GraphileWorkerError::SqlError(database) = &error else { return failed(error) };
    match database.code() {
        Some(code) if passes(code) => Error::Unavailable(Box::new(error)),
        Some(_) => failed(error),
        None => match ensure_alive(connection).await {
            Err(lost @ Error::Unavailable(_)) => lost,
            _ => failed(error),
        },
    }
}

/// Creates or updates the tables of the queue.
pub async fn migrate(db: &Db) -> Result<()> {
    WorkerUtils::new(db.pool().clone(), Schema::from(SCHEMA)).migrate().await.map_err(failed)
}

/// Enqueues tasks in the transaction of `connection`: they exist if and only if it commits. Those of a named queue run one
/// after the other.
pub(crate) async fn enqueue<T>(
    db: &Db,
    connection: &mut PgConnection,
    queue: Option<&str>,
    tasks: impl IntoIterator<Item = T>,
) -> Result<()>
where
    T: TaskHandler + Clone,
{
    let mut spec = JobSpec::builder().max_attempts(MAX_ATTEMPTS).build();
    spec.queue_name = queue.map(ToOwned::to_owned);
    let jobs: Vec<(T, &JobSpec)> = tasks.into_iter().map(|task| (task, &spec)).collect();
    if jobs.is_empty() {
        return Ok(());
    }
    // The pool only names the database here: every statement goes through the transaction.
    let utils = WorkerUtils::new(db.pool().clone(), Schema::from(SCHEMA));
    match utils.with_executor(&mut *connection).add_jobs(&jobs).await {
        Ok(_) => Ok(()),
        Err(error) => Err(not_enqueued(error, connection).await),
    }
}
