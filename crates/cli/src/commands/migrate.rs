//! `iae migrate`: the schemas and the reference data, up to date.

use std::error::Error;

use clap::Args;
use iae_app::db::{self, Purpose, Role, roles};
use iae_app::{Clock, Db, queue, reference};

use crate::config::DatabaseConfig;

/// What Postgres answers to who may not.
const NOT_ALLOWED: &str = "42501";

/// Brings the schemas up to date and loads the reference data (communes, ROME, criteria). Safe to run again.
#[derive(Debug, Args)]
#[command(about = "Met à jour le schéma et les données de référence ; peut être relancée")]
pub struct Migrate;

impl Migrate {
    /// Runs the migrations, then loads the files of `reference/`.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        migrate(&DatabaseConfig::from_env()?.connect(Role::Owner, Purpose::Commands)).await
    }
}

/// Migrates the platform, its job queue and its identity provider, then loads the reference data.
pub async fn migrate(db: &Db) -> Result<(), Box<dyn Error>> {
    db::migrate(db).await?;
    queue::migrate(db).await?;
    iae_connect::migrate(db.pool()).await?;
    roles::prepare(db).await.map_err(in_words)?;
    println!("Schéma à jour. Chargement des communes, du ROME et des critères…");
    let changes = reference::load(db, Clock::System.now()).await?;
    println!("Données de référence à jour : {} ajoutées, {} modifiées.", changes.inserted, changes.updated);
    Ok(())
}

/// A refusal to make the roles, in the operator's words when they can mend it.
fn in_words(error: sqlx::Error) -> Box<dyn Error> {
    let code = error.as_database_error().and_then(|refusal| refusal.code().map(|code| code.into_owned()));
    if code.as_deref() != Some(NOT_ALLOWED) {
        return error.into();
    }
    format!(
        "le compte de DATABASE_URL ne peut pas préparer les rôles de la base (docs/deployment.md) : {error}"
    )
    .into()
}
