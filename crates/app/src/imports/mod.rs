//! Official files brought in by an operator: `iae import … FILE`.
//!
//! Whatever the kind, a file is read row by row, each row is accepted or rejected with its line and a reason, and
//! everything accepted is written in one transaction. Importing the same file again changes nothing. What came of each
//! import is kept, and read by the team. Structures, conventions and annexes are three files of one flow ([`structures`]).

mod address;
mod communes;
mod form;
mod institutions;
mod kept;
mod lines;
mod prescribers;
pub mod queries;
mod reason;
mod record;
mod report;
mod rome;
mod store;
pub mod structures;
mod table;
mod zrr;

use std::io::Read;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

pub use form::check;
pub use kept::{KeptRemark, NamedFile, import_file};
pub use reason::Reason;
pub use report::{Changes, Rejection, Report};

use record::Rows;
use report::Written;

use crate::Db;
use crate::audit::Stamp;

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
    /// Structures, in the flow of the paying agency.
    Structures,
    /// Conventions of SIAE, in the same flow.
    Conventions,
    /// Financial annexes of conventions, in the same flow.
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
    /// Nothing of a file of the flow can be kept: it is cut short, or not what it is said to be.
    #[error("aucune ligne de « {0} » n'est exploitable : rien n'est importé")]
    Empty(String),
    /// The files of the flow are compared with each other.
    #[error("ce fichier s'importe avec les deux autres du flux : iae import structures")]
    Together,
    /// Annexes are judged on a day that has not come.
    #[error("les annexes ne se jugent pas à un jour à venir : --as-of va jusqu'à aujourd'hui")]
    Future,
    /// Only who holds every right of the team confirms deactivations.
    #[error(
        "seul un membre de l'équipe qui a tous les droits confirme des désactivations : nommez-le avec --as"
    )]
    NotAllowed,
    /// The database refused.
    #[error("la base de données n'a pas répondu comme prévu")]
    Database(#[from] sqlx::Error),
    /// What was decided could not be written, its trace included.
    #[error("l'import n'a pas pu être écrit")]
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
    let report = import_in(&mut tx, kind, source, &Stamp::system(now), progress).await?;
    if dry_run {
        tx.rollback().await?;
    } else {
        tx.commit().await?;
    }
    Ok(report)
}

/// Imports a file inside the caller's transaction; what it changes bears this stamp.
pub(crate) async fn import_in(
    tx: &mut PgConnection,
    kind: FileKind,
    source: impl Read,
    stamp: &Stamp,
    progress: impl FnMut(u64),
) -> Result<Report, ImportError> {
    let rows = Rows::open(source)?;
    store::take_turn(tx).await?;
    match kind {
        FileKind::Communes => table::import::<communes::Communes, _>(tx, rows, stamp, progress).await,
        FileKind::Rome if rows.has("rome_code") => {
            table::import::<rome::Appellations, _>(tx, rows, stamp, progress).await
        }
        FileKind::Rome => table::import::<rome::Codes, _>(tx, rows, stamp, progress).await,
        FileKind::Prescribers => {
            table::import::<prescribers::Prescribers, _>(tx, rows, stamp, progress).await
        }
        FileKind::Institutions => {
            table::import::<institutions::Institutions, _>(tx, rows, stamp, progress).await
        }
        FileKind::Structures | FileKind::Conventions | FileKind::Annexes => Err(ImportError::Together),
        FileKind::Zrr => table::import::<zrr::Zones, _>(tx, rows, stamp, progress).await,
    }
}

#[cfg(test)]
mod tests;
