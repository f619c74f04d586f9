//! Campaigns opened for every DDETS, or for those of some départements.

use std::error::Error;

use chrono::NaiveDate;
use clap::Args;
use iae_app::control::campaigns::queries::{Ddets, ddets};
use iae_app::control::campaigns::{NewCampaigns, open};
use iae_domain::control::Calendar;
use iae_domain::ids::OrganisationId;
use iae_domain::time::Period;

use super::{Member, refused};

/// Opens the campaigns of a period.
#[derive(Debug, Args)]
#[command(about = "Ouvre les campagnes d’une période, pour toutes les DDETS ou certaines")]
pub(super) struct Open {
    #[arg(long, value_name = "AAAA-MM-JJ", help = "Premier jour des contrats contrôlés")]
    from: NaiveDate,
    #[arg(long, value_name = "AAAA-MM-JJ", help = "Dernier de ces jours")]
    to: NaiveDate,
    #[arg(long, value_name = "AAAA-MM-JJ", help = "Jour du tirage au sort")]
    launch: NaiveDate,
    #[arg(long, value_name = "AAAA-MM-JJ", help = "Premier jour de la phase contradictoire")]
    adversarial: NaiveDate,
    #[arg(long, value_name = "DÉPARTEMENT", num_args = 1.., help = "Codes des départements ; tous sans cette option")]
    ddets: Vec<String>,
    #[arg(long, help = "Ouvre même si une autre campagne contrôle déjà une partie de ces embauches")]
    confirm_overlap: bool,
    #[command(flatten)]
    member: Member,
}

impl Open {
    pub(super) async fn run(self) -> Result<(), Box<dyn Error>> {
        if self.to <= self.from {
            return Err("la période finit après son premier jour".into());
        }
        let calendar = Calendar::plan(self.launch, self.adversarial);
        let calendar = calendar.map_err(|short| {
            format!(
                "la phase contradictoire commence le {} au plus tôt : six semaines après le tirage",
                short.earliest
            )
        })?;
        let (app, ctx) = self.member.sign_in().await?;
        let institutions = chosen(&ddets(&app.db).await?, &self.ddets)?;
        let new = NewCampaigns {
            hired: Period { start: self.from, end: self.to },
            calendar,
            institutions,
            overlap_is_confirmed: self.confirm_overlap,
        };
        let opened = open(&app, &ctx, new).await.map_err(refused)?;
        println!("Campagnes ouvertes : {}.", opened.len());
        for id in &opened {
            println!("{id}");
        }
        Ok(())
    }
}

/// The DDETS of these départements, all of them when none is named.
fn chosen(known: &[Ddets], departments: &[String]) -> Result<Vec<OrganisationId>, String> {
    if known.is_empty() {
        return Err("aucune DDETS n’est connue : « iae import institutions » les apporte".to_owned());
    }
    if departments.is_empty() {
        return Ok(known.iter().map(|ddets| ddets.id).collect());
    }
    let of = |code: &String| {
        let found = known.iter().find(|ddets| ddets.code.as_ref() == Some(code));
        found.map(|ddets| ddets.id).ok_or_else(|| format!("aucune DDETS du département {code} n’est connue"))
    };
    departments.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_departement_names_its_ddets() {
        let ddets = |number, code: &str| Ddets {
            id: OrganisationId(uuid::Uuid::from_u128(number)),
            name: format!("DDETS {code}"),
            department: None,
            code: Some(code.to_owned()),
        };
        let known = [ddets(1, "54"), ddets(2, "57")];
        assert_eq!(chosen(&known, &[]).unwrap().len(), 2);
        assert_eq!(chosen(&known, &["57".to_owned()]).unwrap(), [known[1].id]);
        assert!(chosen(&known, &["99".to_owned()]).is_err() && chosen(&[], &[]).is_err());
    }
}
