//! Background tasks. The queue is graphile_worker: tasks are enqueued in the transaction that decides them, retried
//! with growing delays, and each is safe to run twice.

pub mod delete_file;
pub mod purge;
pub mod queries;
pub mod recompute_scores;
mod schedule;
pub mod send_email;
mod worker;

use graphile_worker::{JobSpec, Schema, TaskHandler, WorkerUtils};

pub use worker::{run, run_pending};

use crate::error::{Error, Result};
use crate::{Db, Tx};

/// Schema of the queue's own tables.
const SCHEMA: &str = "graphile_worker";

/// Tries after which the queue gives a task up; the delay between two grows to six hours, so this is about four days.
pub const MAX_ATTEMPTS: i16 = 25;

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("job queue", error)
}

/// Creates or updates the tables of the queue.
pub(crate) async fn migrate(db: &Db) -> Result<()> {
    WorkerUtils::new(db.clone(), Schema::from(SCHEMA)).migrate().await.map_err(failed)
}

/// Enqueues tasks in the transaction `tx`: they exist if and only if it commits.
pub(crate) async fn enqueue<T>(db: &Db, tx: &mut Tx, tasks: impl IntoIterator<Item = T>) -> Result<()>
where
    T: TaskHandler + Clone,
{
    let spec = JobSpec::builder().max_attempts(MAX_ATTEMPTS).build();
    let jobs: Vec<(T, &JobSpec)> = tasks.into_iter().map(|task| (task, &spec)).collect();
    if jobs.is_empty() {
        return Ok(());
    }
    // The pool only names the database here: every statement goes through the transaction.
    let utils = WorkerUtils::new(db.clone(), Schema::from(SCHEMA));
    utils.with_executor(&mut *tx).add_jobs(&jobs).await.map_err(failed)?;
    Ok(())
}
