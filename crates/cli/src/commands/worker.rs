//! `iae worker`: the tasks and their schedule.

use std::error::Error;

use clap::Args;
use iae_app::db::{Purpose, Role};
use iae_app::jobs;

use crate::platform::{self, Config};
use crate::stop;

/// Runs the tasks.
#[derive(Debug, Args)]
#[command(about = "Exécute les tâches de fond : mails, calculs, ménage")]
pub struct Worker {
    /// Runs what is waiting, then ends.
    #[arg(long, help = "Exécute ce qui attend, puis s’arrête")]
    once: bool,
}

impl Worker {
    /// Works until told to stop.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let stop = stop::on_signal()?;
        let app = Config::from_env(Role::Worker, Purpose::Tasks)?.build()?.app;
        if self.once { Ok(jobs::run_pending(&app).await?) } else { platform::work(app, stop).await }
    }
}
