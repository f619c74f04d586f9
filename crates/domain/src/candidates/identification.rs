//! What identifies a person to the State, and whether a PASS can be delivered without the team's help.

/// What is known of a person's identifiers, the strongest first (rule book 02 §6.5, step 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identification {
    /// Their social security number is known.
    Nir,
    /// Their France Travail identifier is known.
    FranceTravailId,
    /// They declared not to be registered at France Travail.
    NotRegistered,
    /// They forgot their France Travail identifier, or nothing is known.
    Forgotten,
}

impl Identification {
    /// Whether a PASS is issued by itself at acceptance; else the team checks and delivers it (§6.7).
    pub const fn allows_automatic_delivery(self) -> bool {
        match self {
            Self::Nir | Self::FranceTravailId | Self::NotRegistered => true,
            Self::Forgotten => false,
        }
    }
}
