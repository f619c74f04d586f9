//! `iae create-staff`: an account of the team, the one kind nobody can open from the pages.

use std::error::Error;

use clap::Args;
use iae_app::Ctx;
use iae_app::accounts::create_staff;
use iae_app::db::{Purpose, Role};
use iae_domain::accounts::{NewStaff, Provider, Subject};
use iae_domain::ids::UserId;
use iae_domain::text::{Email, Name};
use sqlx::PgPool;

use crate::platform::Config;

/// Opens an account of the team.
#[derive(Debug, Args)]
#[command(about = "Ouvre un compte de l’équipe")]
pub struct CreateStaff {
    #[arg(help = "Adresse e-mail")]
    email: String,
    #[arg(help = "Prénom")]
    first_name: String,
    #[arg(help = "Nom")]
    last_name: String,
    /// Nobody is tied to an account of the team by address (OID-19): whoever opens it says who it is for.
    #[arg(
        long,
        help = "Identifiant (« sub ») de la personne chez Inclusion Connect ; sans lui, celui de son adresse chez \
                « iae connect », dans la même base"
    )]
    subject: Option<String>,
    #[arg(
        long,
        help = "Donne tous les droits de l’équipe, dont celui de faire avancer les campagnes de contrôle"
    )]
    superuser: bool,
}

impl CreateStaff {
    /// Opens the account; the person then signs in as anybody does.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let email = Email::parse(&self.email).map_err(|_| "cette adresse e-mail n’est pas valable")?;
        let app = Config::from_env(Role::Owner, Purpose::Commands)?.build()?.app;
        let ctx = Ctx::system(app.clock.now());
        let first_name =
            Name::parse(&self.first_name).map_err(|_| "ce prénom n’est pas celui d’une personne")?;
        let last_name = Name::parse(&self.last_name).map_err(|_| "ce nom n’est pas celui d’une personne")?;
        let staff = NewStaff {
            id: UserId::at(ctx.now),
            subject: self.subject(app.db.pool(), &email).await?,
            // The only provider that serves the team (rule book 01 §1.3).
            provider: Provider::InclusionConnect,
            email,
            first_name,
            last_name,
            is_superuser: self.superuser,
        };
        create_staff(&app, &ctx, staff).await?;
        println!("Compte ouvert : la personne peut se connecter.");
        Ok(())
    }

    async fn subject(&self, connect: &PgPool, email: &Email) -> Result<Subject, Box<dyn Error>> {
        if let Some(subject) = &self.subject {
            return Ok(Subject::parse(subject).ok_or("cet identifiant n’est pas valable")?);
        }
        let found = iae_connect::accounts::subject_of(connect, email.as_str()).await?;
        let subject = found.and_then(|subject| Subject::parse(&subject.to_string()));
        Ok(subject.ok_or("personne n’a cette adresse chez « iae connect » : donnez --subject")?)
    }
}
