//! `iae seed`: invented people and organisations, for demonstrations and measures.

use std::error::Error;

use clap::Args;
use iae_app::db::{Purpose, Role};
use iae_app::{AppConfig, Clock, Db};

use crate::config::{DatabaseConfig, InstanceConfig, base_url};
use crate::progress;
use crate::seed::{self, Options, Site, Size, Summary};

/// Loads invented data into an empty base.
#[derive(Debug, Args)]
#[command(about = "Charge des données inventées : un département (s), une région (m) ou le pays (l)")]
pub struct Seed {
    /// How much.
    #[arg(long, value_enum, ignore_case = true, default_value = "s", help = "Taille : s, m ou l")]
    size: Size,
    /// Erases everything but the reference data first.
    #[arg(long, help = "Efface d’abord tout, sauf les données de référence")]
    reset: bool,
}

impl Seed {
    /// Loads the data, telling how far it is on the error output.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = DatabaseConfig::from_env()?.connect(Role::Owner, Purpose::Commands);
        let instance = InstanceConfig::from_env()?;
        let config = AppConfig {
            base_url: base_url()?,
            support_email: instance.support_email,
            pass_prefix: instance.pass_prefix,
            rows_at_once: iae_app::exports::ROWS_AT_ONCE,
            second_factor_for: instance.second_factor_for,
            demo: None,
        };
        let options = Options { size: self.size, reset: self.reset, one_in: 1 };
        let summary = load(&db, &config, options).await?;
        for (table, rows) in &summary.tables {
            println!("{rows:>10}  {table}");
        }
        println!("Empreinte : {}", summary.fingerprint);
        Ok(())
    }
}

/// Loads the data in the base of the platform and of its identity provider, behind a progress bar.
pub async fn load(db: &Db, config: &AppConfig, options: Options) -> Result<Summary, Box<dyn Error>> {
    let bar = progress::bar("Données inventées");
    let site = Site { db, connect: Some(db), config, now: Clock::System.now() };
    let summary = seed::load(site, options, &|stage, done, total| {
        bar.set_message(stage.to_owned());
        bar.set_length(total);
        bar.set_position(done);
    })
    .await?;
    let broken = seed::check(db, site.now).await?;
    if !broken.is_empty() {
        return Err(format!("données incohérentes : {broken:?}").into());
    }
    bar.finish_and_clear();
    let seconds = bar.elapsed().as_secs();
    progress::step(&format!("Données inventées : {} lignes chargées en {seconds} s.", summary.rows()));
    Ok(summary)
}
