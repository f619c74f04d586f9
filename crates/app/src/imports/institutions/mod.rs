//! State institutions: `kind`, `name`, `department`, and if the file has them `post_code`, `city` (rule book 01 §5).

mod store;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{InstitutionKind, InstitutionLevel};
use iae_domain::text::department_of_post_code;
use sqlx::PgConnection;

use super::record::Record;
use super::table::Table;
use super::{Reason, Written};
use crate::reference::queries::{Borders, borders};

/// An institution of the State.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Institution {
    pub(super) kind: InstitutionKind,
    pub(super) name: String,
    pub(super) department: Option<String>,
    pub(super) post_code: Option<String>,
    pub(super) city: String,
}

/// What names an institution: its kind and, unless it is the only one there, its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    kind: InstitutionKind,
    department: Option<String>,
    name: Option<String>,
}

impl Key {
    /// The key of an institution of that kind, département and name.
    pub(super) fn of(kind: InstitutionKind, department: Option<&str>, name: &str) -> Self {
        Self {
            kind,
            department: department.filter(|_| kind.level() == InstitutionLevel::Department).map(Into::into),
            name: Some(name.to_owned()).filter(|_| !kind.is_unique()),
        }
    }
}

/// Régions by département, post codes that go over a border, and institutions that exist.
pub(super) struct Institutions {
    regions: HashMap<String, String>,
    borders: Borders,
    known: HashMap<Key, OrganisationId>,
}

impl Table for Institutions {
    type Row = Institution;
    type Key = Key;
    const COLUMNS: &'static [&'static str] = &["kind", "name", "department"];

    async fn open(tx: &mut PgConnection, _now: DateTime<Utc>) -> Result<Self, sqlx::Error> {
        let (regions, borders, known) =
            (store::regions(tx).await?, borders(tx).await?, store::known(tx).await?);
        Ok(Self { regions, borders, known })
    }

    fn parse(&mut self, record: &Record<'_>) -> Result<Institution, Reason> {
        let row = institution(record, &self.borders)?;
        match &row.department {
            Some(department) if !self.regions.contains_key(department) => {
                Err(Reason::unknown("department", department))
            }
            _ => Ok(row),
        }
    }

    fn key(row: &Institution) -> Key {
        Key::of(row.kind, row.department.as_deref(), &row.name)
    }

    async fn save(
        &mut self,
        tx: &mut PgConnection,
        rows: &[Institution],
        now: DateTime<Utc>,
    ) -> Result<Written, sqlx::Error> {
        let mut written = Written::default();
        for row in rows {
            let id = self.known.get(&Self::key(row)).copied().unwrap_or_else(|| OrganisationId::at(now));
            let region = match row.kind.level() {
                InstitutionLevel::Department | InstitutionLevel::Region => {
                    row.department.as_ref().and_then(|department| self.regions.get(department))
                }
                InstitutionLevel::Country | InstitutionLevel::Elsewhere => None,
            };
            written.add(store::save(tx, id, row, region.map(String::as_str), now).await?);
        }
        Ok(written)
    }
}

/// The département is the one the file says, else that of the commune, else the post code's (D23).
pub(super) fn institution(record: &Record<'_>, borders: &Borders) -> Result<Institution, Reason> {
    let kind = kind(record)?;
    let name = record.required("name")?.to_owned();
    let post_code = record.optional("post_code");
    let of_post_code = post_code
        .map(|code| {
            department_of_post_code(code)
                .ok_or_else(|| Reason::invalid("post_code", code, "5 chiffres attendus"))
        })
        .transpose()?;
    let city = record.get("city").to_owned();
    let of_commune = post_code.and_then(|code| borders.department(code, &city));
    let said = record.optional("department").or(of_commune).map(ToOwned::to_owned);
    let department = said.or(of_post_code);
    match kind.level() {
        InstitutionLevel::Department | InstitutionLevel::Region if department.is_none() => {
            return Err(Reason::Missing("department"));
        }
        InstitutionLevel::Department
        | InstitutionLevel::Region
        | InstitutionLevel::Country
        | InstitutionLevel::Elsewhere => {}
    }
    Ok(Institution { kind, name, department, post_code: post_code.map(ToOwned::to_owned), city })
}

/// Official files write two kinds otherwise than we store them.
fn kind(record: &Record<'_>) -> Result<InstitutionKind, Reason> {
    let code = record.required("kind")?;
    let parsed = match code {
        "Réseau IAE" => Some(InstitutionKind::ReseauIae),
        "Autre" => Some(InstitutionKind::Other),
        code => InstitutionKind::parse(code),
    };
    parsed.ok_or_else(|| Reason::invalid("kind", code, "type d'institution attendu"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::record::parse_line;

    fn read(line: &str) -> Result<Institution, Reason> {
        let borders = Borders::default();
        parse_line("kind,name,department,post_code,city", line, |record| institution(record, &borders))
    }

    #[test]
    fn there_is_one_ddets_a_departement_and_one_convergence() {
        let key = |line| Institutions::key(&read(line).unwrap());
        assert_eq!(key("DDETS IAE,DDETS 57,57,57000,Metz"), key("DDETS IAE,Direction de la Moselle,57,,"));
        assert_ne!(key("DDETS IAE,DDETS 57,57,57000,Metz"), key("DDETS GEIQ,DDETS 57,57,57000,Metz"));
        assert_ne!(key("DREETS IAE,Site de Metz,57,,"), key("DREETS IAE,Site de Nancy,57,,"));
        assert_eq!(key("CONVERGENCE,Convergence,,,"), key("CONVERGENCE,Convergence France,75,,"));
        assert_eq!(read("Réseau IAE,Un réseau,,,").unwrap().kind, InstitutionKind::ReseauIae);
    }

    #[test]
    fn a_departement_comes_from_the_post_code_when_not_said() {
        assert_eq!(read("DDETS IAE,DDETS,,20090,").unwrap().department.as_deref(), Some("2A"), "ORG-3");
    }

    #[test]
    fn what_cannot_be_an_institution_is_refused() {
        for wrong in [
            "DDETS,DDETS 57,57,,",
            "DDETS IAE,,57,,",
            "DDETS IAE,DDETS,,,",
            "DREETS IAE,DREETS,,,",
            "CONVERGENCE,C,,571,",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
