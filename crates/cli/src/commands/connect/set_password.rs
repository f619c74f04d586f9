//! `iae connect set-password`: another password for an account, given by an operator.

use std::error::Error;
use std::io;

use clap::Args;
use console::Term;
use iae_app::Ctx;
use iae_app::accounts::end_sessions;
use iae_app::db::{Purpose, Role};
use iae_connect::accounts::set_password;
use iae_domain::accounts::{Provider, SessionsEnd, Subject};
use secrecy::SecretString;

use crate::platform::Config;

/// Gives an account another password. Whoever knew the one before is out: its sessions at the provider end with its
/// codes and tokens, then those of the platform, which stands in the same database.
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
        let now = app.clock.now();
        let subject = set_password(app.db.pool(), &self.email, password, now).await?;
        println!("Mot de passe changé ; les sessions du fournisseur d’identité sont fermées.");
        let subject = Subject::parse(&subject.to_string()).ok_or("cet identifiant n’est pas valable")?;
        let (provider, because) = (Provider::InclusionConnect, SessionsEnd::NewPassword);
        match end_sessions(&app, &Ctx::system(now), provider, &subject, because).await? {
            Some(count) => println!("Sessions de la plateforme fermées : {count}."),
            None => println!("La personne ne s’est jamais connectée à la plateforme."),
        }
        Ok(())
    }
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
