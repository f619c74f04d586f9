//! Conventions of SIAE: `asp_id`, `kind`, `siret` (of the signature), `is_active` (CMP-8, CMP-10, CMP-11).

pub(super) mod store;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::organisations::{CompanyKind, Siret, is_protected, may_deactivate};
use iae_domain::time::paris_date;
use sqlx::PgConnection;

use super::record::Record;
use super::table::Table;
use super::{Reason, Rejection, Written};

/// What names a convention (CMP-8).
pub(super) type Key = (i32, CompanyKind);

/// A convention, as the paying agency knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Convention {
    pub(super) asp_id: i32,
    pub(super) kind: CompanyKind,
    pub(super) siret_signature: Siret,
    pub(super) is_active: bool,
}

/// What the platform knows of a convention before the import.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) is_active: bool,
    pub(super) reactivated_at: Option<DateTime<Utc>>,
}

/// Conventions before the import.
pub(super) struct Conventions {
    known: HashMap<Key, Known>,
}

impl Table for Conventions {
    type Row = Convention;
    type Key = Key;
    const COLUMNS: &'static [&'static str] = &["asp_id", "kind", "siret", "is_active"];

    async fn open(tx: &mut PgConnection, _now: DateTime<Utc>) -> Result<Self, sqlx::Error> {
        Ok(Self { known: store::known(tx).await? })
    }

    fn parse(&mut self, record: &Record<'_>) -> Result<Convention, Reason> {
        convention(record)
    }

    fn key(row: &Convention) -> Key {
        (row.asp_id, row.kind)
    }

    async fn save(
        &mut self,
        tx: &mut PgConnection,
        rows: &[Convention],
        now: DateTime<Utc>,
    ) -> Result<Written, sqlx::Error> {
        store::save(tx, rows, now).await
    }

    /// A convention that falls waits: how many fall decides whether any does (CMP-11).
    fn waits(&self, row: &Convention) -> bool {
        !row.is_active && self.known.get(&Self::key(row)).is_some_and(|known| known.is_active)
    }

    async fn settle(
        &mut self,
        tx: &mut PgConnection,
        waiting: Vec<(u64, Convention)>,
        now: DateTime<Utc>,
    ) -> Result<(Written, Vec<Rejection>), sqlx::Error> {
        let reactivated_at =
            |row: &Convention| self.known.get(&Self::key(row)).and_then(|known| known.reactivated_at);
        let (protected, falling): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, row)| is_protected(reactivated_at(row), now));
        let count = falling.len();
        let mut rejected: Vec<_> =
            protected.into_iter().map(|(line, _)| Rejection { line, reason: Reason::Protected }).collect();
        if may_deactivate(count, paris_date(now)) {
            let rows: Vec<_> = falling.into_iter().map(|(_, row)| row).collect();
            return Ok((store::save(tx, &rows, now).await?, rejected));
        }
        rejected.extend(
            falling.into_iter().map(|(line, _)| Rejection { line, reason: Reason::HeldBack { count } }),
        );
        Ok((Written::default(), rejected))
    }
}

pub(super) fn convention(record: &Record<'_>) -> Result<Convention, Reason> {
    let siret = record.required("siret")?;
    Ok(Convention {
        asp_id: asp_id(record)?,
        kind: siae_kind(record)?,
        siret_signature: Siret::parse(siret)
            .map_err(|_| Reason::invalid("siret", siret, "14 chiffres attendus"))?,
        is_active: flag(record, "is_active")?,
    })
}

/// Number of the structure at the paying agency.
pub(super) fn asp_id(record: &Record<'_>) -> Result<i32, Reason> {
    record.required("asp_id")?;
    let number = record.parsed("asp_id", "un nombre est attendu")?;
    number
        .filter(|n| *n > 0)
        .ok_or_else(|| Reason::invalid("asp_id", record.get("asp_id"), "un nombre est attendu"))
}

/// One of the five kinds of SIAE: no other has a convention.
pub(super) fn siae_kind(record: &Record<'_>) -> Result<CompanyKind, Reason> {
    let kind = record.required("kind")?;
    CompanyKind::parse(kind)
        .filter(|kind| kind.is_siae())
        .ok_or_else(|| Reason::invalid("kind", kind, "ACI, AI, EI, EITI ou ETTI attendu"))
}

fn flag(record: &Record<'_>, column: &'static str) -> Result<bool, Reason> {
    match record.required(column)?.to_lowercase().as_str() {
        "true" | "oui" | "1" => Ok(true),
        "false" | "non" | "0" => Ok(false),
        other => Err(Reason::invalid(column, other, "true ou false attendu")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::record::parse_line;

    #[test]
    fn a_convention_is_read_or_refused() {
        let read = |line| parse_line("asp_id,kind,siret,is_active", line, convention);
        let row = read("12,ACI,412 735 789 00023,True").unwrap();
        assert_eq!((row.asp_id, row.kind, row.is_active), (12, CompanyKind::Aci, true));
        for wrong in [
            ",ACI,41273578900023,True",
            "0,ACI,41273578900023,True",
            "x,ACI,41273578900023,True",
            "12,GEIQ,41273578900023,True",
            "12,aci,41273578900023,True",
            "12,ACI,4127357890002,True",
            "12,ACI,41273578900023,",
            "12,ACI,41273578900023,peut-être",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
