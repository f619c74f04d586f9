//! `iae staff`: who of the team is in which group. Groups give rights (STF-1), and no page gives a group.

use std::error::Error;

use clap::{Args, Subcommand};
use iae_app::db::{Purpose, Role};
use iae_app::staff::{change_group, members};
use iae_app::{App, Ctx, Failure};
use iae_domain::staff::StaffGroup;
use iae_domain::text::Email;

use crate::platform::Config;

/// Looks after the groups of the team.
#[derive(Debug, Args)]
#[command(about = "Gère les groupes de l’équipe, qui donnent les droits de l’espace d’administration")]
pub struct Staff {
    #[command(subcommand)]
    act: Act,
}

/// What is done.
#[derive(Debug, Subcommand)]
enum Act {
    /// Puts somebody in a group.
    #[command(about = "Met un membre de l’équipe dans un groupe")]
    Give(Membership),
    /// Takes somebody out of a group.
    #[command(about = "Retire un membre de l’équipe d’un groupe")]
    Take(Membership),
    /// Lists the team.
    #[command(about = "Liste les membres de l’équipe, avec leurs groupes")]
    List,
    /// Lists the groups.
    #[command(about = "Liste les groupes")]
    Groups,
}

/// Whose group, and which.
#[derive(Debug, Args)]
struct Membership {
    #[arg(help = "Adresse e-mail du membre de l’équipe")]
    email: String,
    #[arg(value_parser = group, value_name = "GROUPE", help = "Groupe (« iae staff groups » les donne tous)")]
    group: StaffGroup,
}

impl Staff {
    /// Does it; twice is as once.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        if let Act::Groups = self.act {
            for group in StaffGroup::ALL {
                println!("{} : {}", group.code(), group.label());
            }
            return Ok(());
        }
        let app = Config::from_env(Role::Platform, Purpose::Commands)?.build()?.app;
        match self.act {
            Act::Give(membership) => membership.change(&app, true).await,
            Act::Take(membership) => membership.change(&app, false).await,
            Act::List => list(&app).await,
            Act::Groups => Ok(()),
        }
    }
}

impl Membership {
    async fn change(self, app: &App, is_in: bool) -> Result<(), Box<dyn Error>> {
        let email = Email::parse(&self.email).map_err(|_| "cette adresse e-mail n’est pas valable")?;
        let ctx = Ctx::system(app.clock.now());
        let changed = match change_group(app, &ctx, &email, (self.group, is_in)).await {
            Ok(changed) => changed,
            Err(Failure::Refused(refused)) => return Err(refused.into()),
            Err(Failure::App(iae_app::Error::NotFound)) => {
                return Err("aucun compte n’a cette adresse".into());
            }
            Err(Failure::App(error)) => return Err(error.into()),
        };
        let label = self.group.label();
        match (changed, is_in) {
            (true, true) => {
                println!("C’est fait : cette personne est maintenant dans le groupe « {label} ».");
            }
            (true, false) => println!("C’est fait : cette personne n’est plus dans le groupe « {label} »."),
            (false, true) => println!("Rien à faire : cette personne est déjà dans le groupe « {label} »."),
            (false, false) => println!("Rien à faire : cette personne n’est pas dans le groupe « {label} »."),
        }
        Ok(())
    }
}

async fn list(app: &App) -> Result<(), Box<dyn Error>> {
    for member in members(app).await? {
        let labels = member.groups.iter().filter_map(|code| StaffGroup::parse(code)).map(StaffGroup::label);
        let mut rights: Vec<&str> = labels.collect();
        if member.is_superuser {
            rights.insert(0, "tous les droits");
        }
        let rights = if rights.is_empty() { "aucun groupe".to_owned() } else { rights.join(", ") };
        let state = if member.is_active { "" } else { " (désactivé)" };
        println!("{} <{}>{state} : {rights}", member.name, member.email.unwrap_or_default());
    }
    Ok(())
}

/// The code of a group, as an operator types it.
pub(super) fn group(text: &str) -> Result<StaffGroup, String> {
    StaffGroup::parse(text).ok_or_else(|| {
        let codes: Vec<&str> = StaffGroup::ALL.iter().map(|group| group.code()).collect();
        format!("groupe inconnu ; attendu : {}", codes.join(", "))
    })
}
