//! `iae import KIND FILE`: brings in an official file.

use std::error::Error;
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use iae_app::db::{Purpose, Role};
use iae_app::imports::{FileKind, ImportError, Report, import};
use iae_app::{Clock, Db};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::config::DatabaseConfig;

/// How long a command may stay silent.
const SILENCE: Duration = Duration::from_secs(2);

/// Brings in an official file: says how many rows are new, changed or already there, and names each rejected row.
#[derive(Debug, Args)]
#[command(about = "Importe un fichier officiel et rend compte de chaque ligne rejetée")]
pub struct Import {
    /// What the file holds.
    #[arg(help = "Ce que contient le fichier")]
    kind: Kind,
    /// A CSV file in UTF-8.
    #[arg(help = "Fichier CSV en UTF-8")]
    file: PathBuf,
    /// Says what would happen and writes nothing.
    #[arg(long, help = "Dit ce qui serait fait et n’écrit rien")]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// Communes.
    #[value(help = "communes, codes postaux, positions")]
    Communes,
    /// ROME codes or appellations.
    #[value(help = "codes ou appellations du ROME")]
    Rome,
    /// Prescriber organisations.
    #[value(help = "organisations prescriptrices")]
    Prescribers,
    /// State institutions.
    #[value(help = "institutions (DDETS, DREETS…)")]
    Institutions,
    /// Conventions of SIAE.
    #[value(help = "conventions des SIAE")]
    Conventions,
    /// Financial annexes.
    #[value(help = "annexes financières des conventions")]
    Annexes,
    /// Zones de revitalisation rurale.
    #[value(help = "zones de revitalisation rurale")]
    Zrr,
}

impl From<Kind> for FileKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Communes => Self::Communes,
            Kind::Rome => Self::Rome,
            Kind::Prescribers => Self::Prescribers,
            Kind::Institutions => Self::Institutions,
            Kind::Conventions => Self::Conventions,
            Kind::Annexes => Self::Annexes,
            Kind::Zrr => Self::Zrr,
        }
    }
}

impl Import {
    /// Runs the import and prints its report. Rejected rows are not a failure: only a file that cannot be read is.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = DatabaseConfig::from_env()?.connect(Role::Platform, Purpose::Commands);
        let report = self.import(&db).await?;
        // The import is done: a reader that closed its end early (`| head`) is no failure of it.
        write(&mut io::stdout().lock(), &report, self.dry_run).ok();
        Ok(())
    }

    async fn import(&self, db: &Db) -> Result<Report, ImportError> {
        let file = File::open(&self.file).map_err(csv::Error::from)?;
        let length = file.metadata().map(|metadata| metadata.len()).unwrap_or_default();
        let bar =
            ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden()).with_style(style());
        let started = Instant::now();
        let progress = |read| {
            if bar.is_hidden() && started.elapsed() > SILENCE {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.set_message(format!("{read} lignes lues"));
        };
        let now = Clock::System.now();
        let report = import(db, self.kind.into(), bar.wrap_read(file), now, self.dry_run, progress).await;
        bar.finish_and_clear();
        report
    }
}

fn style() -> ProgressStyle {
    // The template is ours and valid; the default bar would do otherwise.
    ProgressStyle::with_template("{bar:40} {percent} % {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Writes the report: one line of figures, then one line for each rejected row.
fn write(out: &mut impl Write, report: &Report, dry_run: bool) -> io::Result<()> {
    let changes = report.changes;
    writeln!(
        out,
        "{}{} lignes lues : {} ajoutées, {} modifiées, {} inchangées, {} rejetées.",
        if dry_run { "Essai, rien n’est écrit. " } else { "" },
        report.read,
        changes.inserted,
        changes.updated,
        changes.unchanged,
        report.rejected.len(),
    )?;
    report
        .rejected
        .iter()
        .try_for_each(|rejection| writeln!(out, "ligne {} : {}", rejection.line, rejection.reason))
}

#[cfg(test)]
mod tests {
    use iae_app::imports::{Changes, Reason, Rejection};

    use super::*;

    #[test]
    fn the_report_names_each_rejected_row() {
        let report = Report {
            read: 4,
            changes: Changes { inserted: 1, updated: 0, unchanged: 2 },
            rejected: vec![Rejection { line: 3, reason: Reason::Missing("siret") }],
        };
        let mut out = Vec::new();
        write(&mut out, &report, true).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "Essai, rien n’est écrit. 4 lignes lues : 1 ajoutées, 0 modifiées, 2 inchangées, 1 rejetées.\n\
             ligne 3 : « siret » est vide\n"
        );
    }
}
