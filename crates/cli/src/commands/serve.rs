//! `iae serve`: the pages, and the tasks too when asked.

use std::error::Error;
use std::time::Instant;

use clap::Args;
use iae_app::db::{Purpose, Role};

use crate::platform::{self, Config};
use crate::stop;

/// Serves the pages.
#[derive(Debug, Args)]
#[command(about = "Sert les pages de la plateforme")]
pub struct Serve {
    /// Runs the tasks in the same process, which suits a small instance.
    #[arg(long, help = "Exécute aussi les tâches de fond dans ce processus")]
    with_worker: bool,
}

impl Serve {
    /// Serves until told to stop.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let started = Instant::now();
        let stop = stop::on_signal()?;
        let config = Config::from_env(Role::Platform, Purpose::Pages)?;
        let worker = if self.with_worker {
            Some(Config::from_env(Role::Worker, Purpose::Tasks)?.build()?.app)
        } else {
            None
        };
        let listener = platform::listen(config.http.address).await?;
        let state = config.build()?;
        tracing::info!(
            http.address = %listener.local_addr()?,
            startup.ms = u64::try_from(started.elapsed().as_millis())?,
            "platform ready"
        );
        let pages = platform::serve(listener, state, stop.clone());
        match worker {
            Some(worker) => tokio::try_join!(pages, platform::work(worker, stop)).map(drop),
            None => pages.await,
        }
    }
}
