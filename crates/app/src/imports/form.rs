//! A file read by its form alone, without a database: what it names is not looked for, nothing is written. What holds of
//! every reader of files, whatever they hold, is proved on it (`docs/testing.md`, « Fuzz »).

use std::collections::HashMap;
use std::io::Read;

use super::record::{Line, Record, Rows};
use super::table::Table;
use super::{FileKind, ImportError, Reason, Rejection, Report};
use super::{annexes, communes, conventions, institutions, prescribers, rome, zrr};
use crate::reference::queries::Borders;

/// The rows of a file and those whose form is refused. No annex is accepted: each names a convention.
pub fn check(kind: FileKind, source: impl Read) -> Result<Report, ImportError> {
    let rows = Rows::open(source)?;
    match kind {
        FileKind::Communes => each::<communes::Communes, _, _>(rows, communes::commune),
        FileKind::Rome if rows.has("rome_code") => each::<rome::Appellations, _, _>(rows, rome::appellation),
        FileKind::Rome => each::<rome::Codes, _, _>(rows, rome::code),
        FileKind::Prescribers => each::<prescribers::Prescribers, _, _>(rows, prescribers::prescriber),
        FileKind::Institutions => each::<institutions::Institutions, _, _>(rows, |record| {
            institutions::institution(record, &Borders::default())
        }),
        FileKind::Conventions => each::<conventions::Conventions, _, _>(rows, conventions::convention),
        FileKind::Annexes => {
            each::<annexes::Annexes, _, _>(rows, |record| annexes::annex(record, &HashMap::new()))
        }
        FileKind::Zrr => each::<zrr::Zones, _, _>(rows, zrr::zone),
    }
}

fn each<T: Table, R: Read, Row>(
    mut rows: Rows<R>,
    form: impl Fn(&Record<'_>) -> Result<Row, Reason>,
) -> Result<Report, ImportError> {
    rows.expect(T::COLUMNS)?;
    let mut report = Report::default();
    while let Some(Line { number: line, record }) = rows.next()? {
        report.read += 1;
        if let Err(reason) = record.and_then(|record| form(&record)) {
            report.rejected.push(Rejection { line, reason });
        }
    }
    Ok(report)
}
