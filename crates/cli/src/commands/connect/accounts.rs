//! `iae connect create-account`, `reset-link`, `close-account`, `reopen-account`, `make-operator`, `accounts`: accounts of the provider,
//! looked after by operators (IDP-25). Each act is one transaction, with its line in the trail; mails leave with a running instance.

use std::error::Error;

use clap::Args;
use iae_app::Clock;
use iae_app::db::{Db, Purpose, Role};
use iae_connect::accounts::subject_of;
use iae_connect::operators::{self, NewHolder, Operator};
use uuid::Uuid;

use crate::config::{ConnectConfig, DatabaseConfig};

const BY: Operator = Operator::AT_THE_COMMAND_LINE;

/// The database, with the rights of the provider.
pub(super) fn database() -> Result<Db, Box<dyn Error>> {
    Ok(DatabaseConfig::from_env()?.connect(Role::Provider, Purpose::Commands))
}

/// The account of an address.
pub(super) async fn account(db: &Db, email: &str) -> Result<Uuid, Box<dyn Error>> {
    Ok(subject_of(db.pool(), email).await?.ok_or("aucun compte n’a cette adresse")?)
}

/// Opens an account.
#[derive(Debug, Args)]
#[command(
    about = "Ouvre un compte, et envoie à son adresse un lien pour choisir un mot de passe",
    long_about = "Ouvre un compte sans mot de passe. Un lien pour en choisir un, qui sert pendant sept jours, part à son \
                  adresse : personne n’entre d’ici là."
)]
pub struct CreateAccount {
    #[arg(help = "Adresse e-mail")]
    email: String,
    #[arg(long, help = "Prénom")]
    given_name: String,
    #[arg(long, help = "Nom")]
    family_name: String,
}

impl CreateAccount {
    /// Opens it, and writes the mail.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let holder =
            NewHolder { email: &self.email, given_name: &self.given_name, family_name: &self.family_name };
        let mut tx = db.pool().begin().await?;
        let id = operators::create_account(&mut tx, holder, BY, Clock::System.now()).await?;
        tx.commit().await?;
        println!("Compte ouvert, identifiant {id}. Le lien part à son adresse.");
        Ok(())
    }
}

/// Gives a link to choose another password.
#[derive(Debug, Args)]
#[command(
    about = "Envoie un lien pour choisir un autre mot de passe",
    long_about = "Envoie à l’adresse du compte un lien pour choisir un autre mot de passe, qui sert une fois, pendant 24 \
                  heures. Avec --print, le lien s’affiche au lieu de partir, et sert pendant sept jours : qui l’a entre \
                  dans le compte."
)]
pub struct ResetLink {
    #[arg(help = "Adresse e-mail du compte")]
    email: String,
    #[arg(long, help = "Affiche le lien au lieu de l’envoyer")]
    print: bool,
}

impl ResetLink {
    /// Mails it, or prints it.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let id = account(&db, &self.email).await?;
        let now = Clock::System.now();
        let mut tx = db.pool().begin().await?;
        if self.print {
            let config = ConnectConfig::from_env()?;
            let link = operators::reset_link(&mut tx, &config.provider, &config.keys_secret, id, now).await?;
            tx.commit().await?;
            println!("{link}");
            return Ok(());
        }
        operators::send_reset_link(&mut tx, id, BY, now).await?;
        tx.commit().await?;
        println!("Le lien part à l’adresse du compte.");
        Ok(())
    }
}

/// Closes an account.
#[derive(Debug, Args)]
#[command(
    about = "Ferme un compte : plus de connexion, plus de jeton",
    long_about = "Ferme un compte : ses sessions, ses codes et ses jetons prennent fin, et les services qui le demandent en \
                  sont prévenus. Les sessions déjà ouvertes sur la plateforme se ferment avec « iae end-sessions »."
)]
pub struct CloseAccount {
    #[arg(help = "Adresse e-mail du compte")]
    email: String,
}

impl CloseAccount {
    /// Closes it.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let id = account(&db, &self.email).await?;
        let mut tx = db.pool().begin().await?;
        operators::close_account(&mut tx, id, BY, Clock::System.now()).await?;
        tx.commit().await?;
        println!("Compte fermé. Sur la plateforme : « iae end-sessions --email {} ».", self.email);
        Ok(())
    }
}

/// Opens a closed account again.
#[derive(Debug, Args)]
#[command(about = "Rouvre un compte fermé, avec le mot de passe et la double authentification qu’il avait")]
pub struct ReopenAccount {
    #[arg(help = "Adresse e-mail du compte")]
    email: String,
}

impl ReopenAccount {
    /// Opens it.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let id = account(&db, &self.email).await?;
        let mut tx = db.pool().begin().await?;
        operators::reopen_account(&mut tx, id, BY, Clock::System.now()).await?;
        tx.commit().await?;
        println!("Compte rouvert.");
        Ok(())
    }
}

/// Makes the holder of an account an operator.
#[derive(Debug, Args)]
#[command(
    about = "Donne à une personne les pages d’administration du fournisseur, ou les lui retire",
    long_about = "Donne à la personne d’un compte les pages d’administration du fournisseur d’identité (/operators), qui \
                  demandent une double authentification ; avec --no-longer, les lui retire. Ses sessions se ferment."
)]
pub struct MakeOperator {
    #[arg(help = "Adresse e-mail du compte")]
    email: String,
    #[arg(long, help = "Retire ces droits au lieu de les donner")]
    no_longer: bool,
}

impl MakeOperator {
    /// Gives the right, or takes it back.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let id = account(&db, &self.email).await?;
        let mut tx = db.pool().begin().await?;
        operators::make_operator(&mut tx, id, !self.no_longer, Clock::System.now()).await?;
        tx.commit().await?;
        if self.no_longer {
            println!("Cette personne n’a plus accès à l’administration.");
        } else {
            println!("Cette personne a accès à l’administration, avec une double authentification.");
        }
        Ok(())
    }
}

/// Lists accounts.
#[derive(Debug, Args)]
#[command(about = "Cherche des comptes par leur adresse : cinquante au plus")]
pub struct Accounts {
    #[arg(long, help = "Adresse e-mail, ou une partie")]
    email: String,
}

impl Accounts {
    /// Prints a line for each.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let found = operators::find_accounts(db.pool(), &self.email).await?;
        if found.is_empty() {
            println!("Aucun compte n’a cette adresse.");
        }
        for row in found {
            let state = if row.active { "ouvert" } else { "fermé" };
            let team = if row.is_operator { ", équipe" } else { "" };
            let since = row.created_at.format("%d/%m/%Y");
            println!(
                "{}  {}  {} {}  {state}{team}, depuis le {since}",
                row.id, row.email, row.given_name, row.family_name
            );
        }
        Ok(())
    }
}
