//! One file of the flow: its rows, those that are rejected, those of prisons.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::io::Read;

use iae_domain::imports::ImportedFile;
use iae_domain::organisations::sync::ConventionKey;
use iae_domain::organisations::{AnnexNumber, CompanyKind};

use super::super::kept::KeptRemark;
use super::super::record::{Line, Record, Rows};
use super::super::{ImportError, Reason, Rejection};

/// Units in prisons: « RQ », and what a measure of the paying agency bears when it is for them (CMP-12; rule book 06).
const PRISON_KIND: &str = "RQ";
const PRISON_SUFFIX: &str = "_MP";

/// What was read of a file.
pub(super) struct Parsed<T> {
    pub(super) file: ImportedFile,
    pub(super) rows: Vec<(u64, T)>,
    pub(super) rejected: Vec<Rejection>,
    /// Numbers of the annexes whose row was rejected.
    pub(super) unread: HashSet<String>,
    /// Some row could not be read at all, or an annex of an SIAE bears a number that names none.
    pub(super) has_unreadable: bool,
    /// Rows of prisons.
    pub(super) prison: u64,
}

impl<T> Parsed<T> {
    /// Reads a file: each row by itself, then against those before it.
    pub(super) fn read<K: Eq + Hash>(
        source: impl Read,
        columns: &[&'static str],
        row: impl Fn(&Record<'_>) -> Result<T, Reason>,
        key: impl Fn(&T) -> K,
    ) -> Result<Self, ImportError> {
        let mut rows = Rows::open(source)?;
        rows.expect(columns)?;
        let mut parsed = Self {
            file: ImportedFile { name: String::new(), sha256: String::new(), rows: 0 },
            rows: Vec::new(),
            rejected: Vec::new(),
            unread: HashSet::new(),
            has_unreadable: false,
            prison: 0,
        };
        let mut first_lines = HashMap::new();
        while let Some(Line { number: line, record }) = rows.next()? {
            parsed.file.rows += 1;
            let record = match record {
                Ok(record) => record,
                Err(reason) => {
                    parsed.has_unreadable = true;
                    parsed.rejected.push(Rejection { line, reason });
                    continue;
                }
            };
            if is_of_prison(record.get("kind")) {
                parsed.prison += 1;
                continue;
            }
            let read = row(&record).and_then(|row| match first_lines.entry(key(&row)) {
                Entry::Vacant(free) => {
                    free.insert(line);
                    Ok(row)
                }
                Entry::Occupied(first) => Err(Reason::Duplicate { line: *first.get() }),
            });
            match read {
                Ok(row) => parsed.rows.push((line, row)),
                Err(reason) => {
                    let number = record.get("number");
                    if CompanyKind::SIAE.iter().any(|kind| AnnexNumber::parse(number, *kind).is_ok()) {
                        parsed.unread.insert(number.to_owned());
                    } else if siae_kind(&record).is_ok() {
                        parsed.has_unreadable = true;
                    }
                    parsed.rejected.push(Rejection { line, reason });
                }
            }
        }
        Ok(parsed)
    }

    /// What is told of its rejected rows.
    pub(super) fn remarks(&self) -> Vec<KeptRemark> {
        let remark = |rejection: &Rejection| KeptRemark {
            file: self.file.name.clone(),
            line: Some(rejection.line),
            says: rejection.reason.to_string(),
        };
        self.rejected.iter().map(remark).collect()
    }
}

fn is_of_prison(kind: &str) -> bool {
    kind == PRISON_KIND || kind.ends_with(PRISON_SUFFIX)
}

/// What names the structure of a row.
pub(super) fn key(record: &Record<'_>) -> Result<ConventionKey, Reason> {
    Ok(ConventionKey { asp_id: asp_id(record)?, kind: siae_kind(record)? })
}

/// Number of the structure at the paying agency.
fn asp_id(record: &Record<'_>) -> Result<i32, Reason> {
    record.required("asp_id")?;
    let number = record.parsed("asp_id", "un nombre est attendu")?;
    number
        .filter(|n| *n > 0)
        .ok_or_else(|| Reason::invalid("asp_id", record.get("asp_id"), "un nombre est attendu"))
}

/// One of the five kinds of SIAE: no other has a convention.
fn siae_kind(record: &Record<'_>) -> Result<CompanyKind, Reason> {
    let kind = record.required("kind")?;
    CompanyKind::parse(kind)
        .filter(|kind| kind.is_siae())
        .ok_or_else(|| Reason::invalid("kind", kind, "ACI, AI, EI, EITI ou ETTI attendu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prisons_are_left_and_rejected_rows_are_remembered() {
        let (first, second) = ("ACI051170013A0M1", "EI051170014A0M0");
        let file = format!(
            "asp_id,kind,number\n1,ACI,A\n2,RQ,B\n3,EI_MP,C\nx,ACI,{first}\n1,ACI,D\n4,FDI,FDI05\n5,ACI,E\n\
             6,aci,{second}\n"
        );
        let read = |file: &str| {
            Parsed::read(file.as_bytes(), &["asp_id", "kind"], key, |key: &ConventionKey| *key).unwrap()
        };
        let parsed = read(&file.replace("1,ACI,D\n", "7,FDI,\n"));
        assert_eq!((parsed.file.rows, parsed.rows.len(), parsed.prison), (8, 2, 2));
        let lines: Vec<u64> = parsed.rejected.iter().map(|rejection| rejection.line).collect();
        assert_eq!(lines, [5, 6, 7, 9]);
        assert_eq!(parsed.unread, HashSet::from([first.to_owned(), second.to_owned()]));
        assert!(!parsed.has_unreadable, "a measure that is no SIAE has no annex here");
        assert!(read(&file).has_unreadable, "nobody knows which annex « D » is");
        assert!(read("asp_id,kind,number\n1,ACI\n").has_unreadable);
    }
}
