//! `iae create-staff`: an account of the team, the one kind nobody can open from the pages.

use std::error::Error;

use clap::Args;
use iae_app::Ctx;
use iae_app::accounts::create_staff;
use iae_app::db::Role;
use iae_domain::accounts::NewStaff;
use iae_domain::ids::UserId;
use iae_domain::text::{self, Email};

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
        let app = Config::from_env(Role::Platform)?.build()?.app;
        let ctx = Ctx::system(app.clock.now());
        let id = UserId::at(ctx.now);
        let name = |typed: &str| text::typed(typed).trim().to_owned();
        let staff =
            NewStaff { id, email, first_name: name(&self.first_name), last_name: name(&self.last_name) };
        create_staff(&app, &ctx, staff).await?;
        println!("Compte ouvert : la personne peut se connecter.");
        Ok(())
    }
}
