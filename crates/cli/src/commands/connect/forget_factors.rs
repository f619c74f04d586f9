//! `iae connect forget-factors`: somebody lost their second factors, and the backup codes with them.

use std::error::Error;

use clap::Args;
use iae_app::Clock;
use iae_connect::operators::{self, Operator, OperatorError};

use super::accounts::{account, database};

/// Removes the second factors of an account: its password alone opens it afterwards.
#[derive(Debug, Args)]
#[command(
    about = "Retire la double authentification d’un compte, et ferme ses sessions",
    long_about = "Retire les applications de codes, les clés d’accès et les codes de secours d’un compte, et ferme ses \
                  sessions : le mot de passe suffit ensuite. Assurez-vous d’abord que la demande vient de la personne."
)]
pub struct ForgetFactors {
    #[arg(help = "Adresse e-mail du compte")]
    email: String,
}

impl ForgetFactors {
    /// Removes them, all or none.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let id = account(&db, &self.email).await?;
        let mut tx = db.pool().begin().await?;
        let by = Operator::AT_THE_COMMAND_LINE;
        match operators::forget_factors(&mut tx, id, by, Clock::System.now()).await {
            Ok(()) => {}
            Err(OperatorError::AlreadyDone) => {
                return Err("ce compte n’a pas de double authentification".into());
            }
            Err(error) => return Err(error.into()),
        }
        tx.commit().await?;
        println!("Double authentification retirée ; les sessions du fournisseur d’identité sont fermées.");
        Ok(())
    }
}
