//! Official files brought in by an operator: `iae import … FILE`.
//!
//! Whatever the kind, a file is read row by row, each row is accepted or rejected with its line and a reason, and
//! everything accepted is written in one transaction. Importing the same file again changes nothing.

mod address;
mod annexes;
mod communes;
mod conventions;
mod form;
mod institutions;
mod lines;
mod prescribers;
mod reason;
mod record;
mod report;
mod rome;
mod store;
mod table;
mod zrr;

use std::io::Read;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

pub use form::check;
pub use reason::Reason;
pub use report::{Changes, Rejection, Report};

use record::Rows;
use report::Written;

use crate::Db;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Communes, with post codes, population and position.
    Communes,
    /// ROME codes, or ROME appellations when the file has a column `rome_code`.
    Rome,
    /// Prescriber organisations.
    Prescribers,
    /// State institutions.
    Institutions,
    /// Conventions of SIAE.
    Conventions,
    /// Financial annexes of conventions.
    Annexes,
    /// Communes in a zone de revitalisation rurale.
    Zrr,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is not a readable CSV.
    #[error("le fichier est illisible")]
    Unreadable(#[from] csv::Error),
    /// A column the kind of file needs is not there.
    #[error("la colonne « {0} » manque")]
    MissingColumn(&'static str),
    /// The database refused.
    #[error("la base de données n'a pas répondu comme prévu")]
    Database(#[from] sqlx::Error),
    /// The audit trail could not be written.
    #[error("la trace de l'import n'a pas pu être écrite")]
    Trace(#[from] crate::Error),
}

/// Imports a file, or says what importing it would do when `dry_run`. `progress` is told the number of rows read.
pub async fn import(
    db: &Db,
    kind: FileKind,
    source: impl Read,
    now: DateTime<Utc>,
    dry_run: bool,
    progress: impl FnMut(u64),
) -> Result<Report, ImportError> {
    let mut tx = db.begin().await?;
    let report = import_in(&mut tx, kind, source, now, progress).await?;
    if dry_run {
        tx.rollback().await?;
    } else {
        tx.commit().await?;
    }
    Ok(report)
}

/// Imports a file inside the caller's transaction.
pub(crate) async fn import_in(
    tx: &mut PgConnection,
    kind: FileKind,
    source: impl Read,
    now: DateTime<Utc>,
    progress: impl FnMut(u64),
) -> Result<Report, ImportError> {
    let rows = Rows::open(source)?;
    store::take_turn(tx).await?;
    match kind {
        FileKind::Communes => table::import::<communes::Communes, _>(tx, rows, now, progress).await,
        FileKind::Rome if rows.has("rome_code") => {
            table::import::<rome::Appellations, _>(tx, rows, now, progress).await
        }
        FileKind::Rome => table::import::<rome::Codes, _>(tx, rows, now, progress).await,
        FileKind::Prescribers => table::import::<prescribers::Prescribers, _>(tx, rows, now, progress).await,
        FileKind::Institutions => {
            table::import::<institutions::Institutions, _>(tx, rows, now, progress).await
        }
        FileKind::Conventions => table::import::<conventions::Conventions, _>(tx, rows, now, progress).await,
        FileKind::Annexes => table::import::<annexes::Annexes, _>(tx, rows, now, progress).await,
        FileKind::Zrr => table::import::<zrr::Zones, _>(tx, rows, now, progress).await,
    }
}

#[cfg(test)]
mod tests;
