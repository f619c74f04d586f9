//! `iae purge`: what has no more use.

use std::error::Error;

use clap::Args;
use iae_app::db::{Purpose, Role};
use iae_app::{Clock, jobs};

use crate::config::DatabaseConfig;

/// Deletes expired sessions and logins, of the platform and of its identity provider. The worker does the
/// platform's every night.
#[derive(Debug, Args)]
#[command(about = "Supprime les sessions et les connexions expirées")]
pub struct Purge;

impl Purge {
    /// Deletes, and says how much.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = DatabaseConfig::from_env()?.connect(Role::Owner, Purpose::Commands);
        let now = Clock::System.now();
        let rows = jobs::queries::purge(&db, now).await? + iae_connect::purge(db.pool(), now).await?;
        println!("{rows} lignes supprimées.");
        Ok(())
    }
}
