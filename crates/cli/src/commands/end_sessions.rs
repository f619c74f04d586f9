//! `iae end-sessions`: who is signed in to the platform is so no more.

use std::error::Error;

use clap::Args;
use iae_app::Ctx;
use iae_app::accounts::{end_every_session, end_sessions_of};
use iae_app::db::{Purpose, Role};
use iae_domain::text::Email;

use crate::platform::Config;

/// Ends sessions of the platform: an account or a browser is no longer trusted. The trail says whose.
#[derive(Debug, Args)]
#[command(
    about = "Ferme les sessions d’une personne, ou toutes",
    long_about = "Ferme les sessions de la plateforme, d’une personne ou de toutes : à leur page suivante, il faut se \
                  reconnecter. Celles du fournisseur d’identité durent encore trente minutes au plus ; « iae connect \
                  set-password » les ferme avec le mot de passe d’un compte."
)]
#[group(required = true, multiple = false)]
pub struct EndSessions {
    #[arg(long, help = "Adresse e-mail de la personne")]
    email: Option<String>,
    #[arg(long, help = "Les sessions de tout le monde")]
    all: bool,
}

impl EndSessions {
    /// Ends them, and says how many there were.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let app = Config::from_env(Role::Platform, Purpose::Commands)?.build()?.app;
        let ctx = Ctx::system(app.clock.now());
        let ended = match &self.email {
            Some(email) => {
                let email = Email::parse(email).map_err(|_| "cette adresse e-mail n’est pas valable")?;
                end_sessions_of(&app, &ctx, &email).await?.ok_or("aucun compte n’a cette adresse")?
            }
            None => end_every_session(&app, &ctx).await?,
        };
        println!("Sessions fermées : {ended}.");
        Ok(())
    }
}
