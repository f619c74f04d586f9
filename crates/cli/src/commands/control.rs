//! `iae control`: campaigns of control, opened, drawn and turned by who operates the platform; their draw done again.

mod draw;
mod open;
mod turn;

use std::error::Error as AnyError;
use std::sync::Arc;

use clap::{Args, Subcommand};
use iae_app::control::campaigns::queries::member_of_team;
use iae_app::db::{Purpose, Role};
use iae_app::{App, Ctx, Error, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::control::{CampaignTurn, StepRefused, policy};
use iae_domain::ids::RequestId;
use iae_domain::text::{Email, Message};
use iae_web::french::plural;

use crate::platform::Config;

/// Longest name of a public value, and longest value, in characters.
const VALUE_MAX_CHARS: usize = 200;

/// Opens campaigns of control, draws, turns them.
#[derive(Debug, Args)]
#[command(about = "Ouvre les campagnes de contrôle, les tire au sort, les fait avancer, refait leur tirage")]
pub struct Control {
    /// What to do.
    #[command(subcommand)]
    what: What,
}

/// What may be asked of campaigns: each step once, in this order.
#[derive(Debug, Subcommand)]
enum What {
    /// Draws again, and compares.
    Draw(draw::Draw),
    /// Opens the campaigns of a period.
    Open(open::Open),
    /// Freezes what can be drawn.
    FreezeList(draw::FreezeList),
    /// Draws the SIAE.
    Launch(draw::Launch),
    /// Ends submissions of the phase.
    #[command(about = "Bloque les transmissions de la phase en cours")]
    Freeze(turn::Turn),
    /// Begins the contradictory phase.
    #[command(about = "Commence la phase contradictoire")]
    Adversarial(turn::Turn),
    /// Ends the campaign.
    #[command(about = "Clôture la campagne")]
    Close(turn::Turn),
}

impl Control {
    /// Does what is asked.
    pub async fn run(self) -> Result<(), Box<dyn AnyError>> {
        match self.what {
            What::Draw(command) => command.run().await,
            What::Open(command) => command.run().await,
            What::FreezeList(command) => command.run().await,
            What::Launch(command) => command.run().await,
            What::Freeze(command) => command.run(CampaignTurn::Freeze).await,
            What::Adversarial(command) => command.run(CampaignTurn::Adversarial).await,
            What::Close(command) => command.run(CampaignTurn::Close).await,
        }
    }
}

/// The member of the team a command acts as: the trail names them.
#[derive(Debug, Args)]
pub(super) struct Member {
    #[arg(
        long = "as",
        value_name = "ADRESSE",
        help = "Adresse e-mail du membre de l’équipe au nom de qui agir"
    )]
    email: String,
}

impl Member {
    /// The platform, and who acts on it: an open account of the team that may turn campaigns.
    async fn sign_in(&self) -> Result<(Arc<App>, Ctx<StaffActor>), Box<dyn AnyError>> {
        let (app, ctx) = self.on_platform().await?;
        policy::turn(&ctx.actor)
            .map_err(|_| "cette personne n’a pas le droit de mener les campagnes de contrôle")?;
        Ok((app, ctx))
    }

    /// The same, whatever their rights.
    pub(super) async fn on_platform(&self) -> Result<(Arc<App>, Ctx<StaffActor>), Box<dyn AnyError>> {
        let email = Email::parse(&self.email).map_err(|_| "cette adresse e-mail n’est pas valable")?;
        let app = Config::from_env(Role::Platform, Purpose::Commands)?.build()?.app;
        let actor = member_of_team(&app.db, &email).await?;
        let actor = actor.ok_or("personne de l’équipe n’a cette adresse")?;
        let now = app.clock.now();
        Ok((app, Ctx { actor, now, request_id: RequestId::at(now), impersonator: None }))
    }
}

/// A public value or its name, on one line.
fn public_text(text: &str) -> Result<Message<VALUE_MAX_CHARS>, String> {
    let message = Message::parse(text).ok().filter(|message| !message.as_str().contains('\n'));
    message.ok_or_else(|| {
        format!("attendu : un texte d’une seule ligne, de {VALUE_MAX_CHARS} caractères au plus")
    })
}

/// A count as the words of French take it.
fn number(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

/// « 1 structure », « 2 structures ».
fn companies(count: impl TryInto<i64>) -> String {
    plural(number(count), "structure", "structures")
}

/// « 1 embauche », « 2 embauches ».
fn hires(count: impl TryInto<i64>) -> String {
    plural(number(count), "embauche", "embauches")
}

/// Why nothing was done, in the operator's words.
fn refused(failure: Failure<StepRefused>) -> Box<dyn AnyError> {
    let why = match failure {
        Failure::Refused(StepRefused::Done) => "cette étape est déjà faite, rien n’a changé",
        Failure::Refused(StepRefused::TooEarly) => "une autre étape vient avant celle-ci, rien n’a changé",
        Failure::Refused(StepRefused::ListTampered) => {
            "la liste gardée n’est pas celle dont l’empreinte a été publiée : rien n’est tiré au sort"
        }
        Failure::Refused(StepRefused::Overlap) => {
            "une DDETS contrôle déjà une partie de ces embauches : ajoutez --confirm-overlap pour ouvrir quand même"
        }
        Failure::Refused(StepRefused::OtherDays) => {
            "les campagnes de cette période ont d’autres jours : rien n’a changé"
        }
        Failure::App(Error::NotFound) => "aucune campagne n’a cet identifiant",
        Failure::App(error) => return error.into(),
    };
    why.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_value_is_on_one_line() {
        assert_eq!(public_text(" 4-8-15 ").map(|text| text.as_str().to_owned()), Ok("4-8-15".to_owned()));
        for wrong in ["", "  ", "4\n8", &"4".repeat(VALUE_MAX_CHARS + 1)] {
            assert!(public_text(wrong).is_err(), "{wrong}");
        }
    }
}
