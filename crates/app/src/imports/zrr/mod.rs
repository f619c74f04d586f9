//! Communes in a zone de revitalisation rurale: `insee_code`, `status` (C wholly, PC partly, NC not).

mod store;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::record::Record;
use super::table::Table;
use super::{Reason, Written, communes};

/// Where a commune stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Zone {
    pub(super) insee_code: String,
    pub(super) status: String,
}

/// Communes the platform knows.
pub(super) struct Zones {
    communes: HashSet<String>,
}

impl Table for Zones {
    type Row = Zone;
    type Key = String;
    const COLUMNS: &'static [&'static str] = &["insee_code", "status"];

    async fn open(tx: &mut PgConnection, _now: DateTime<Utc>) -> Result<Self, sqlx::Error> {
        Ok(Self { communes: communes::store::insee_codes(tx).await?.into_iter().collect() })
    }

    fn parse(&mut self, record: &Record<'_>) -> Result<Zone, Reason> {
        let row = zone(record)?;
        if self.communes.contains(&row.insee_code) {
            Ok(row)
        } else {
            Err(Reason::unknown("insee_code", &row.insee_code))
        }
    }

    fn key(row: &Zone) -> String {
        row.insee_code.clone()
    }

    async fn save(
        &mut self,
        tx: &mut PgConnection,
        rows: &[Zone],
        _now: DateTime<Utc>,
    ) -> Result<Written, sqlx::Error> {
        Ok(store::save(tx, rows).await?.into())
    }
}

pub(super) fn zone(record: &Record<'_>) -> Result<Zone, Reason> {
    let insee_code = record.required("insee_code")?;
    if !communes::is_insee_code(insee_code) {
        return Err(Reason::invalid("insee_code", insee_code, "5 caractères attendus"));
    }
    let status = record.required("status")?;
    if !["C", "PC", "NC"].contains(&status) {
        return Err(Reason::invalid("status", status, "C, PC ou NC attendu"));
    }
    Ok(Zone { insee_code: insee_code.to_owned(), status: status.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::record::parse_line;

    #[test]
    fn a_zone_is_read_or_refused() {
        let read = |line| parse_line("insee_code,status", line, zone);
        assert_eq!(read("2B033,PC").map(|row| row.status), Ok("PC".into()));
        for wrong in ["2B033,", "2B033,OUI", "1,C", ",C"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
