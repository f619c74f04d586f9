//! `iae transfer`: what a company has goes to another one, as from its page in the staff area; and from a company of the ASP to an
//! antenna, which no page does (rule book 01 §13).

use std::collections::BTreeSet;
use std::error::Error;

use clap::Args;
use iae_app::organisations::transfer::queries::named;
use iae_app::organisations::transfer::{TransferPreview, preview_transfer, transfer};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::transfer::{Category, Count, Fit, TransferCommand, TransferRefused, version};
use iae_domain::staff::{REMARK_MAX_CHARS, StaffRight, SupportRemark, ensure};
use sha2::{Digest as _, Sha256};

use super::control::Member;

/// Characters of a version: enough that no two trials share theirs, few enough to be copied.
const VERSION_CHARS: usize = 12;

/// Gives what a company has to another one.
#[derive(Debug, Args)]
#[command(
    about = "Transfère les données d’un employeur à un autre, antenne comprise",
    long_about = "Transfère les données d’un employeur à un autre, comme sa page de l’espace d’administration, et aussi d’une \
                  structure de l’ASP à une antenne, ce que la page refuse. Sans --confirm, n’écrit rien : dit ce qui serait \
                  déplacé, et la version à confirmer."
)]
pub struct Transfer {
    #[arg(long, value_name = "STRUCTURE", help = "Identifiant de la structure source")]
    from: OrganisationId,
    #[arg(long, value_name = "STRUCTURE", help = "Identifiant de la structure cible")]
    to: OrganisationId,
    #[arg(
        long,
        value_name = "CATÉGORIE",
        value_parser = category,
        num_args = 1..,
        help = "Ce qui est déplacé ; sans cette option, tout sauf ce que la cible dit d’elle-même"
    )]
    only: Vec<Category>,
    #[arg(long, help = "Laisse la structure source active")]
    keep_source: bool,
    #[arg(long, help = "Pourquoi : gardé avec le transfert, lu par l’équipe")]
    remark: String,
    #[arg(long, value_name = "VERSION", help = "Fait le transfert que l’essai a montré sous cette version")]
    confirm: Option<String>,
    #[command(flatten)]
    member: Member,
}

impl Transfer {
    /// Says what would move, then moves it when that very version is confirmed (D32).
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let remark = SupportRemark::parse(&self.remark)
            .map_err(|_| format!("la remarque a de 1 à {REMARK_MAX_CHARS} caractères"))?;
        if self.from == self.to {
            return Err(words(TransferRefused::Same).into());
        }
        let (app, ctx) = self.member.on_platform().await?;
        ensure(&ctx.actor, StaffRight::MergeOrganisations)
            .map_err(|_| "cette personne n’a pas le droit de transférer des structures")?;
        let preview = preview_transfer(&app, &ctx, self.from, self.to).await?;
        let preview = preview.ok_or("une de ces structures n’existe pas, ou est une institution")?;
        let asked = self.asked(&preview);
        preview.check(&asked).map_err(words)?;
        println!("De : {}.", name(&app, &ctx, self.from).await?);
        println!("À : {}.", name(&app, &ctx, self.to).await?);
        for count in preview.counts.iter().filter(|count| asked.categories.contains(&count.category)) {
            println!("{} : {} à déplacer, {} en double.", count.category, count.moved, count.left);
        }
        if asked.disable_source {
            println!("La structure source est désactivée.");
        }
        let version = version_of(self.from, &asked);
        let Some(confirmed) = &self.confirm else {
            println!("Essai, rien n’est écrit : ajoutez --confirm {version} pour le faire.");
            return Ok(());
        };
        if *confirmed != version {
            return Err(not_shown(&version).into());
        }
        match transfer(&app, &ctx, self.from, (&asked, &remark)).await {
            Ok(()) => println!("C’est fait."),
            Err(Failure::Refused(refused)) => return Err(words(refused).into()),
            Err(Failure::App(error)) => return Err(error.into()),
        }
        Ok(())
    }

    /// What is asked: these categories, or all there is something of, but what the target says of itself.
    fn asked(&self, preview: &TransferPreview) -> TransferCommand {
        let (from, to) = (preview.source.kind, preview.target.kind);
        let moves = |count: &&Count| {
            count.category.fit(from, to) == Fit::Fits && !count.is_none() && !count.category.is_said()
        };
        let categories: BTreeSet<Category> = if self.only.is_empty() {
            preview.counts.iter().filter(moves).map(|count| count.category).collect()
        } else {
            self.only.iter().copied().collect()
        };
        TransferCommand {
            target: self.to,
            seen: version(&preview.source, &preview.target, &preview.counts),
            categories,
            disable_source: !self.keep_source && !preview.source.is_disabled,
            to_antenna: true,
        }
    }
}

