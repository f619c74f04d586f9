//! `iae connect`: the identity provider, the keys it signs with, its accounts and its relying parties.

mod accounts;
mod clients;
mod events;
mod forget_factors;
mod set_password;

use std::error::Error;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use iae_app::Clock;
use iae_app::db::{Purpose, Role};
use iae_connect::keys::{Keyring, Rotation};

use crate::config::{ConnectConfig, DatabaseConfig, check_safety, keys_secret};
use crate::{platform, stop};
use accounts::{Accounts, CloseAccount, CreateAccount, MakeOperator, ReopenAccount, ResetLink};
use clients::{CreateClient, EditClient, RotateClientSecret};
use events::Events;
use forget_factors::ForgetFactors;
use set_password::SetPassword;

/// Serves the identity provider.
#[derive(Debug, Args)]
#[command(about = "Sert le fournisseur d’identité du projet ; ses clés, ses comptes et ses services")]
pub struct Connect {
    /// What to do instead of serving.
    #[command(subcommand)]
    instead: Option<Instead>,
}

/// What else may be asked of the identity provider.
#[derive(Debug, Subcommand)]
enum Instead {
    /// Makes a new signing key.
    RotateKeys(RotateKeys),
    /// Gives an account another password.
    SetPassword(SetPassword),
    /// Removes the second factors of an account.
    ForgetFactors(ForgetFactors),
    /// Opens an account.
    CreateAccount(CreateAccount),
    /// Gives a link to choose another password.
    ResetLink(ResetLink),
    /// Closes an account.
    CloseAccount(CloseAccount),
    /// Opens a closed account again.
    ReopenAccount(ReopenAccount),
    /// Makes the holder of an account an operator.
    MakeOperator(MakeOperator),
    /// Lists accounts.
    Accounts(Accounts),
    /// Prints the trail of an account.
    Events(Events),
    /// Registers a relying party.
    CreateClient(CreateClient),
    /// Changes what is registered of a relying party.
    EditClient(EditClient),
    /// Gives a relying party another secret.
    RotateClientSecret(RotateClientSecret),
}

/// Makes a new signing key. The provider may be running, several times: each instance takes the key up by itself.
#[derive(Debug, Args)]
#[command(about = "Fait une nouvelle clé de signature, publiée un jour avant de servir ; peut être relancée")]
struct RotateKeys {
    /// At once, instead of a day later.
    #[arg(
        long,
        help = "La nouvelle clé signe aussitôt et les autres sont oubliées : clé divulguée ou secret perdu"
    )]
    now: bool,
}

impl Connect {
    /// Serves until told to stop, or does what is asked instead.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        match self.instead {
            None => serve().await,
            Some(Instead::RotateKeys(command)) => command.run().await,
            Some(Instead::SetPassword(command)) => command.run().await,
            Some(Instead::ForgetFactors(command)) => command.run().await,
            Some(Instead::CreateAccount(command)) => command.run().await,
            Some(Instead::ResetLink(command)) => command.run().await,
            Some(Instead::CloseAccount(command)) => command.run().await,
            Some(Instead::ReopenAccount(command)) => command.run().await,
            Some(Instead::MakeOperator(command)) => command.run().await,
            Some(Instead::Accounts(command)) => command.run().await,
            Some(Instead::Events(command)) => command.run().await,
            Some(Instead::CreateClient(command)) => command.run().await,
            Some(Instead::EditClient(command)) => command.run().await,
            Some(Instead::RotateClientSecret(command)) => command.run().await,
        }
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let stop = stop::on_signal()?;
    let config = ConnectConfig::from_env()?;
    let listener = platform::listen(config.address).await?;
    let connect = platform::identity_provider(
        DatabaseConfig::from_env()?.connect(Role::Provider, Purpose::Identities),
        config,
    )
    .await?;
    tracing::info!(http.address = %listener.local_addr()?, "identity provider ready");
    platform::serve_identities(listener, connect, stop).await
}

impl RotateKeys {
    async fn run(self) -> Result<(), Box<dyn Error>> {
        // What it seals with a secret that can be guessed is sealed for nobody.
        check_safety()?;
        let db = DatabaseConfig::from_env()?.connect(Role::Provider, Purpose::Commands);
        let keyring = Keyring::new(db.pool().clone(), keys_secret()?);
        let now = Clock::System.now();
        if self.now {
            keyring.replace(now).await?;
            println!("Nouvelle clé : elle signe dès maintenant, et les autres ne valent plus rien.");
            println!("Si le secret a changé, redémarrez « iae connect » avec le nouveau.");
            return Ok(());
        }
        match keyring.rotate(now).await.map_err(platform::in_words)? {
            Rotation::Begun { signs_from, others_until } => {
                println!("Nouvelle clé publiée : elle signera à partir du {}.", day_and_hour(signs_from));
                println!("Les autres restent publiées jusqu’au {}.", day_and_hour(others_until));
            }
            Rotation::Waiting { signs_from } => {
                println!(
                    "Une nouvelle clé attend déjà : elle signera à partir du {}.",
                    day_and_hour(signs_from)
                );
            }
        }
        Ok(())
    }
}

fn day_and_hour(instant: DateTime<Utc>) -> String {
    instant.format("%d/%m/%Y à %H:%M (UTC)").to_string()
}
