//! Files of values: those operators import, those we write.

use std::io::Read;

use csv::ReaderBuilder;
use iae_app::exports::encode;
use iae_app::imports::{FileKind, Reason, check};
use iae_app::list::Cell;

use crate::{choice, text};

/// Every kind of file that is imported.
const KINDS: [FileKind; 7] = [
    FileKind::Communes,
    FileKind::Rome,
    FileKind::Prescribers,
    FileKind::Institutions,
    FileKind::Conventions,
    FileKind::Annexes,
    FileKind::Zrr,
];

/// What begins a formula, or is passed over before one (ASVS 1.2.10).
const BEGIN_FORMULAS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// The first byte chooses the kind of file, or the writer.
pub fn csv(bytes: &[u8]) {
    let (choice, rest) = choice(bytes);
    match KINDS.get(choice % (KINDS.len() + 1)) {
        Some(kind) => reads(*kind, rest),
        None => writes(&text(rest)),
    }
}

/// Each row is accepted or rejected, in the order of lines, however the file arrives.
fn reads(kind: FileKind, file: &[u8]) {
    let report = check(kind, file);
    let cut = check(kind, ByteByByte(file));
    let (Ok(report), Ok(cut)) = (&report, &cut) else {
        let said = |read: Result<_, _>| {
            read.map(|_| ()).map_err(|error: iae_app::imports::ImportError| error.to_string())
        };
        assert_eq!(said(report), said(cut));
        return;
    };
    assert_eq!(report, cut);
    let lines = file.iter().filter(|byte| b"\r\n".contains(byte)).count() as u64 + 1;
    assert!(report.rejected.len() as u64 <= report.read && report.read < lines.max(1) + 1);
    assert!(report.rejected.is_sorted_by(|one, next| one.line < next.line));
    for rejection in &report.rejected {
        assert!((2..=lines).contains(&rejection.line), "{rejection:?}");
        if let Reason::Invalid { value, .. } | Reason::Unknown { value, .. } = &rejection.reason {
            assert!(value.chars().count() <= 60, "a report is read on a screen: {value}");
        }
    }
}

/// A file that arrives a byte at a time.
struct ByteByByte<'a>(&'a [u8]);

impl Read for ByteByByte<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(1);
        self.0.read(&mut buffer[..most])
    }
}

/// What is written is read back, and none of it is a formula. Lines are parted here by `\x1e`, cells by `\x1f`.
fn writes(text: &str) {
    let rows: Vec<Vec<&str>> = text.split('\x1e').map(|line| line.split('\x1f').collect()).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let header = vec![Cell::text("Colonne"); width];
    let rows =
        rows.iter().map(|row| (0..width).map(|i| cell(row.get(i).copied().unwrap_or_default())).collect());
    let lines: Vec<Vec<Cell>> = [header].into_iter().chain(rows).collect();
    let file = encode(&lines).expect("lines of one width");
    let mut reader = ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(file.as_slice());
    let read: Vec<Vec<String>> =
        reader.records().map(|line| line.unwrap().iter().map(ToOwned::to_owned).collect()).collect();
    assert_eq!(read.len(), lines.len(), "{lines:?}");
    for (cell, read) in lines.iter().flatten().zip(read.iter().flatten()) {
        let plain = cell.plain();
        assert!(*read == plain || *read == format!("'{plain}"), "{cell:?} is read as {read:?}");
        let is_number = matches!(cell, Cell::Number(_) | Cell::Day(_) | Cell::At(_));
        assert!(is_number || !read.starts_with(BEGIN_FORMULAS), "{read:?}");
    }
}

/// Numbers and lists now and then, else what was typed.
fn cell(text: &str) -> Cell {
    match (text.parse(), text.split_once('|')) {
        (Ok(number), _) => Cell::Number(number),
        (Err(_), Some((one, other))) => Cell::Several(vec![one.to_owned(), other.to_owned()]),
        (Err(_), None) => Cell::text(text),
    }
}