/// What a trial showed and what was asked of it, as its confirmation says it: another one as soon as anything differs.
fn version_of(from: OrganisationId, asked: &TransferCommand) -> String {
    let TransferCommand { target, seen, disable_source, .. } = asked;
    let codes: Vec<&str> = asked.categories.iter().map(|category| category.code()).collect();
    let all = format!("{from} {target} {seen} {} {disable_source}", codes.join(","));
    hex::encode(Sha256::digest(all)).chars().take(VERSION_CHARS).collect()
}

/// Why nothing moves, when what is confirmed is not what would be done now.
fn not_shown(version: &str) -> String {
    format!(
        "ce n’est pas, ou plus, ce que l’essai a montré, rien n’est fait : relisez ce qui précède, \
         puis confirmez par --confirm {version}"
    )
}

/// What a structure is called, and where it is.
async fn name(app: &App, ctx: &Ctx<StaffActor>, id: OrganisationId) -> Result<String, Box<dyn Error>> {
    let named = named(app, ctx, id).await?.ok_or("cette structure n’existe pas")?;
    Ok(format!("{} ({}), {}", named.name, named.kind(), named.city))
}

/// The code of a category, as an operator types it.
fn category(text: &str) -> Result<Category, String> {
    Category::parse(text).ok_or_else(|| {
        let codes: Vec<&str> = Category::ALL.iter().map(|category| category.code()).collect();
        format!("catégorie inconnue ; attendu : {}", codes.join(", "))
    })
}

/// Why nothing moves, in the operator's words.
fn words(refused: TransferRefused) -> String {
    match refused {
        TransferRefused::Same => "la source et la cible sont la même structure".to_owned(),
        TransferRefused::Closed => "une de ces structures est fermée : une autre l’a remplacée".to_owned(),
        TransferRefused::NotCompanies => "un transfert se fait entre deux employeurs".to_owned(),
        TransferRefused::ToAntenna => "une structure de l’ASP ne transfère rien à une antenne".to_owned(),
        TransferRefused::Emptied => "la source est désactivée et n’a plus rien à donner".to_owned(),
        TransferRefused::Nothing => "il n’y a rien à déplacer".to_owned(),
        TransferRefused::Unfit(category) => {
            format!("« {category} » ne peut pas être déplacé vers cette structure")
        }
        TransferRefused::Apart(category, needed) => format!("« {category} » part avec « {needed} »"),
        TransferRefused::Overtaken => {
            "ce qui serait déplacé a changé, rien n’est fait : recommencez".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use uuid::Uuid;

    use super::*;
    use crate::commands::Cli;

    #[test]
    fn a_category_is_typed_by_its_code() {
        assert_eq!(category("members"), Ok(Category::Members));
        assert!(category("tout").is_err_and(|said| said.contains("applications_received")));
    }

    #[test]
    fn a_confirmation_says_what_it_confirms() {
        let (from, to) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let trial = format!("iae transfer --as a@exemple.fr --from {from} --to {to} --remark Antenne");
        let is_understood = |more: &str| Cli::try_parse_from(format!("{trial}{more}").split(' ')).is_ok();
        assert!(is_understood(""));
        assert!(!is_understood(" --confirm"));
        assert!(is_understood(" --confirm 0a1b2c3d4e5f"));
    }

    /// D32: what changed since the trial, in what there is or in what is asked, is not moved unseen.
    #[test]
    fn a_version_is_of_one_trial_alone() {
        let (from, target) = (OrganisationId(Uuid::from_u128(1)), OrganisationId(Uuid::from_u128(2)));
        let asked = TransferCommand {
            target,
            seen: "members-3-1".to_owned(),
            categories: BTreeSet::from([Category::Members]),
            disable_source: true,
            to_antenna: true,
        };
        let shown = version_of(from, &asked);
        assert_eq!(shown.len(), VERSION_CHARS);
        assert_ne!(version_of(target, &asked), shown);
        for other in [
            TransferCommand { target: from, ..asked.clone() },
            TransferCommand { seen: "members-4-1".to_owned(), ..asked.clone() },
            TransferCommand { categories: BTreeSet::from([Category::Posts]), ..asked.clone() },
            TransferCommand { disable_source: false, ..asked.clone() },
        ] {
            assert_ne!(version_of(from, &other), shown, "{other:?}");
            assert!(not_shown(&version_of(from, &other)).contains("--confirm"));
        }
    }
}
