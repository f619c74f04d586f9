//! `iae migrate`: the schema and the reference data, up to date.

use std::error::Error;

use clap::Args;
use iae_app::{Clock, db, reference};

use crate::config::DatabaseConfig;

/// Brings the schema up to date and loads the reference data (communes, ROME, criteria). Safe to run again.
#[derive(Debug, Args)]
#[command(about = "Met à jour le schéma et les données de référence ; peut être relancée")]
pub struct Migrate;

impl Migrate {
    /// Runs the migrations, then loads the files of `reference/`.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let pool = DatabaseConfig::from_env()?.connect();
        db::migrate(&pool).await?;
        println!("Schéma à jour.");
        let changes = reference::load(&pool, Clock::System.now()).await?;
        println!(
            "Données de référence à jour : {} ajoutées, {} modifiées.",
            changes.inserted, changes.updated
        );
        Ok(())
    }
}
