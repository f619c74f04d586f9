//! Structures: `asp_id`, `kind`, `siret`, `name`, `auth_email`, `post_code`, and if the file has them `address_line_1`,
//! `address_line_2`, `city`, `latitude`, `longitude`. A row without address to write to is dropped (CMP-12).

use std::collections::HashSet;

use iae_domain::organisations::Siret;
use iae_domain::organisations::sync::ConventionKey;
use iae_domain::text::Email;
use sqlx::PgConnection;

use super::super::Reason;
use super::super::address::Address;
use super::super::communes::store::departments;
use super::super::record::Record;
use super::file::key;
use crate::reference::queries::{Borders, borders};

/// Columns without which the file cannot be this one.
pub(in crate::imports) const COLUMNS: &[&str] =
    &["asp_id", "kind", "siret", "name", "auth_email", "post_code"];

/// A structure, as its row says it.
#[derive(Debug, Clone)]
pub(in crate::imports) struct Structure {
    pub(super) key: ConventionKey,
    pub(super) siret: Siret,
    pub(super) name: String,
    pub(super) auth_email: Email,
    pub(super) address: Address,
}

/// Reads a row by its form.
pub(in crate::imports) fn structure(record: &Record<'_>) -> Result<Structure, Reason> {
    let (key, siret) = (key(record)?, record.required("siret")?);
    let siret = Siret::parse(siret).map_err(|_| Reason::invalid("siret", siret, "14 chiffres attendus"))?;
    let name = record.required("name")?.to_owned();
    let email = record.required("auth_email")?;
    let auth_email =
        Email::parse(email).map_err(|_| Reason::invalid("auth_email", email, "adresse e-mail attendue"))?;
    Ok(Structure { key, siret, name, auth_email, address: Address::read(record)? })
}

/// Where a structure may be.
pub(super) struct Places {
    departments: HashSet<String>,
    borders: Borders,
}

impl Places {
    /// Reads the départements, and the post codes that go over a border.
    pub(super) async fn open(db: &mut PgConnection) -> sqlx::Result<Self> {
        let departments = departments(db).await?.into_iter().collect();
        Ok(Self { departments, borders: borders(db).await? })
    }

    /// Reads a row: its form, then its département (D23).
    pub(super) fn structure(&self, record: &Record<'_>) -> Result<Structure, Reason> {
        let row = structure(record)?;
        let row = Structure { address: row.address.within(&self.borders), ..row };
        if self.departments.contains(&row.address.department) {
            Ok(row)
        } else {
            Err(Reason::unknown("post_code", &row.address.post_code))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::record::parse_line;

    #[test]
    fn a_structure_is_read_or_refused() {
        let header = "asp_id,kind,siret,name,auth_email,post_code,city";
        let read = |line| parse_line(header, line, structure);
        let row = read("12,ACI,412 735 789 00023,Le Jardin,Direction@Exemple.fr,57000,METZ").unwrap();
        assert_eq!(
            (row.auth_email.as_str(), row.address.department.as_str()),
            ("direction@exemple.fr", "57")
        );
        for (rule, wrong) in [
            ("CMP-12", "12,ACI,41273578900023,Le Jardin,,57000,METZ"),
            ("CMP-12", "12,ACI,41273578900023,Le Jardin,direction,57000,METZ"),
            ("ORG-2", "12,ACI,4127357890002,Le Jardin,direction@exemple.fr,57000,METZ"),
            ("ORG-2", "12,ACI,41273578900023,Le Jardin,direction@exemple.fr,5700,METZ"),
            ("CMP-8", "12,GEIQ,41273578900023,Le Jardin,direction@exemple.fr,57000,METZ"),
            ("name", "12,ACI,41273578900023,,direction@exemple.fr,57000,METZ"),
        ] {
            assert!(read(wrong).is_err(), "{rule}: {wrong}");
        }
    }
}
