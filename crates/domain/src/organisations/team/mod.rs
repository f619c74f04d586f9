//! What the team does of organisations: it creates them, changes what is said of them, turns their convention, lets them be found (rule
//! book 01 §13, CMP-10, CMP-13, CMP-16, INS-1).

mod change;
mod convention;
mod create;
mod said;
mod visibility;

pub use change::{CompanyAsked, Tended, TendedChange, TendedCompany};
pub use convention::{ConventionAct, ConventionRefused, TurnedConvention};
pub use create::{CreateCommand, FoundConvention, NewByTeam, TeamNature, create};
pub use said::{Said, TeamCard, TeamField};
pub use visibility::{Sight, SightRefused};

/// Why the team does not create an organisation, nor change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TeamRefused {
    /// It changed since the page was read (D32).
    #[error("the organisation changed since the page was read")]
    Overtaken,
    /// One of this SIRET and kind exists, or the only institution of its kind there (CMP-4, PRE-3, rule book 01 §5).
    #[error("such an organisation exists")]
    Taken,
    /// What was sent is what is known already.
    #[error("nothing changes")]
    Unchanged,
    /// Companies of this kind have no convention.
    #[error("companies of this kind have no convention")]
    NoConvention,
    /// No convention has this number and this kind.
    #[error("no such convention")]
    UnknownConvention,
    /// Its convention was signed by another legal unit (CMP-8).
    #[error("the convention is of another legal unit")]
    OtherSiren,
    /// A company that has a convention keeps one (CMP-17).
    #[error("a company keeps its convention")]
    ConventionKept,
    /// Agencies of France Travail come from their own directory (PRE-17, PRE-22).
    #[error("agencies of France Travail come from their directory")]
    FranceTravail,
    /// An institution of this level is of a département (rule book 01 §5).
    #[error("the département is missing")]
    Department,
}
