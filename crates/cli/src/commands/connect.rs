//! `iae connect`: the identity provider.

use std::error::Error;

use clap::Args;

use crate::config::{ConnectConfig, DatabaseConfig};
use crate::{platform, stop};

/// Serves the identity provider.
#[derive(Debug, Args)]
#[command(about = "Sert le fournisseur d'identité du projet")]
pub struct Connect;

impl Connect {
    /// Serves until told to stop.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let stop = stop::on_signal()?;
        let config = ConnectConfig::from_env()?;
        let listener = platform::listen(config.address).await?;
        let connect = platform::identity_provider(DatabaseConfig::from_env()?.connect(), config).await?;
        tracing::info!(http.address = %listener.local_addr()?, "identity provider ready");
        platform::serve_identities(listener, connect, stop).await
    }
}
