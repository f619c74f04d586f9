//! What becomes of a structure: its SIRET changes, it is merged into another one, a part of it leaves (rule book 05, C13; CMP-4,
//! CMP-5, CMP-8). Nothing is lost, and no date of a PASS moves: what changes hands keeps saying where it took place.

mod merger;
mod siret_change;
mod split;
#[cfg(test)]
mod tests;

pub use merger::{Merger, may_absorb, merged_categories, version_of_merger};
pub use siret_change::{ChangedSiret, SiretChange, SiretWarning};
pub use split::{Founded, SplitOff, SplitPart};

use chrono::{DateTime, NaiveDate, Utc};

use super::{CompanyKind, CompanySource, OrganisationFamily, Siret};
use crate::code::code;
use crate::ids::{ConventionId, OrganisationId, SuccessionId};
use crate::staff::SupportRemark;

code! {
    /// What happens to a structure.
    SuccessionKind {
        SiretChange = "siret_change", "Changement de SIRET";
        Merger = "merger", "Fusion dans une autre structure";
        Split = "split", "Scission";
    }
}

/// What becomes of a structure, as it is kept, whatever its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// Its id.
    pub id: SuccessionId,
    /// What happens.
    pub kind: SuccessionKind,
    /// To which structure.
    pub source: OrganisationId,
    /// What it becomes, or what takes a part of it: itself when its SIRET changes.
    pub target: OrganisationId,
    /// The day it took effect.
    pub effective_on: NaiveDate,
    /// Why the team records it.
    pub remark: SupportRemark,
}

code! {
    /// What a structure is made of, as a succession counts it.
    Piece {
        Members = "members", "Membres";
        Posts = "posts", "Postes";
        Antennas = "antennas", "Antennes";
        Applications = "applications", "Candidatures reçues";
        Hires = "hires", "dont embauches avec un PASS IAE";
        Diagnoses = "diagnoses", "Diagnostics de la structure";
        Suspensions = "suspensions", "Suspensions de PASS IAE";
        Prolongations = "prolongations", "Prolongations de PASS IAE";
        Requests = "requests", "Demandes de prolongation";
        Proofs = "proofs", "Justificatifs conservés";
    }
}

/// How many of a piece there are, and how many leave: what stays is the rest, so that the parts make the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    /// What is counted.
    pub piece: Piece,
    /// How many there are.
    pub whole: i64,
    /// How many leave.
    pub leaving: i64,
}

impl Part {
    /// How many stay.
    pub const fn staying(&self) -> i64 {
        self.whole - self.leaving
    }
}

/// What moved of a kind, as it is kept: in words, since what is counted may be named otherwise one day.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Moved {
    /// What.
    pub label: String,
    /// How many moved.
    pub moved: i64,
    /// How many stayed.
    pub left: i64,
}

impl From<&Part> for Moved {
    fn from(part: &Part) -> Self {
        Self { label: part.piece.label().to_owned(), moved: part.leaving, left: part.staying() }
    }
}

/// What a company is, for a succession.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyFacts {
    /// Its kind.
    pub kind: CompanyKind,
    /// Where its record comes from.
    pub source: CompanySource,
    /// Its convention, and the SIRET that signed it.
    pub convention: Option<(ConventionId, Siret)>,
    /// Whether it is active today: grace is not (rule book 01 §3.4).
    pub is_active: bool,
    /// How many antennas share its convention, when it holds it for the State.
    pub antennas: i64,
}

/// A structure that something becomes of, or that takes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// Its id.
    pub id: OrganisationId,
    /// Its family.
    pub family: OrganisationFamily,
    /// What it is called.
    pub name: String,
    /// Its SIRET.
    pub siret: Option<Siret>,
    /// Since when it has that SIRET, as far as is known.
    pub held_since: Option<DateTime<Utc>>,
    /// Whether another one took its place.
    pub is_closed: bool,
    /// When what is known of it last changed (D32).
    pub version: DateTime<Utc>,
    /// What it is, when it is a company.
    pub company: Option<CompanyFacts>,
}

