//! The level of the State an institution works at (rule book 01 §5).

use super::InstitutionKind;

/// How far an institution sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstitutionLevel {
    /// One département.
    Department,
    /// One région.
    Region,
    /// The whole country.
    Country,
    /// None: no statistics, no controls.
    Elsewhere,
}

impl InstitutionKind {
    /// The level of the kind.
    pub const fn level(self) -> InstitutionLevel {
        match self {
            Self::DdetsIae | Self::DdetsGeiq | Self::DdetsLog => InstitutionLevel::Department,
            Self::DreetsIae | Self::DreetsGeiq | Self::Drihl => InstitutionLevel::Region,
            Self::DgefpIae
            | Self::DgefpGeiq
            | Self::Dihal
            | Self::ReseauIae
            | Self::Convergence
            | Self::Ffgeiq => InstitutionLevel::Country,
            Self::Other => InstitutionLevel::Elsewhere,
        }
    }

    /// Whether there is at most one in its territory: a département, or the country.
    pub const fn is_unique(self) -> bool {
        match self {
            Self::DdetsIae
            | Self::DdetsGeiq
            | Self::DdetsLog
            | Self::DgefpIae
            | Self::DgefpGeiq
            | Self::Dihal
            | Self::Convergence
            | Self::Ffgeiq => true,
            Self::DreetsIae | Self::DreetsGeiq | Self::Drihl | Self::ReseauIae | Self::Other => false,
        }
    }
}
