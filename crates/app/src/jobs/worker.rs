//! The registry of tasks, and the loop that runs them.

use std::sync::Arc;
use std::time::Duration;

use graphile_worker::{Worker, WorkerContext, WorkerOptions, WorkerRecoveryConfig};
use tokio_util::sync::CancellationToken;

use super::schedule;
use super::{
    anonymise_cancelled_passes::AnonymiseCancelledPasses, archive_controls::ArchiveControls,
    count_figures::CountFigures, derive_directory::DeriveDirectory, expire_openings::ExpireOpenings,
    fold_application_counts::FoldApplicationCounts, follow_habilitations::FollowHabilitations,
    follow_unused_accounts::FollowUnusedAccounts, members::TendMembers, purge::Purge,
    purge_logins::PurgeLogins, recompute_scores::RecomputeScores, remind_controls::RemindControls,
    remind_prolongations::RemindProlongations, seal_audit_trail::SealAuditTrail,
};
use crate::App;
use crate::error::Result;
use crate::queue::{DeleteFile, PrepareExport, SCHEMA, SendEmail, failed};

/// Tasks run at once by one worker: each holds one connection at the most, an export another one of the pool of exports.
const CONCURRENCY: usize = 4;

/// Every task the platform knows. A task absent from here is never run.
fn options(app: &Arc<App>) -> WorkerOptions {
    WorkerOptions::default()
        .pg_pool(app.db.pool().clone())
        .schema(SCHEMA)
        .concurrency(CONCURRENCY)
        .listen_os_shutdown_signals(false)
        .add_extension(Arc::clone(app))
        .define_job::<SendEmail>()
        .define_job::<DeleteFile>()
        .define_job::<PrepareExport>()
        .define_job::<DeriveDirectory>()
        .define_job::<CountFigures>()
        .define_job::<FoldApplicationCounts>()
        .define_job::<RecomputeScores>()
        .define_job::<Purge>()
        .define_job::<PurgeLogins>()
        .define_job::<SealAuditTrail>()
        .define_job::<RemindProlongations>()
        .define_job::<RemindControls>()
        .define_job::<AnonymiseCancelledPasses>()
        .define_job::<ArchiveControls>()
        .define_job::<TendMembers>()
        .define_job::<FollowHabilitations>()
        .define_job::<FollowUnusedAccounts>()
        .define_job::<ExpireOpenings>()
}

/// The application a task works for.
pub(super) fn app_of(ctx: &WorkerContext) -> Result<Arc<App>, String> {
    ctx.get_ext::<Arc<App>>().cloned().ok_or_else(|| "the worker was built without its App".to_owned())
}

/// What a killed worker had begun is begun again, by another or by the one that takes its place, a minute later: someone waits
/// for that mail. A worker that only lost its database for that long may see a task done twice at once, which each bears.
fn recovery() -> WorkerRecoveryConfig {
    WorkerRecoveryConfig::default()
        .heartbeat_interval(Duration::from_secs(10))
        .sweep_interval(Duration::from_secs(15))
        .sweep_threshold(Duration::from_mins(1))
        .recovery_delay(Duration::ZERO)
}

/// Runs tasks and the schedule until `stop`, then lets the running ones end.
pub async fn run(app: &Arc<App>, stop: CancellationToken) -> Result<()> {
    let options = schedule::add_to(options(app))?
        .worker_recovery(recovery())
        .shutdown_signal(async move { stop.cancelled().await });
    let worker: Worker = options.init().await.map_err(failed)?;
    tracing::info!("worker started");
    worker.run().await.map_err(failed)
}

/// Runs what is pending now, then returns: for tests and for `iae worker --once`.
pub async fn run_pending(app: &Arc<App>) -> Result<()> {
    let worker = options(app).init().await.map_err(failed)?;
    worker.run_once().await.map_err(failed)
}