impl Structure {
    /// What it is as a company.
    fn company(&self) -> Result<&CompanyFacts, SuccessionRefused> {
        self.company.as_ref().ok_or(SuccessionRefused::NotCompany)
    }

    fn siren(&self) -> Option<&str> {
        self.siret.as_ref().map(Siret::siren)
    }

    /// A structure that takes over is there, and active: whoever comes would not get in otherwise.
    fn takes_over(&self) -> Result<&CompanyFacts, SuccessionRefused> {
        let company = self.company()?;
        if self.is_closed || !company.is_active {
            return Err(SuccessionRefused::TargetInactive);
        }
        Ok(company)
    }

    /// Whether antennas may share its convention: they are of its SIREN and of its kind (CMP-8).
    fn shares_convention_with(&self, source: &Self, kind: CompanyKind) -> bool {
        let convention = self.company.as_ref().filter(|company| company.kind == kind);
        let convention = convention.and_then(|company| company.convention.as_ref());
        convention.is_some_and(|(_, signature)| source.siren() == Some(signature.siren()))
    }
}

/// Why nothing becomes of a structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SuccessionRefused {
    /// The day is to come: it is recorded once it took effect.
    #[error("the day of effect is to come")]
    Future,
    /// It has its present SIRET since this day: another one begins after it.
    #[error("the SIRET it has begins on that day or after it")]
    BeforeSiret(NaiveDate),
    /// It has that SIRET.
    #[error("it has that SIRET")]
    SameSiret,
    /// Another one of its kind has that SIRET, or had it since (CMP-4, PRE-3).
    #[error("another one of its kind has that SIRET")]
    SiretTaken,
    /// It has none to change: an agency of France Travail.
    #[error("it has no SIRET")]
    NoSiret,
    /// An antenna shares the convention of a company of its SIREN (CMP-8, CMP-20).
    #[error("an antenna keeps the SIREN of its convention")]
    AntennaSiren,
    /// It is closed: another one took its place.
    #[error("it is closed")]
    Closed,
    /// Only a company is merged or split here.
    #[error("not a company")]
    NotCompany,
    /// It is the same.
    #[error("the same structure")]
    SameStructure,
    /// Nobody would get in there.
    #[error("the structure that takes over is not active")]
    TargetInactive,
    /// Their people are not under one regime.
    #[error("kinds that do not go together")]
    Kinds,
    /// The company that holds the convention is not merged into one of its antennas (rule book 01 §13).
    #[error("a company is not merged into its antenna")]
    IntoAntenna,
    /// So many antennas would be left without company of their SIREN and kind (CMP-8).
    #[error("antennas would be left alone")]
    AntennasStay(i64),
    /// Nothing is chosen.
    #[error("nothing is chosen")]
    NothingChosen,
    /// What is chosen is not its own any more.
    #[error("what is chosen is not its own")]
    NotItsOwn,
    /// Nobody would administer it any more (MEM-6).
    #[error("no administrator would be left")]
    NoAdministratorLeft,
    /// Something changed since the preview was read (D32).
    #[error("changed since it was previewed")]
    Overtaken,
}

/// What takes effect is past or of today: nothing waits for its day, which somebody would have to remember.
pub fn effective(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, SuccessionRefused> {
    if day > today { Err(SuccessionRefused::Future) } else { Ok(day) }
}

impl Structure {
    /// What a form says it saw of it (D32).
    pub fn seen(&self) -> String {
        let siret = self.siret.as_ref().map_or("", Siret::as_str);
        format!("{}.{siret}.{}", self.version.timestamp_micros(), u8::from(self.is_closed))
    }
}

/// What the page of a split showed, as its form says it: what a part of leaves, what takes it when it exists, and how much.
pub fn version_of_split(source: &Structure, target: Option<&Structure>, parts: &[Part]) -> String {
    let target = target.map(Structure::seen).unwrap_or_default();
    let parts: Vec<String> = parts.iter().map(|part| format!("{}-{}", part.whole, part.leaving)).collect();
    format!("{} {target} {}", source.seen(), parts.join(" "))
}
