//! `iae import structures`: the weekly flow of the paying agency (rule book 01, CMP-8 to CMP-15).

use std::error::Error as AnyError;
use std::io::{self, Write};
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use iae_app::imports::structures::{Asked, Flow, FlowReport, import_structures};
use iae_domain::french;
use iae_domain::imports::{ImportCount, ImportOutcome};

use super::Member;
use super::file::open;
use crate::progress;

/// Compares three files of the same week with the platform, and writes what differs.
#[derive(Debug, Args)]
#[command(
    about = "Flux hebdomadaire de l’ASP : structures, conventions et annexes financières",
    long_about = "Flux hebdomadaire de l’ASP : crée les structures conventionnées et les invite par e-mail, suit leurs SIRET, leurs \
                  adresses et leurs annexes, désactive et réactive les conventions, supprime ce qui n’a jamais servi. \
                  Lancez d’abord avec --dry-run. À partir de 200 désactivations d’un coup, rien n’est écrit sans confirmation ; \
                  de janvier à juin, aucune n’est faite."
)]
pub(super) struct FlowFiles {
    /// Structures.
    #[arg(long, value_name = "FICHIER", help = "Structures : numéro, nature, SIRET, nom, adresse, e-mail")]
    structures: PathBuf,
    /// Conventions.
    #[arg(long, value_name = "FICHIER", help = "Conventions : numéro, nature, SIRET de la signature")]
    conventions: PathBuf,
    /// Annexes.
    #[arg(long, value_name = "FICHIER", help = "Annexes financières : numéro, état, dates")]
    annexes: PathBuf,
    /// The day annexes are compared with.
    #[arg(long, value_name = "AAAA-MM-JJ", help = "Jour auquel juger les annexes ; aujourd’hui sans lui")]
    as_of: Option<NaiveDate>,
    /// How many conventions may fall.
    #[arg(
        long,
        value_name = "NOMBRE",
        requires = "email",
        help = "Confirme exactement ce nombre de désactivations, au nom de --as"
    )]
    confirm_deactivations: Option<usize>,
    /// Says what would happen and writes nothing.
    #[arg(long, help = "Dit ce qui serait fait et n’écrit rien")]
    dry_run: bool,
    #[command(flatten)]
    member: Member,
}

impl FlowFiles {
    pub(super) async fn run(self) -> Result<(), Box<dyn AnyError>> {
        let flow = Flow {
            structures: open(&self.structures)?,
            conventions: open(&self.conventions)?,
            annexes: open(&self.annexes)?,
        };
        let (app, ctx) = self.member.sign_in().await?;
        let asked = Asked {
            as_of: self.as_of.unwrap_or_else(|| ctx.today()),
            confirmed: self.confirm_deactivations,
            is_trial: self.dry_run,
        };
        let bar = progress::bar("Import du flux");
        let report = import_structures(&app, &ctx, flow, asked).await;
        bar.finish_and_clear();
        let report = report?;
        write(&mut io::stdout().lock(), &report, self.dry_run).ok();
        if report.import.outcome == ImportOutcome::Refused { Err(refused(&report).into()) } else { Ok(()) }
    }
}

/// What to type when the safety stop asks.
fn refused(report: &FlowReport) -> String {
    let falling = report.import.count(ImportCount::ConventionsFalling);
    format!(
        "{falling} conventions seraient désactivées d’un coup : rien n’est écrit. Vérifiez que les fichiers sont récents et \
         complets ; pour confirmer, relancez la même commande avec --confirm-deactivations {falling} --as ADRESSE (un membre de \
         l’équipe qui a tous les droits)"
    )
}

/// Writes the report: a line for each count, then one for each remark.
fn write(out: &mut impl Write, report: &FlowReport, dry_run: bool) -> io::Result<()> {
    let import = &report.import;
    if dry_run {
        writeln!(out, "Essai, rien n’est écrit.")?;
    } else if import.outcome == ImportOutcome::Refused {
        writeln!(out, "Rien n’est écrit. Ce qui le serait :")?;
    }
    writeln!(out, "Annexes jugées au {}.", french::date(import.as_of))?;
    for file in &import.files {
        writeln!(out, "{} : {} lignes lues.", file.name, file.rows)?;
    }
    if !import.has_changed() && import.outcome == ImportOutcome::Done {
        writeln!(out, "Rien ne change.")?;
    }
    for (count, number) in &import.counts {
        writeln!(out, "{} : {number}", count.label())?;
    }
    if import.outcome == ImportOutcome::HeldBack {
        writeln!(
            out,
            "ATTENTION : de janvier à juin, autant de désactivations d’un coup n’est pas écrit (CMP-11). L’équipe est prévenue."
        )?;
    }
    for remark in &report.remarks {
        match remark.line {
            Some(line) => writeln!(out, "{}, ligne {line} : {}", remark.file, remark.says)?,
            None => writeln!(out, "{}", remark.says)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use iae_app::imports::KeptRemark;
    use iae_domain::ids::ImportId;
    use iae_domain::imports::{Import, ImportKind, ImportedFile};

    use super::*;

    fn report(outcome: ImportOutcome, counts: Vec<(ImportCount, u64)>) -> FlowReport {
        let file = ImportedFile { name: "annexes.csv".to_owned(), sha256: String::new(), rows: 3 };
        let import = Import {
            id: ImportId::at(DateTime::UNIX_EPOCH),
            kind: ImportKind::Structures,
            outcome,
            by: None,
            at: DateTime::UNIX_EPOCH,
            as_of: "2021-06-01".parse().unwrap(),
            files: vec![file],
            counts,
        };
        let says = "« number » est vide".to_owned();
        FlowReport {
            import,
            remarks: vec![KeptRemark { file: "annexes.csv".to_owned(), line: Some(4), says }],
        }
    }

    #[test]
    fn the_report_counts_and_names_each_remark() {
        let mut out = Vec::new();
        let done = report(ImportOutcome::Done, vec![(ImportCount::CompaniesCreated, 2)]);
        write(&mut out, &done, true).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "Essai, rien n’est écrit.\nAnnexes jugées au 1er juin 2021.\nannexes.csv : 3 lignes lues.\n\
             Structures créées : 2\nannexes.csv, ligne 4 : « number » est vide\n"
        );
    }

    #[test]
    fn what_is_refused_says_what_to_type() {
        let said = refused(&report(ImportOutcome::Refused, vec![(ImportCount::ConventionsFalling, 3676)]));
        assert!(said.contains("--confirm-deactivations 3676 --as ADRESSE"), "{said}");
    }
}
