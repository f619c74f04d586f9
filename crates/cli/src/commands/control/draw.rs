//! The draw: its list frozen, the SIAE drawn, the whole done again.

use std::error::Error;

use chrono::NaiveDate;
use clap::Args;
use iae_app::control::campaigns::queries::{CampaignDetail, campaign};
use iae_app::control::campaigns::{Verification, freeze_list, launch, verify};
use iae_app::db::{Purpose, Role};
use iae_domain::control::{CampaignPhase, DrawnCompany, StepRefused, companies_drawn};
use iae_domain::french;
use iae_domain::ids::ControlCampaignId;
use iae_web::french::agree;

use super::{Member, companies, hires, number, public_text, refused};
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
    /// Says what would happen and writes nothing.
    #[arg(long, help = "Dit ce qui serait fait et n’écrit rien")]
    dry_run: bool,
    #[command(flatten)]
    member: Member,
}

impl Draw {
    pub(super) async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = DatabaseConfig::from_env()?.connect(Role::Reader, Purpose::Commands);
        match verify(&db, self.verify).await.map_err(|error| refused(error.into()))? {
            Verification::Same(drawn) => {
                println!("{}, celles qui sont contrôlées.", drawn_again(&drawn));
                Ok(())
            }
            Verification::SameButArchived { drawn, archived } => {
                println!(
                    "{}, celles qui sont contrôlées. De {} dont le résultat est positif, seul le nombre d’embauches est encore \
                     gardé : il est le même.",
                    drawn_again(&drawn),
                    companies(archived)
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

fn drawn_again(drawn: &[DrawnCompany]) -> String {
    let hired: usize = drawn.iter().map(|one| one.hires.len()).sum();
    format!("Tirage refait : {} et {}", companies(drawn.len()), hires(hired))
}

impl FreezeList {
    pub(super) async fn run(self) -> Result<(), Box<dyn Error>> {
        let name = public_text(&self.value_name)?;
        let (app, ctx) = self.member.sign_in().await?;
        freeze_list(&app, &ctx, self.campaign, &name).await.map_err(refused)?;
        let Some(detail) = campaign(&app.db, self.campaign).await? else { return Ok(()) };
        let digest = detail.campaign.list.map(|list| list.digest.to_string()).unwrap_or_default();
        println!("Liste figée : {}, {}.", companies(detail.listed.companies), hires(detail.listed.hires));
        println!("Empreinte : {digest}");
        Ok(())
    }
}

impl Launch {
    pub(super) async fn run(self) -> Result<(), Box<dyn Error>> {
        let value = public_text(&self.value)?;
        let (app, ctx) = self.member.sign_in().await?;
        let planned = campaign(&app.db, self.campaign).await?.ok_or("aucune campagne n’a cet identifiant")?;
        if self.dry_run {
            return forecast(&planned, ctx.today());
        }
        launch(&app, &ctx, self.campaign, &value).await.map_err(refused)?;
        let Some(detail) = campaign(&app.db, self.campaign).await? else { return Ok(()) };
        println!("Tirage fait : {}, {}.", companies(detail.drawn.companies), hires(detail.drawn.hires));
        let days = (planned.campaign.calendar.adversarial_from, detail.campaign.calendar.adversarial_from);
        if let Some(moved) = moved(days) {
            println!("{moved}");
        }
        Ok(())
    }
}

/// What a launch would do today. What it draws, nobody knows before it is done.
fn forecast(planned: &CampaignDetail, today: NaiveDate) -> Result<(), Box<dyn Error>> {
    let campaign = &planned.campaign;
    match campaign.phase() {
        CampaignPhase::ListFrozen => {}
        CampaignPhase::Sampling => return Err(refused(StepRefused::TooEarly.into())),
        CampaignPhase::Amicable | CampaignPhase::Adversarial | CampaignPhase::Ended => {
            return Err(refused(StepRefused::Done.into()));
        }
    }
    let listed = u64::try_from(planned.listed.companies).unwrap_or_default();
    let drawn = companies_drawn(listed, campaign.ratio);
    let would_be = agree(number(drawn), "serait tirée", "seraient tirées");
    println!("Essai, rien n’est écrit. {} {would_be} au sort sur {listed}.", companies(drawn));
    let followed = campaign.calendar.launched_on(today);
    if let Some(moved) = moved((campaign.calendar.adversarial_from, followed.adversarial_from)) {
        println!("{moved}");
    }
    Ok(())
}

/// What is said of the contradictory phase, planned on a day, when a launch too late moves it to another.
fn moved((planned, followed): (NaiveDate, NaiveDate)) -> Option<String> {
    (planned != followed).then(|| {
        format!(
            "Tirage en retard : la phase contradictoire, prévue le {}, commence le {}. La campagne a son propre calendrier.",
            french::date(planned),
            french::date(followed)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_that_moves_is_told() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(moved((day("2026-08-10"), day("2026-08-10"))), None);
        let said = moved((day("2026-08-10"), day("2026-09-07"))).unwrap().replace('\u{a0}', " ");
        assert!(said.contains("prévue le 10 août 2026, commence le 7 septembre 2026"), "{said}");
    }
}
