//! The draw: its list frozen, the SIAE drawn, the whole done again.

use std::error::Error;

use clap::Args;
use iae_app::control::campaigns::queries::campaign;
use iae_app::control::campaigns::{Verification, freeze_list, launch, verify};
use iae_app::db::{Purpose, Role};
use iae_domain::ids::ControlCampaignId;

use super::{Member, public_text, refused};
use crate::config::DatabaseConfig;

/// Draws again from what was published. Fails when anything differs.
#[derive(Debug, Args)]
#[command(about = "Refait le tirage d’une campagne et dit s’il donne ce qui est contrôlé")]
pub(super) struct Draw {
    #[arg(long, value_name = "CAMPAGNE", help = "Identifiant de la campagne")]
    verify: ControlCampaignId,
}

/// Freezes the list of what can be drawn.
#[derive(Debug, Args)]
#[command(about = "Fige la liste de ce qui peut être tiré au sort et publie son empreinte")]
pub(super) struct FreezeList {
    #[arg(value_name = "CAMPAGNE", help = "Identifiant de la campagne")]
    campaign: ControlCampaignId,
    #[arg(long, value_name = "NOM", help = "Nom de la valeur publique à venir qui fera le tirage")]
    value_name: String,
    #[command(flatten)]
    member: Member,
}

/// Draws the SIAE. There is no second draw.
#[derive(Debug, Args)]
#[command(about = "Tire au sort les structures avec la valeur publique annoncée, une fois pour toutes")]
pub(super) struct Launch {
    #[arg(value_name = "CAMPAGNE", help = "Identifiant de la campagne")]
    campaign: ControlCampaignId,
    #[arg(long, value_name = "VALEUR", help = "La valeur, exactement comme elle a été publiée")]
    value: String,
    #[command(flatten)]
    member: Member,
}

impl Draw {
    pub(super) async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = DatabaseConfig::from_env()?.connect(Role::Reader, Purpose::Commands);
        match verify(&db, self.verify).await.map_err(|error| refused(error.into()))? {
            Verification::Same(drawn) => {
                let hires: usize = drawn.iter().map(|one| one.hires.len()).sum();
                println!(
                    "Tirage refait : {} structures et {hires} embauches, celles qui sont contrôlées.",
                    drawn.len()
                );
                Ok(())
            }
            Verification::NotDrawn => Err("cette campagne n’est pas encore tirée au sort".into()),
            Verification::ListTampered => {
                Err("la liste gardée n’est pas celle dont l’empreinte a été publiée".into())
            }
            Verification::OtherSample => Err(
                "la liste est celle qui a été publiée, mais ce qui est contrôlé n’est pas ce que son tirage donne".into(),
            ),
        }
    }
}

impl FreezeList {
    pub(super) async fn run(self) -> Result<(), Box<dyn Error>> {
        let name = public_text(&self.value_name)?;
        let (app, ctx) = self.member.sign_in().await?;
        freeze_list(&app, &ctx, self.campaign, &name).await.map_err(refused)?;
        let Some(detail) = campaign(&app.db, self.campaign).await? else { return Ok(()) };
        let digest = detail.campaign.list.map(|list| list.digest.to_string()).unwrap_or_default();
        let (companies, hires) = (detail.listed.companies, detail.listed.hires);
        println!("Liste figée : {companies} structures, {hires} embauches.");
        println!("Empreinte : {digest}");
        Ok(())
    }
}

impl Launch {
    pub(super) async fn run(self) -> Result<(), Box<dyn Error>> {
        let value = public_text(&self.value)?;
        let (app, ctx) = self.member.sign_in().await?;
        launch(&app, &ctx, self.campaign, &value).await.map_err(refused)?;
        let Some(detail) = campaign(&app.db, self.campaign).await? else { return Ok(()) };
        let (companies, hires) = (detail.drawn.companies, detail.drawn.hires);
        println!("Tirage fait : {companies} structures, {hires} embauches.");
        Ok(())
    }
}
