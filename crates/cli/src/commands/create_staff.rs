//! `iae create-staff`: an account of the team, the one kind nobody can open from the pages.

use std::error::Error;

use clap::Args;
use iae_app::Ctx;
use iae_app::accounts::create_staff;
use iae_app::db::{Purpose, Role};
use iae_domain::accounts::NewStaff;
use iae_domain::ids::UserId;
use iae_domain::text::{Email, Name};

use crate::platform::Config;

/// Opens an account of the team.
#[derive(Debug, Args)]
#[command(about = "Ouvre un compte de l’équipe")]
pub struct CreateStaff {
    #[arg(help = "Adresse e-mail, celle du compte chez le fournisseur d’identité")]
    email: String,
    #[arg(help = "Prénom")]
    first_name: String,
    #[arg(help = "Nom")]
    last_name: String,
}

impl CreateStaff {
    /// Opens the account; the person then signs in as anybody does.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let email = Email::parse(&self.email).map_err(|_| "cette adresse e-mail n’est pas valable")?;
        let app = Config::from_env(Role::Platform, Purpose::Commands)?.build()?.app;
        let ctx = Ctx::system(app.clock.now());
        let id = UserId::at(ctx.now);
        let first_name =
            Name::parse(&self.first_name).map_err(|_| "ce prénom n’est pas celui d’une personne")?;
        let last_name = Name::parse(&self.last_name).map_err(|_| "ce nom n’est pas celui d’une personne")?;
        let staff = NewStaff { id, email, first_name, last_name };
        create_staff(&app, &ctx, staff).await?;
        println!("Compte ouvert : la personne peut se connecter.");
        Ok(())
    }
}
