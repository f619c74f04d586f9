//! `iae connect set-password`: another password for an account, given by an operator.

use std::error::Error;
use std::{io, iter};

use clap::Args;
use console::Term;
use iae_app::accounts::end_sessions_within;
use iae_app::db::{Purpose, Role};
use iae_app::{App, Ctx};
use iae_connect::accounts::set_password;
use iae_domain::accounts::{Provider, SessionsEnd, Subject};
use secrecy::SecretString;

use crate::platform::Config;

/// Without the rights of both parts, nothing is done.
const RIGHTS: &str = "Rien n’a changé. Cette commande écrit chez le fournisseur d’identité et sur la plateforme : \
    lancez-la avec le compte iae_owner, comme « iae migrate » (ADR 27).";

/// Postgres says of a right that lacks.
const INSUFFICIENT_PRIVILEGE: &str = "42501";

/// Gives an account another password. Whoever knew the one before is out: its sessions at the provider end with its
/// codes and tokens, and with those of the platform, which stands in the same database: all of it, or none.
#[derive(Debug, Args)]
#[command(
    about = "Donne un autre mot de passe à un compte, et ferme ses sessions",
    long_about = "Donne un autre mot de passe à un compte, et ferme ses sessions. Le mot de passe se tape sans \
                  s’afficher, ou vient de l’entrée standard ; jamais de la ligne de commande, que d’autres lisent."
)]
pub struct SetPassword {
    #[arg(help = "Adresse e-mail du compte")]
    email: String,
}

impl SetPassword {
    /// Reads the password, writes it, ends the sessions.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let app = Config::from_env(Role::Owner, Purpose::Commands)?.build()?.app;
        let password = tokio::task::spawn_blocking(read).await??;
        let ended = self.change(&app, password).await;
        let ended =
            ended.map_err(|error| if lacks_rights(error.as_ref()) { RIGHTS.into() } else { error })?;
        println!("Mot de passe changé ; les sessions du fournisseur d’identité sont fermées.");
        match ended {
            Some(count) => println!("Sessions de la plateforme fermées : {count}."),
            None => println!("La personne ne s’est jamais connectée à la plateforme."),
        }
        Ok(())
    }

    /// In one transaction; gives how many sessions of the platform ended.
    async fn change(&self, app: &App, password: SecretString) -> Result<Option<u64>, Box<dyn Error>> {
        let mut work = app.begin(&Ctx::system(app.clock.now())).await?;
        let now = work.now();
        let subject = set_password(work.db(), &self.email, password, now).await?;
        let subject = Subject::parse(&subject.to_string()).ok_or("cet identifiant n’est pas valable")?;
        let (provider, because) = (Provider::InclusionConnect, SessionsEnd::NewPassword);
        let ended = end_sessions_within(&mut work, provider, &subject, because).await?;
        work.commit().await?;
        Ok(ended)
    }
}

/// Whether the account of the database may not do this.
fn lacks_rights(error: &(dyn Error + 'static)) -> bool {
    iter::successors(Some(error), |&error| error.source())
        .filter_map(|cause| cause.downcast_ref::<sqlx::Error>()?.as_database_error()?.code())
        .any(|code| code == INSUFFICIENT_PRIVILEGE)
}

/// A line: typed unseen, or piped.
fn read() -> io::Result<SecretString> {
    let terminal = Term::stderr();
    if terminal.is_term() && Term::stdout().is_term() && io::IsTerminal::is_terminal(&io::stdin()) {
        terminal.write_str("Nouveau mot de passe : ")?;
        return terminal.read_secure_line().map(SecretString::from);
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(SecretString::from(line.trim_end_matches(['\r', '\n'])))
}
