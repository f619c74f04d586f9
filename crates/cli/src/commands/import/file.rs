//! One file that is imported by itself.

use std::error::Error as AnyError;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use iae_app::imports::{FileKind, ImportError, NamedFile, Report, import_file};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Member;

/// How long a command may stay silent.
const SILENCE: Duration = Duration::from_secs(2);

/// A file, and whether it is a trial.
#[derive(Debug, Args)]
pub(super) struct OneFile {
    /// A CSV file in UTF-8.
    #[arg(value_name = "FICHIER", help = "Fichier CSV en UTF-8")]
    file: PathBuf,
    /// Says what would happen and writes nothing.
    #[arg(long, help = "Dit ce qui serait fait et n’écrit rien")]
    dry_run: bool,
    #[command(flatten)]
    member: Member,
}

impl OneFile {
    pub(super) async fn run(self, kind: FileKind) -> Result<(), Box<dyn AnyError>> {
        let report = self.import(kind).await?;
        // The import is done: a reader that closed its end early (`| head`) is no failure of it.
        write(&mut io::stdout().lock(), &report, self.dry_run).ok();
        Ok(())
    }

    async fn import(&self, kind: FileKind) -> Result<Report, Box<dyn AnyError>> {
        let NamedFile { name, source } = open(&self.file)?;
        let (app, ctx) = self.member.sign_in().await?;
        let length = source.metadata().map(|metadata| metadata.len()).unwrap_or_default();
        let bar =
            ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden()).with_style(style());
        let started = Instant::now();
        let progress = |read| {
            if bar.is_hidden() && started.elapsed() > SILENCE {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.set_message(format!("{read} lignes lues"));
        };
        let file = NamedFile { name, source: bar.wrap_read(source) };
        let report = import_file(&app, &ctx, kind, file, self.dry_run, progress).await;
        bar.finish_and_clear();
        Ok(report?)
    }
}

/// Opens a file under its name, without its folder.
pub(super) fn open(path: &Path) -> Result<NamedFile<File>, ImportError> {
    let source = File::open(path).map_err(csv::Error::from)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(NamedFile { name, source })
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
