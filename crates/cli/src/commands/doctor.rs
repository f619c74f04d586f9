//! `iae doctor`: every PASS computed again, every deviation told.

use std::error::Error;

use clap::Args;
use iae_app::db::{Purpose, Role};
use iae_app::doctor::{Finding, examine};

use crate::config::DatabaseConfig;
use crate::progress;

/// Computes every PASS again, on a base that goes on living. Fails when anything differs.
#[derive(Debug, Args)]
#[command(about = "Recalcule tous les PASS IAE et nomme chaque écart avec ce qui était attendu")]
pub struct Doctor {}

impl Doctor {
    /// Tells each deviation on a line of its own.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = DatabaseConfig::from_env()?.connect(Role::Reader, Purpose::Commands);
        let bar = progress::bar("PASS IAE");
        let examined = examine(&db, |Finding { about, said }| println!("{about} : {said}")).await?;
        bar.finish_and_clear();
        let (passes, seconds) = (examined.passes, bar.elapsed().as_secs_f64());
        if examined.findings > 0 {
            return Err(format!("{} écarts sur {passes} PASS, en {seconds:.1} s.", examined.findings).into());
        }
        println!("{passes} PASS recalculés en {seconds:.1} s : aucun écart.");
        Ok(())
    }
}
