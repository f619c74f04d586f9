//! The categories: which may move between which organisations, and which move together.

use std::collections::BTreeSet;

use super::PartyKind;
use crate::code::code;

code! {
    /// What may move, each with all that hangs on it. GEIQ diagnoses and assessments are not there yet (D16).
    Category {
        Members = "members", "Collaborateurs";
        Invitations = "invitations", "Invitations";
        ApplicationsReceived = "applications_received", "Candidatures reçues et embauches";
        ApplicationsSent = "applications_sent", "Candidatures envoyées ou en préparation";
        Diagnoses = "diagnoses", "Diagnostics d’éligibilité IAE et justificatifs conservés";
        Accompaniments = "accompaniments", "Personnes accompagnées et dossiers créés";
        Posts = "posts", "Fiches de poste";
        Controls = "controls", "Contrôles a posteriori";
        Prolongations = "prolongations", "Prolongations et demandes de prolongation";
        Suspensions = "suspensions", "Suspensions et clôtures de PASS IAE";
        Brand = "brand", "Enseigne";
        Description = "description", "Présentation";
        Searchable = "searchable", "Visibilité dans la recherche";
        Phone = "phone", "Téléphone";
    }
}

/// Whether a category may move between two organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It may.
    Fits,
    /// Organisations of this family have none of it.
    Absent,
    /// It is of the IAE, and the target is no SIAE.
    SiaeOnly,
    /// Hires of an SIAE rest on a PASS, the others never do.
    OtherNature,
}

impl Category {
    /// Whether it may move between these two.
    pub const fn fit(self, source: PartyKind, target: PartyKind) -> Fit {
        let (PartyKind::Company { kind: from, .. }, PartyKind::Company { kind: to, .. }) = (source, target)
        else {
            return self.fit_of_prescribers();
        };
        match self {
            Self::Members
            | Self::Invitations
            | Self::ApplicationsSent
            | Self::Accompaniments
            | Self::Posts
            | Self::Brand
            | Self::Description
            | Self::Searchable
            | Self::Phone => Fit::Fits,
            Self::Diagnoses | Self::Controls | Self::Prolongations | Self::Suspensions => {
                if to.is_siae() {
                    Fit::Fits
                } else {
                    Fit::SiaeOnly
                }
            }
            Self::ApplicationsReceived => {
                if from.is_siae() == to.is_siae() {
                    Fit::Fits
                } else {
                    Fit::OtherNature
                }
            }
        }
    }

    /// What prescriber organisations have; what they say of themselves stays as the one that remains says it.
    const fn fit_of_prescribers(self) -> Fit {
        match self {
            Self::Members
            | Self::Invitations
            | Self::ApplicationsSent
            | Self::Diagnoses
            | Self::Accompaniments
            | Self::Prolongations
            | Self::Suspensions => Fit::Fits,
            Self::ApplicationsReceived
            | Self::Posts
            | Self::Controls
            | Self::Brand
            | Self::Description
            | Self::Searchable
            | Self::Phone => Fit::Absent,
        }
    }

    /// What must move with it: a hire that an SIAE prescribed to itself is controlled where its diagnosis is (rule book 04 §1.5).
    pub const fn needs(self) -> Option<Self> {
        match self {
            Self::ApplicationsReceived => Some(Self::Diagnoses),
            Self::Diagnoses | Self::Controls => Some(Self::ApplicationsReceived),
            Self::Members
            | Self::Invitations
            | Self::ApplicationsSent
            | Self::Accompaniments
            | Self::Posts
            | Self::Prolongations
            | Self::Suspensions
            | Self::Brand
            | Self::Description
            | Self::Searchable
            | Self::Phone => None,
        }
    }

    /// Whether it is what a company says of itself: copied over what the target says, so that it is asked for, never presumed.
    pub const fn is_said(self) -> bool {
        match self {
            Self::Brand | Self::Description | Self::Searchable | Self::Phone => true,
            Self::Members
            | Self::Invitations
            | Self::ApplicationsReceived
            | Self::ApplicationsSent
            | Self::Diagnoses
            | Self::Accompaniments
            | Self::Posts
            | Self::Controls
            | Self::Prolongations
            | Self::Suspensions => false,
        }
    }

    /// Those that may move between these two.
    pub fn fitting(source: PartyKind, target: PartyKind) -> BTreeSet<Self> {
        Self::ALL.iter().copied().filter(|one| one.fit(source, target) == Fit::Fits).collect()
    }
}
