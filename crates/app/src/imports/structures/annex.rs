//! Financial annexes: `asp_id`, `kind`, `number`, `state`, `start_at`, `end_at` (ORG-4, CMP-9).

use chrono::NaiveDate;
use iae_domain::organisations::sync::{Annex, FiledAnnex};
use iae_domain::organisations::{AnnexNumber, AnnexState};
use iae_domain::time::typed_date;

use super::super::Reason;
use super::super::record::Record;
use super::file::key;

/// Columns without which the file cannot be this one.
pub(in crate::imports) const COLUMNS: &[&str] = &["asp_id", "kind", "number", "state", "start_at", "end_at"];

/// Reads a row.
pub(in crate::imports) fn annex(record: &Record<'_>) -> Result<FiledAnnex, Reason> {
    let key = key(record)?;
    let number = record.required("number")?;
    let number = AnnexNumber::parse(number, key.kind)
        .map_err(|_| Reason::invalid("number", number, "numéro d'annexe de ce type de structure attendu"))?;
    let state = record.required("state")?;
    let state =
        AnnexState::parse(state).ok_or_else(|| Reason::invalid("state", state, "état d'annexe attendu"))?;
    let (first_day, last_day) = (day(record, "start_at")?, day(record, "end_at")?);
    if last_day < first_day {
        return Err(Reason::Contradiction("l'annexe finit avant de commencer"));
    }
    Ok(FiledAnnex { key, annex: Annex { number, state, first_day, last_day } })
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
        let read = |line| parse_line("asp_id,kind,number,state,start_at,end_at", line, annex);
        let row = read("7,EI,EI840310710A2M2,VALIDE,2026-01-01,2026-12-31").unwrap();
        assert_eq!((row.annex.state, row.annex.number.prefix()), (AnnexState::Valid, "EI840310710"));
        assert_eq!(read("7,EI,EI840310710A2M2,VALIDE,01/01/2026,31/12/2026"), Ok(row));
        for wrong in [
            "7,AI,EI840310710A2M2,VALIDE,2026-01-01,2026-12-31",
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
