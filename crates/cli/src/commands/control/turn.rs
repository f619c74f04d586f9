//! The turns of a campaign, tried or done.

use std::error::Error;

use clap::Args;
use iae_app::control::campaigns;
use iae_app::control::campaigns::queries::{Forecast, forecast};
use iae_domain::control::CampaignTurn;
use iae_domain::ids::ControlCampaignId;
use iae_web::french::agree;

use super::{Member, companies, number, refused};

/// A turn of a campaign.
#[derive(Debug, Args)]
pub(super) struct Turn {
    #[arg(value_name = "CAMPAGNE", help = "Identifiant de la campagne")]
    campaign: ControlCampaignId,
    /// Says what would happen and writes nothing.
    #[arg(long, help = "Dit ce qui serait fait et n’écrit rien")]
    dry_run: bool,
    #[command(flatten)]
    member: Member,
}

impl Turn {
    pub(super) async fn run(self, turn: CampaignTurn) -> Result<(), Box<dyn Error>> {
        let (app, ctx) = self.member.sign_in().await?;
        if self.dry_run {
            let (_, forecast) = forecast(&app.db, &ctx, self.campaign, Some(turn)).await.map_err(refused)?;
            say(&forecast);
        } else {
            campaigns::turn(&app, &ctx, self.campaign, turn, None).await.map_err(refused)?;
            println!("Fait : {}.", turn.label());
        }
        Ok(())
    }
}

fn say(forecast: &Forecast) {
    let Forecast { turn, companies: all, changed, told, waiting, .. } = forecast;
    println!("Essai, rien n’est écrit. {} : {} sur {all}.", turn.label(), companies(*changed));
    for (mail, count) in told {
        println!("{} : {count}", mail.label());
    }
    let have = agree(number(*waiting), "a", "ont");
    println!("{} {have} des justificatifs que la DDETS n’a pas contrôlés.", companies(*waiting));
    println!("La DDETS {} un e-mail.", if forecast.tells_ddets() { "reçoit" } else { "ne reçoit pas" });
}
