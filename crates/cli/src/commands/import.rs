//! `iae import …`: brings in official files.

mod file;
mod structures;

use std::error::Error as AnyError;
use std::sync::Arc;

use clap::{Args, Subcommand};
use iae_app::control::campaigns::queries::member_of_team;
use iae_app::db::{Purpose, Role};
use iae_app::imports::FileKind;
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::text::Email;

use crate::platform::Config;

/// Brings in official files: says how many rows are new, changed or already there, and names each rejected row. What came
/// of it is kept, and read at `/admin/imports`.
#[derive(Debug, Args)]
#[command(about = "Importe un fichier officiel et rend compte de chaque ligne rejetée")]
pub struct Import {
    /// What to bring in.
    #[command(subcommand)]
    what: What,
}

/// What may be brought in.
#[derive(Debug, Subcommand)]
enum What {
    /// The weekly flow of the paying agency.
    Structures(structures::FlowFiles),
    /// Prescriber organisations.
    #[command(about = "Organisations prescriptrices")]
    Prescribers(file::OneFile),
    /// State institutions.
    #[command(about = "Institutions (DDETS, DREETS…)")]
    Institutions(file::OneFile),
    /// Communes.
    #[command(about = "Communes, codes postaux, positions")]
    Communes(file::OneFile),
    /// ROME codes or appellations.
    #[command(about = "Codes ou appellations du ROME")]
    Rome(file::OneFile),
    /// Zones de revitalisation rurale.
    #[command(about = "Zones de revitalisation rurale")]
    Zrr(file::OneFile),
}

impl Import {
    /// Runs the import and prints its report. Rejected rows are not a failure: only a file that cannot be read is, and
    /// deactivations that wait for a confirmation.
    pub async fn run(self) -> Result<(), Box<dyn AnyError>> {
        match self.what {
            What::Structures(command) => command.run().await,
            What::Prescribers(command) => command.run(FileKind::Prescribers).await,
            What::Institutions(command) => command.run(FileKind::Institutions).await,
            What::Communes(command) => command.run(FileKind::Communes).await,
            What::Rome(command) => command.run(FileKind::Rome).await,
            What::Zrr(command) => command.run(FileKind::Zrr).await,
        }
    }
}

/// In whose name.
#[derive(Debug, Args)]
struct Member {
    #[arg(
        long = "as",
        value_name = "ADRESSE",
        help = "Adresse e-mail du membre de l’équipe au nom de qui importer ; sans elle, l’import est celui du service"
    )]
    email: Option<String>,
}

impl Member {
    /// The platform, and who acts on it.
    async fn sign_in(&self) -> Result<(Arc<App>, Ctx<Actor>), Box<dyn AnyError>> {
        let app = Config::from_env(Role::Platform, Purpose::Commands)?.build()?.app;
        let ctx = Ctx::system(app.clock.now());
        let Some(email) = &self.email else { return Ok((app, ctx)) };
        let email = Email::parse(email).map_err(|_| "cette adresse e-mail n’est pas valable")?;
        let staff = member_of_team(&app.db, &email).await?.ok_or("personne de l’équipe n’a cette adresse")?;
        Ok((app, ctx.with(staff.into())))
    }
}
