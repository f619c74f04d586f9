//! `iae create-staff`: an account of the team, the one kind nobody can open from the pages.

use std::error::Error;

use clap::Args;
use iae_app::accounts::create_staff;
use iae_app::db::{Purpose, Role};
use iae_app::{Ctx, links};
use iae_domain::accounts::NewStaff;
use iae_domain::ids::UserId;
use iae_domain::staff::StaffGroup;
use iae_domain::text::{Email, Name};

use super::staff::group;
use crate::platform::Config;

/// Opens an account of the team.
#[derive(Debug, Args)]
#[command(
    about = "Ouvre un compte de l’équipe et donne le lien, à usage unique, qui choisit son mot de passe"
)]
pub struct CreateStaff {
    #[arg(help = "Adresse e-mail")]
    email: String,
    #[arg(help = "Prénom")]
    first_name: String,
    #[arg(help = "Nom")]
    last_name: String,
    #[arg(
        long,
        help = "Donne tous les droits de l’équipe, dont celui de faire avancer les campagnes de contrôle"
    )]
    superuser: bool,
    #[arg(
        long = "group",
        value_name = "GROUPE",
        value_parser = group,
        help = "Groupe dont il aura les droits ; à répéter pour plusieurs (« iae staff groups » les donne tous)"
    )]
    groups: Vec<StaffGroup>,
}

impl CreateStaff {
    /// Opens the account: no provider signs the team in (OID-19). Its holder chooses a password by the link, then adds the
    /// application that gives codes.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let email = Email::parse(&self.email).map_err(|_| "cette adresse e-mail n’est pas valable")?;
        let app = Config::from_env(Role::Owner, Purpose::Commands)?.build()?.app;
        let ctx = Ctx::system(app.clock.now());
        let first_name =
            Name::parse(&self.first_name).map_err(|_| "ce prénom n’est pas celui d’une personne")?;
        let last_name = Name::parse(&self.last_name).map_err(|_| "ce nom n’est pas celui d’une personne")?;
        let id = UserId::at(ctx.now);
        let (is_superuser, groups) = (self.superuser, self.groups.clone());
        let staff = NewStaff { id, email, first_name, last_name, is_superuser, groups };
        let letter = create_staff(&app, &ctx, staff).await?;
        println!(
            "Compte ouvert. Un message part à son adresse ; il contient ce lien, qui sert une fois, pendant trois jours :"
        );
        println!("{}", links::opened_letter(&app, letter));
        if !self.superuser && self.groups.is_empty() {
            println!("Ce compte n’est dans aucun groupe : donnez-lui des droits avec « iae staff give ».");
        }
        Ok(())
    }
}
