//! Conventions of SIAE: `asp_id`, `kind`, `siret` (of the signature). Whether one is in force follows from its annexes alone
//! (CMP-9): what the file may say of it is not read.

use iae_domain::organisations::Siret;
use iae_domain::organisations::sync::FiledConvention;

use super::super::Reason;
use super::super::record::Record;
use super::file::key;

/// Columns without which the file cannot be this one.
pub(in crate::imports) const COLUMNS: &[&str] = &["asp_id", "kind", "siret"];

/// Reads a row; its line is known by who reads the file.
pub(in crate::imports) fn convention(record: &Record<'_>) -> Result<FiledConvention, Reason> {
    let siret = record.required("siret")?;
    Ok(FiledConvention {
        line: 0,
        key: key(record)?,
        siret_signature: Siret::parse(siret)
            .map_err(|_| Reason::invalid("siret", siret, "14 chiffres attendus"))?,
    })
}

#[cfg(test)]
mod tests {
    use iae_domain::organisations::CompanyKind;

    use super::*;
    use crate::imports::record::parse_line;

    #[test]
    fn a_convention_is_read_or_refused() {
        let read = |line| parse_line("asp_id,kind,siret,is_active", line, convention);
        let row = read("12,ACI,412 735 789 00023,True").unwrap();
        assert_eq!((row.key.asp_id, row.key.kind), (12, CompanyKind::Aci));
        for wrong in [
            ",ACI,41273578900023,True",
            "0,ACI,41273578900023,True",
            "x,ACI,41273578900023,True",
            "12,GEIQ,41273578900023,True",
            "12,aci,41273578900023,True",
            "12,ACI,4127357890002,True",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
