//! A file read by its form alone, without a database: what it names is not looked for, nothing is written. What holds of
//! every reader of files, whatever they hold, is proved on it (`docs/testing.md`, « Fuzz »).

use std::io::Read;

use super::record::{Line, Record, Rows};
use super::table::Table as _;
use super::{FileKind, ImportError, Reason, Rejection, Report};
use super::{communes, institutions, prescribers, rome, structures, zrr};
use crate::reference::queries::Borders;

/// The rows of a file and those whose form is refused.
pub fn check(kind: FileKind, source: impl Read) -> Result<Report, ImportError> {
    let rows = Rows::open(source)?;
    match kind {
        FileKind::Communes => each(rows, communes::Communes::COLUMNS, communes::commune),
        FileKind::Rome if rows.has("rome_code") => each(rows, rome::Appellations::COLUMNS, rome::appellation),
        FileKind::Rome => each(rows, rome::Codes::COLUMNS, rome::code),
        FileKind::Prescribers => each(rows, prescribers::Prescribers::COLUMNS, prescribers::prescriber),
        FileKind::Institutions => each(rows, institutions::Institutions::COLUMNS, |record| {
            institutions::institution(record, &Borders::default())
        }),
        FileKind::Structures => each(rows, structures::STRUCTURE_COLUMNS, structures::structure),
        FileKind::Conventions => each(rows, structures::CONVENTION_COLUMNS, structures::convention),
        FileKind::Annexes => each(rows, structures::ANNEX_COLUMNS, structures::annex),
        FileKind::Zrr => each(rows, zrr::Zones::COLUMNS, zrr::zone),
    }
}

fn each<R: Read, Row>(
    mut rows: Rows<R>,
    columns: &[&'static str],
    form: impl Fn(&Record<'_>) -> Result<Row, Reason>,
) -> Result<Report, ImportError> {
    rows.expect(columns)?;
    let mut report = Report::default();
    while let Some(Line { number: line, record }) = rows.next()? {
        report.read += 1;
        if let Err(reason) = record.and_then(|record| form(&record)) {
            report.rejected.push(Rejection { line, reason });
        }
    }
    Ok(report)
}
