//! The turns of a campaign, tried or done.

use std::error::Error;

use clap::Args;
use iae_app::control::campaigns;
use iae_app::control::campaigns::queries::Forecast;
use iae_domain::control::CampaignTurn;
use iae_domain::ids::ControlCampaignId;

use super::{Member, refused};

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
            let preview = campaigns::preview(&app, &ctx, self.campaign, turn).await.map_err(refused)?;
            let forecast = Forecast::of(turn, &preview.controls, &preview.turning, ctx.today());
            say(&forecast);
        } else {
            campaigns::turn(&app, &ctx, self.campaign, turn, None).await.map_err(refused)?;
            println!("Fait : {}.", turn.label());
        }
        Ok(())
    }
}

fn say(forecast: &Forecast) {
    let Forecast { turn, companies, changed, told, waiting, .. } = forecast;
    println!("Essai, rien n’est écrit. {} : {changed} structures sur {companies}.", turn.label());
    for (mail, count) in told {
        println!("{} : {count}", mail.label());
    }
    println!("{waiting} structures ont des justificatifs que la DDETS n’a pas contrôlés.");
    println!("La DDETS {} un e-mail.", if forecast.tells_ddets() { "reçoit" } else { "ne reçoit pas" });
}
