//! Communes: `insee_code` (or `insee`), `name`, `postcodes`, and if the file has them `slug`, `department`, `epci`,
//! `population`, `latitude`, `longitude` (rule book 04 §4.8).

pub(super) mod store;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use iae_domain::reference::department_of_commune;
use iae_domain::text::folded;
use sqlx::PgConnection;

use super::record::Record;
use super::table::Table;
use super::{Reason, Written};

/// A commune or an arrondissement of Paris, Lyon or Marseille.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Commune {
    pub(super) insee_code: String,
    pub(super) name: String,
    pub(super) slug: String,
    pub(super) post_codes: Vec<String>,
    pub(super) department: String,
    pub(super) epci: Option<String>,
    pub(super) population: Option<i32>,
    pub(super) position: Option<(f64, f64)>,
}

/// Départements a commune may belong to, and the commune each slug names.
pub(super) struct Communes {
    departments: HashSet<String>,
    slugs: HashMap<String, String>,
}

impl Communes {
    /// The slug, or when another commune of the département has that name, the slug and the INSEE code.
    fn free_slug(&mut self, slug: String, insee_code: &str) -> String {
        if self.slugs.get(&slug).is_some_and(|other| other != insee_code) {
            return format!("{slug}-{}", insee_code.to_lowercase());
        }
        self.slugs.insert(slug.clone(), insee_code.to_owned());
        slug
    }
}

impl Table for Communes {
    type Row = Commune;
    type Key = String;
    const COLUMNS: &'static [&'static str] = &["name", "postcodes"];

    async fn open(tx: &mut PgConnection, _now: DateTime<Utc>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            departments: store::departments(tx).await?.into_iter().collect(),
            slugs: store::commune_slugs(tx).await?.into_iter().collect(),
        })
    }

    fn parse(&mut self, record: &Record<'_>) -> Result<Commune, Reason> {
        let commune = commune(record)?;
        if !self.departments.contains(&commune.department) {
            return Err(Reason::unknown("department", &commune.department));
        }
        let slug = self.free_slug(commune.slug, &commune.insee_code);
        Ok(Commune { slug, ..commune })
    }

    fn key(row: &Commune) -> String {
        row.insee_code.clone()
    }

    async fn save(
        &mut self,
        tx: &mut PgConnection,
        rows: &[Commune],
        _now: DateTime<Utc>,
    ) -> Result<Written, sqlx::Error> {
        Ok(store::save(tx, rows).await?.into())
    }
}

pub(super) fn commune(record: &Record<'_>) -> Result<Commune, Reason> {
    let insee_code = record.optional("insee").map_or_else(|| record.required("insee_code"), Ok)?;
    if !is_insee_code(insee_code) {
        return Err(Reason::invalid("insee_code", insee_code, "5 caractères attendus (ex. 57463, 2A004)"));
    }
    let name = record.required("name")?;
    let department = record.optional("department").unwrap_or_else(|| department_of_commune(insee_code));
    if !insee_code.starts_with(department) {
        return Err(Reason::Contradiction("le département n'est pas celui du code INSEE"));
    }
    let post_codes: Vec<String> =
        record.get("postcodes").split(['|', ' ']).filter(|c| !c.is_empty()).map(Into::into).collect();
    if let Some(wrong) =
        post_codes.iter().find(|code| code.len() != 5 || !code.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(Reason::invalid("postcodes", wrong, "codes de 5 chiffres attendus, séparés par |"));
    }
    let population = record.parsed("population", "un nombre d'habitants est attendu")?;
    if population.is_some_and(|inhabitants: i32| inhabitants < 0) {
        return Err(Reason::invalid(
            "population",
            record.get("population"),
            "un nombre d'habitants est attendu",
        ));
    }
    Ok(Commune {
        insee_code: insee_code.to_owned(),
        name: name.to_owned(),
        slug: record.optional("slug").map_or_else(|| slug(name, department), Into::into),
        post_codes,
        department: department.to_owned(),
        epci: record.optional("epci").map(Into::into),
        population,
        position: record.position()?,
    })
}

/// 5 digits, or `2A`/`2B` and 3 digits.
pub(super) fn is_insee_code(text: &str) -> bool {
    let digits = text.strip_prefix("2A").or_else(|| text.strip_prefix("2B")).unwrap_or(text);
    text.len() == 5 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `saint-etienne-42`.
fn slug(name: &str, department: &str) -> String {
    format!("{}-{}", folded(name).replace(' ', "-"), department.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::record::parse_line;

    const HEADER: &str = "insee_code,name,postcodes,department,epci,population,latitude,longitude";

    #[test]
    fn a_commune_is_read() {
        let row =
            parse_line(HEADER, "2A004,Ajaccio,20000|20090,2A,242010056,74000,41.919,8.739", commune).unwrap();
        assert_eq!((row.slug.as_str(), row.post_codes.len()), ("ajaccio-2a", 2));
        assert_eq!(row.position, Some((41.919, 8.739)));
        let bare = parse_line("insee,name,postcodes", "97411,L'Œuvre-Saint-Éloi,", commune).unwrap();
        assert_eq!((bare.department.as_str(), bare.slug.as_str()), ("974", "l-oeuvre-saint-eloi-974"));
        assert_eq!((bare.population, bare.position), (None, None));
    }

    #[test]
    fn communes_of_one_name_in_one_departement_have_two_slugs() {
        let mut communes = Communes { departments: HashSet::new(), slugs: HashMap::new() };
        assert_eq!(communes.free_slug("neuville-57".into(), "57001"), "neuville-57");
        assert_eq!(communes.free_slug("neuville-57".into(), "57001"), "neuville-57", "again, the same");
        assert_eq!(communes.free_slug("neuville-57".into(), "57002"), "neuville-57-57002");
    }

    #[test]
    fn what_cannot_be_a_commune_is_refused() {
        for wrong in [
            "5746,Metz,57000,57,,,,",
            "2C004,Ajaccio,20000,2A,,,,",
            "é463,Metz,57000,57,,,,",
            "57463,,57000,57,,,,",
            "57463,Metz,5700,57,,,,",
            "57463,Metz,57000,67,,,,",
            "57463,Metz,57000,57,,-3,,",
            "57463,Metz,57000,57,,beaucoup,,",
            "57463,Metz,57000,57,,,NaN,NaN",
            "57463,Metz,57000,57,,,49.1,",
        ] {
            assert!(parse_line(HEADER, wrong, commune).is_err(), "{wrong}");
        }
    }
}
