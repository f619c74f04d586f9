//! `iae connect events`: what happened to an account of the provider (IDP-26).

use std::error::Error;

use clap::Args;
use iae_connect::operators::events_of;

use super::accounts::{account, database};
use super::day_and_hour;

/// Prints the trail of an account.
#[derive(Debug, Args)]
#[command(about = "Affiche le journal d’un compte, la ligne la plus récente d’abord")]
pub struct Events {
    #[arg(long, help = "Adresse e-mail du compte")]
    account: String,
    #[arg(
        long,
        default_value_t = 100,
        value_parser = clap::value_parser!(u16).range(1..=10_000),
        help = "Nombre de lignes au plus"
    )]
    limit: u16,
}

impl Events {
    /// Prints it.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let id = account(&db, &self.account).await?;
        for line in events_of(db.pool(), id, self.limit.into()).await? {
            let service = line.client_id.as_ref().map(|id| format!("  service {id}")).unwrap_or_default();
            let actor = line.actor.as_ref().map(|email| format!("  par {email}")).unwrap_or_default();
            println!("{}  {}{service}{actor}  {}", day_and_hour(line.at), line.what(), line.ip);
        }
        Ok(())
    }
}
