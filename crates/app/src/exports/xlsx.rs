//! A sheet: real dates, filters on its header, texts that are never formulas. Its rows go to a file of the machine as
//! they come, and the sheet is sent from there: memory does not follow their number.

use std::fs::File;
use std::io::{Seek as _, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use iae_domain::time::paris_time;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use tokio_util::io::ReaderStream;

use super::lines::{Read, Rows, cut_short};
use crate::error::{Error, Result};
use crate::list::Cell;

/// Width of a column, in characters.
const WIDTH: f64 = 24.0;
/// Pieces the file is sent in.
const PIECE: usize = 64 * 1024;

/// The file, piece by piece, once it is whole.
pub(super) async fn write(
    title: &'static str,
    header: Vec<&'static str>,
    rows: Rows,
) -> Result<BoxStream<'static, std::io::Result<Bytes>>> {
    let file = tokio::fs::File::from_std(make(title, header, rows, Arc::default()).await?);
    Ok(ReaderStream::with_capacity(file, PIECE).boxed())
}

/// Writes the sheet in a file that goes with its last reader, and in `written` how many rows it has so far.
pub(super) async fn make(
    title: &'static str,
    header: Vec<&'static str>,
    rows: Rows,
    written: Arc<AtomicU32>,
) -> Result<File> {
    let made = tokio::task::spawn_blocking(move || sheet(title, &header, rows, &written)).await;
    made.map_err(|error| Error::internal("sheet", error))?
}

fn sheet(title: &str, header: &[&str], mut rows: Rows, written: &AtomicU32) -> Result<File> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().map_err(failed)?;
    begin(sheet, title, header).map_err(failed)?;
    let (day, instant) =
        (Format::new().set_num_format("dd/mm/yyyy"), Format::new().set_num_format("dd/mm/yyyy hh:mm"));
    let mut row = 0;
    while let Read::Line(line) = rows.blocking_recv().ok_or_else(cut_short)?? {
        row += 1;
        for (column, cell) in (0..).zip(line) {
            put(sheet, row, column, &cell, &day, &instant).map_err(failed)?;
        }
        written.store(row, Ordering::Relaxed);
    }
    let last = u16::try_from(header.len()).unwrap_or(u16::MAX).saturating_sub(1);
    sheet.autofilter(0, 0, row, last).map_err(failed)?;
    let mut file = tempfile::tempfile().map_err(failed)?;
    book.save_to_writer(&mut file).map_err(failed)?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    Ok(file)
}

/// Most characters the name of a sheet may have.
const NAME_MAX: usize = 31;

/// A list has a longer name, at times, than its sheet may have.
fn sheet_name(title: &str) -> String {
    if title.chars().count() <= NAME_MAX {
        return title.to_owned();
    }
    title.chars().take(NAME_MAX - 1).chain(['…']).collect()
}

fn begin(sheet: &mut Worksheet, title: &str, header: &[&str]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name(sheet_name(title))?.set_freeze_panes(1, 0)?;
    for (column, label) in (0..).zip(header) {
        sheet.set_column_width(column, WIDTH)?.write_string_with_format(0, column, *label, &bold)?;
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    day: &Format,
    instant: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(_) | Cell::Grouped(..) | Cell::Several(_) => {
            sheet.write_string(row, column, cell.plain())?
        }
        Cell::Number(number) | Cell::Counted(number, _) =>
        {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a sheet has no other numbers; counts are far below 2^53"
            )]
            sheet.write_number(row, column, *number as f64)?
        }
        Cell::Day(date) => sheet.write_date_with_format(row, column, date, day)?,
        Cell::At(at) => sheet.write_datetime_with_format(row, column, paris_time(*at), instant)?,
        Cell::Nothing(_) => sheet,
    };
    Ok(())
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("sheet", error)
}

#[cfg(test)]
mod tests {
    use iae_domain::exports::ListKind;

    use super::*;

    #[test]
    fn every_list_makes_a_sheet() {
        for list in ListKind::ALL {
            let mut book = Workbook::new();
            begin(book.add_worksheet(), list.label(), &["Colonne"]).unwrap();
        }
        assert_eq!(sheet_name("Candidatures"), "Candidatures");
        assert_eq!(sheet_name("Auto-prescriptions par structure"), "Auto-prescriptions par structu…");
    }
}
