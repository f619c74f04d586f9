//! What SIRENE, the directory of establishments of INSEE, says of one (ORG-6).

use super::{OrganisationName, Siret};

/// An establishment that is open, as SIRENE publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Establishment {
    /// Its SIRET.
    pub siret: Siret,
    /// Legal name of its legal unit.
    pub name: OrganisationName,
    /// Number and street; may be empty.
    pub line_1: String,
    /// Complement of the address; may be empty.
    pub line_2: String,
    /// Five digits.
    pub post_code: String,
    /// Name of its commune, in capitals.
    pub city: String,
    /// INSEE code of its commune.
    pub commune_code: Option<String>,
}

/// Why SIRENE gives no establishment: each is told in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotListed {
    /// The instance does not ask SIRENE (D18).
    #[error("SIRENE is not asked")]
    Off,
    /// It does not answer, or not now.
    #[error("SIRENE does not answer")]
    Away,
    /// It takes the number for no SIRET.
    #[error("not a SIRET for SIRENE")]
    Malformed,
    /// The establishment opposed its publication.
    #[error("the establishment opposed its publication")]
    OptedOut,
    /// It knows no such establishment.
    #[error("unknown to SIRENE")]
    Unknown,
    /// It answers what cannot be read.
    #[error("the answer of SIRENE cannot be read")]
    Unreadable,
    /// The establishment is closed.
    #[error("the establishment is closed")]
    Closed,
}

impl NotListed {
    /// Whether the establishment is refused: of the others, whoever signs up says where they are.
    pub const fn is_refused(self) -> bool {
        match self {
            Self::Closed | Self::Malformed => true,
            Self::Off | Self::Away | Self::OptedOut | Self::Unknown | Self::Unreadable => false,
        }
    }
}
