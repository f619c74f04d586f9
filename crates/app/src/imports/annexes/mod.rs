//! Financial annexes: `asp_id`, `kind`, `number`, `state`, `start_at`, `end_at` (ORG-4, CMP-9).

mod store;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::organisations::{AnnexNumber, AnnexState, CompanyKind};
use iae_domain::time::typed_date;
use sqlx::PgConnection;
use uuid::Uuid;

use super::conventions::{Key, asp_id, siae_kind};
use super::record::Record;
use super::table::Table;
use super::{Reason, Written, conventions};

/// A financial annex and the convention it makes valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Annex {
    pub(super) convention: Uuid,
    pub(super) number: AnnexNumber,
    pub(super) state: AnnexState,
    pub(super) first_day: NaiveDate,
    pub(super) last_day: NaiveDate,
}

/// Conventions annexes may belong to.
pub(super) struct Annexes {
    conventions: HashMap<Key, Uuid>,
}

impl Table for Annexes {
    type Row = Annex;
    type Key = AnnexNumber;
    const COLUMNS: &'static [&'static str] = &["asp_id", "kind", "number", "state", "start_at", "end_at"];

    async fn open(tx: &mut PgConnection, _now: DateTime<Utc>) -> Result<Self, sqlx::Error> {
        Ok(Self { conventions: conventions::store::ids(tx).await? })
    }

    fn parse(&mut self, record: &Record<'_>) -> Result<Annex, Reason> {
        annex(record, &self.conventions)
    }

    fn key(row: &Annex) -> AnnexNumber {
        row.number.clone()
    }

    async fn save(
        &mut self,
        tx: &mut PgConnection,
        rows: &[Annex],
        _now: DateTime<Utc>,
    ) -> Result<Written, sqlx::Error> {
        store::save(tx, rows).await
    }
}

pub(super) fn annex(record: &Record<'_>, conventions: &HashMap<Key, Uuid>) -> Result<Annex, Reason> {
    let (asp_id, kind): (i32, CompanyKind) = (asp_id(record)?, siae_kind(record)?);
    let number = record.required("number")?;
    let number = AnnexNumber::parse(number, kind)
        .map_err(|_| Reason::invalid("number", number, "numéro d'annexe de ce type de structure attendu"))?;
    let state = record.required("state")?;
    let state =
        AnnexState::parse(state).ok_or_else(|| Reason::invalid("state", state, "état d'annexe attendu"))?;
    let (first_day, last_day) = (day(record, "start_at")?, day(record, "end_at")?);
    if last_day < first_day {
        return Err(Reason::Contradiction("l'annexe finit avant de commencer"));
    }
    let convention = conventions.get(&(asp_id, kind)).copied();
    let convention = convention.ok_or_else(|| Reason::unknown("asp_id", record.get("asp_id")))?;
    Ok(Annex { convention, number, state, first_day, last_day })
}

fn day(record: &Record<'_>, column: &'static str) -> Result<NaiveDate, Reason> {
    let text = record.required(column)?;
    typed_date(text)
        .ok_or_else(|| Reason::invalid(column, text, "date attendue, comme 01/03/2026 ou 2026-03-01"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::record::parse_line;

    #[test]
    fn an_annex_is_read_or_refused() {
        let conventions = HashMap::from([((7, CompanyKind::Ei), Uuid::nil())]);
        let read = |line| {
            parse_line("asp_id,kind,number,state,start_at,end_at", line, |record| annex(record, &conventions))
        };
        let row = read("7,EI,EI840310710A2M2,VALIDE,2026-01-01,2026-12-31").unwrap();
        assert_eq!((row.state, row.number.prefix()), (AnnexState::Valid, "EI840310710"));
        assert_eq!(read("7,EI,EI840310710A2M2,VALIDE,01/01/2026,31/12/2026"), Ok(row));
        for wrong in [
            "8,EI,EI840310710A2M2,VALIDE,2026-01-01,2026-12-31",
            "7,AI,AI840310710A2M2,VALIDE,2026-01-01,2026-12-31",
            "7,EI,AI840310710A2M2,VALIDE,2026-01-01,2026-12-31",
            "7,EI,EI840310710,VALIDE,2026-01-01,2026-12-31",
            "7,EI,EI840310710A2M2,EN COURS,2026-01-01,2026-12-31",
            "7,EI,EI840310710A2M2,VALIDE,2026-12-31,2026-01-01",
            "7,EI,EI840310710A2M2,VALIDE,2026-01-01,",
            "7,EI,EI840310710A2M2,VALIDE,2026-01-01,31/11/2026",
            "7,EI,EI840310710A2M2,VALIDE,2026-01-01,2026-02-30",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
