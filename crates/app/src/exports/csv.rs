//! Values separated by semicolons, as a French spreadsheet opens them: UTF-8 said by its mark, sent as they are read.

use bytes::Bytes;
use csv::{Terminator, WriterBuilder};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use super::lines::{Read, Rows, cut_short};
use crate::list::Cell;

/// Lines of one piece of the answer.
const LINES: usize = 256;
/// Tells a spreadsheet that the text is UTF-8.
const MARK: &str = "\u{feff}";

/// The file, piece by piece.
pub(super) fn write(header: Vec<&'static str>, rows: Rows) -> BoxStream<'static, std::io::Result<Bytes>> {
    let head =
        encode(&[header.into_iter().map(Cell::text).collect()]).map(|head| [MARK.as_bytes(), &head].concat());
    let first = stream::iter([head.map(Bytes::from)]);
    let rest = stream::unfold(Some(rows), async |rows| {
        let mut rows = rows?;
        let mut read = Vec::with_capacity(LINES);
        if rows.recv_many(&mut read, LINES).await == 0 {
            return Some((Err(failed(cut_short())), None));
        }
        let mut lines = Vec::with_capacity(read.len());
        let mut next = Some(rows);
        for one in read {
            match one {
                Ok(Read::Line(line)) => lines.push(line),
                Ok(Read::All) => next = None,
                Err(error) => return Some((Err(failed(error)), None)),
            }
        }
        Some((encode(&lines).map(Bytes::from), next))
    });
    first.chain(rest).boxed()
}

/// The reader gets a broken download rather than a short file.
fn failed(error: crate::Error) -> std::io::Error {
    tracing::error!(error = %error, "an export stopped");
    std::io::Error::other(error)
}

/// Lines as they stand in the file.
pub fn encode(lines: &[Vec<Cell>]) -> std::io::Result<Vec<u8>> {
    let mut writer =
        WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(Vec::new());
    for line in lines {
        writer.write_record(line.iter().map(value))?;
    }
    writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))
}

/// What begins a formula, or what spreadsheets pass over before one; those of full width are read as the others where a
/// keyboard has both (OWASP, « CSV injection »; ASVS 1.2.10).
const BEGIN_FORMULAS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// A cell. What a person typed never becomes a formula of whoever opens the file.
fn value(cell: &Cell) -> String {
    let text = cell.plain();
    let typed = matches!(cell, Cell::Text(_) | Cell::Several(_));
    if typed && text.starts_with(BEGIN_FORMULAS) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_no_formula_and_stays_in_its_cell() {
        let typed = [
            "=1+1",
            "+33 6",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "＝1",
            "Anne; Lou",
            "dit «\u{a0}\"oui\"\u{a0}»",
        ];
        let cells = typed.map(Cell::text).into_iter().chain([Cell::Number(-2), Cell::Nothing("Aucun")]);
        let line = String::from_utf8(encode(&[cells.collect()]).unwrap()).unwrap();
        assert_eq!(
            line,
            "'=1+1;'+33 6;'-2;'@SUM(A1);'\t=1;\"'\r=1\";'＝1;\"Anne; Lou\";\"dit «\u{a0}\"\"oui\"\"\u{a0}»\";-2;\r\n"
        );
    }
}
