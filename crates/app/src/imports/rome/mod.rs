//! The ROME nomenclature: codes (`code`, `label`) and appellations (`code`, `rome_code`, `label`).

mod store;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::record::Record;
use super::table::Table;
use super::{Reason, Written};

/// A code of the nomenclature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) code: String,
    pub(super) label: String,
}

/// A job, under one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Appellation {
    pub(super) code: String,
    pub(super) rome_code: String,
    pub(super) label: String,
}

/// Domains a code may begin with.
pub(super) struct Codes {
    domains: HashSet<String>,
}

impl Table for Codes {
    type Row = Code;
    type Key = String;
    const COLUMNS: &'static [&'static str] = &["code", "label"];

    async fn open(tx: &mut PgConnection, _now: DateTime<Utc>) -> Result<Self, sqlx::Error> {
        Ok(Self { domains: store::domains(tx).await?.into_iter().collect() })
    }

    fn parse(&mut self, record: &Record<'_>) -> Result<Code, Reason> {
        let row = code(record)?;
        if self.domains.contains(&row.code[..1]) { Ok(row) } else { Err(Reason::unknown("code", &row.code)) }
    }

    fn key(row: &Code) -> String {
        row.code.clone()
    }

    async fn save(
        &mut self,
        tx: &mut PgConnection,
        rows: &[Code],
        _now: DateTime<Utc>,
    ) -> Result<Written, sqlx::Error> {
        Ok(store::save_codes(tx, rows).await?.into())
    }
}

/// Codes an appellation may belong to.
pub(super) struct Appellations {
    codes: HashSet<String>,
}

impl Table for Appellations {
    type Row = Appellation;
    type Key = String;
    const COLUMNS: &'static [&'static str] = &["code", "rome_code", "label"];

    async fn open(tx: &mut PgConnection, _now: DateTime<Utc>) -> Result<Self, sqlx::Error> {
        Ok(Self { codes: store::codes(tx).await?.into_iter().collect() })
    }

    fn parse(&mut self, record: &Record<'_>) -> Result<Appellation, Reason> {
        let row = appellation(record)?;
        if self.codes.contains(&row.rome_code) {
            Ok(row)
        } else {
            Err(Reason::unknown("rome_code", &row.rome_code))
        }
    }

    fn key(row: &Appellation) -> String {
        row.code.clone()
    }

    async fn save(
        &mut self,
        tx: &mut PgConnection,
        rows: &[Appellation],
        _now: DateTime<Utc>,
    ) -> Result<Written, sqlx::Error> {
        Ok(store::save_appellations(tx, rows).await?.into())
    }
}

pub(super) fn code(record: &Record<'_>) -> Result<Code, Reason> {
    Ok(Code { code: rome_code(record, "code")?, label: record.required("label")?.to_owned() })
}

pub(super) fn appellation(record: &Record<'_>) -> Result<Appellation, Reason> {
    let code = record.required("code")?;
    if code.len() > 10 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Reason::invalid("code", code, "un nombre est attendu"));
    }
    Ok(Appellation {
        code: code.to_owned(),
        rome_code: rome_code(record, "rome_code")?,
        label: record.required("label")?.to_owned(),
    })
}

/// A capital letter and 4 digits.
fn rome_code(record: &Record<'_>, column: &'static str) -> Result<String, Reason> {
    let code = record.required(column)?;
    let well_formed = matches!(code.as_bytes(), [b'A'..=b'Z', digits @ ..] if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit));
    if well_formed {
        Ok(code.to_owned())
    } else {
        Err(Reason::invalid(column, code, "une lettre et 4 chiffres attendus"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::record::parse_line;

    #[test]
    fn an_appellation_is_read_or_refused() {
        let read = |line| parse_line("code,rome_code,label", line, appellation);
        let row = read("16067,A1203,\"Jardinier / Jardinière\"").unwrap();
        assert_eq!((row.rome_code.as_str(), row.label.as_str()), ("A1203", "Jardinier / Jardinière"));
        for wrong in [
            ",A1203,Jardinier",
            "16067,A12,Jardinier",
            "16067,a1203,Jardinier",
            "1é,A1203,Jardinier",
            "16067,A1203,",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_code_is_read_or_refused() {
        let read = |line| parse_line("code,label", line, code);
        assert_eq!(read("A1203,Espaces verts").map(|row| row.code), Ok("A1203".into()));
        assert_eq!(read("ÉA120,Espaces verts").map(|row| row.code).ok(), None);
    }
}
