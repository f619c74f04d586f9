//! Loads the embedded files of `reference/`.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::eligibility::Criterion;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::store;
use crate::Db;
use crate::audit::Stamp;
use crate::imports::{Changes, FileKind, ImportError, Rejection, import_in};

const REGIONS: &str = include_str!("../../../../reference/regions.csv");
const DEPARTMENTS: &str = include_str!("../../../../reference/departments.csv");
const COMMUNES: &str = include_str!("../../../../reference/communes.csv");
const COMMUNE_HISTORY: &str = include_str!("../../../../reference/commune_history.csv");
const ROME_DOMAINS: &str = include_str!("../../../../reference/rome_domains.csv");
const ROME_CODES: &str = include_str!("../../../../reference/rome.csv");
const ROME_APPELLATIONS: &str = include_str!("../../../../reference/rome_appellations.csv");
const CRITERIA: &str = include_str!("../../../../reference/eligibility_criteria.csv");

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file of the project is not what its reader expects.
    #[error("reference file: {0}")]
    File(#[from] csv::Error),
    /// A row of a file of the project is refused.
    #[error("reference file {kind:?}, line {}: {}", rejection.line, rejection.reason)]
    Row {
        /// The file.
        kind: FileKind,
        /// Its first refused row.
        rejection: Rejection,
    },
    /// A file cannot be imported.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Loads every reference file in one transaction. A file an operator may complete or renew (`iae import`) is loaded
/// once: until a release brings another, what was imported since stays.
pub async fn load(db: &Db, now: DateTime<Utc>) -> Result<Changes, LoadError> {
    let mut tx = db.begin().await?;
    let mut changes = store::save_regions(&mut tx, &rows(REGIONS)?).await?;
    changes.add(store::save_departments(&mut tx, &rows(DEPARTMENTS)?).await?);
    changes.add(store::save_rome_domains(&mut tx, &rows(ROME_DOMAINS)?).await?);
    changes.add(store::save_criteria(&mut tx, &rows(CRITERIA)?).await?);
    let files = [
        ("communes.csv", FileKind::Communes, COMMUNES),
        ("rome.csv", FileKind::Rome, ROME_CODES),
        ("rome_appellations.csv", FileKind::Rome, ROME_APPELLATIONS),
    ];
    for (name, kind, file) in files {
        if !store::is_new(&mut tx, name, &Sha256::digest(file), now).await? {
            continue;
        }
        let report = import_in(&mut tx, kind, file.as_bytes(), &Stamp::system(now), |_| {}).await?;
        if let Some(rejection) = report.rejected.into_iter().next() {
            return Err(LoadError::Row { kind, rejection });
        }
        changes.add(report.changes);
    }
    if store::is_new(&mut tx, "commune_history.csv", &Sha256::digest(COMMUNE_HISTORY), now).await? {
        changes.add(store::save_commune_history(&mut tx, &rows(COMMUNE_HISTORY)?).await?);
    }
    tx.commit().await?;
    Ok(changes)
}

fn rows<T: for<'de> Deserialize<'de>>(file: &str) -> Result<Vec<T>, csv::Error> {
    csv::Reader::from_reader(file.as_bytes()).deserialize().collect()
}

/// A région or an overseas territory.
#[derive(Debug, Deserialize)]
pub(super) struct Region {
    pub(super) code: String,
    pub(super) name: String,
}

/// A département or an overseas territory.
#[derive(Debug, Deserialize)]
pub(super) struct Department {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) region: String,
    pub(super) adjacent: String,
}

/// A period of a commune under one name and one code.
#[derive(Debug, Deserialize)]
pub(super) struct CommunePeriod {
    pub(super) insee_code: String,
    pub(super) name: String,
    pub(super) begins_on: Option<NaiveDate>,
    pub(super) ends_on: Option<NaiveDate>,
    pub(super) today: String,
}

/// A grand domaine of ROME.
#[derive(Debug, Deserialize)]
pub(super) struct RomeDomain {
    pub(super) letter: String,
    pub(super) label: String,
}

/// An administrative criterion.
#[derive(Debug, Deserialize)]
pub(super) struct CriterionRow {
    pub(super) code: Criterion,
    pub(super) level: i16,
    pub(super) rank: i16,
    pub(super) label: String,
    pub(super) meaning: String,
    pub(super) proof: String,
    pub(super) max_proof_age_months: Option<i16>,
    pub(super) certifiable_by: Option<String>,
    pub(super) help_url: Option<String>,
}
