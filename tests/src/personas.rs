//! Who tests sign in as.

use iae_domain::ids::{OrganisationId, UserId};

use crate::world;

/// A person of the tests' world, with one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Persona {
    /// A candidate whose file was made by the prescriber.
    Candidate,
    /// A candidate whose file was made by the other prescriber.
    OtherCandidate,
    /// A member of an organisation without authorisation.
    Orienter,
    /// A member of an authorised organisation: prescripteur habilité.
    Prescriber,
    /// An administrator of the same organisation.
    PrescriberAdmin,
    /// A prescripteur habilité of another organisation.
    OtherPrescriber,
    /// A member of an ACI.
    Employer,
    /// A member of an EI.
    OtherEmployer,
    /// An administrator of the ACI.
    EmployerAdmin,
    /// A member of a GEIQ, which is no SIAE.
    GeiqEmployer,
    /// A professional whose only membership, in the ACI, was ended.
    DeactivatedMember,
    /// A professional who never joined an organisation.
    NoOrganisation,
    /// A member of the EI and of the prescriber's organisation.
    MultiOrganisation,
    /// An agent of the DDETS of Moselle.
    Inspector,
    /// An agent of the DDETS of Meurthe-et-Moselle.
    OtherInspector,
    /// A member of the platform's team.
    Staff,
}

impl Persona {
    /// Everyone, from the least to the most privileged.
    pub const ALL: &'static [Self] = &[
        Self::Candidate,
        Self::OtherCandidate,
        Self::NoOrganisation,
        Self::DeactivatedMember,
        Self::Orienter,
        Self::OtherPrescriber,
        Self::Prescriber,
        Self::PrescriberAdmin,
        Self::GeiqEmployer,
        Self::OtherEmployer,
        Self::Employer,
        Self::EmployerAdmin,
        Self::MultiOrganisation,
        Self::OtherInspector,
        Self::Inspector,
        Self::Staff,
    ];

    /// The account.
    pub const fn user(self) -> UserId {
        match self {
            Self::Candidate => UserId(world::CANDIDATE.0),
            Self::OtherCandidate => UserId(world::OTHER_CANDIDATE.0),
            Self::Orienter => world::ORIENTER,
            Self::Prescriber => world::PRESCRIBER,
            Self::PrescriberAdmin => world::PRESCRIBER_ADMIN,
            Self::OtherPrescriber => world::OTHER_PRESCRIBER,
            Self::Employer => world::EMPLOYER,
            Self::OtherEmployer => world::OTHER_EMPLOYER,
            Self::EmployerAdmin => world::EMPLOYER_ADMIN,
            Self::GeiqEmployer => world::GEIQ_EMPLOYER,
            Self::DeactivatedMember => world::DEACTIVATED_MEMBER,
            Self::NoOrganisation => world::NO_ORGANISATION,
            Self::MultiOrganisation => world::MULTI_ORGANISATION,
            Self::Inspector => world::INSPECTOR,
            Self::OtherInspector => world::OTHER_INSPECTOR,
            Self::Staff => world::STAFF,
        }
    }

    /// Their address.
    pub fn email(self) -> &'static str {
        world::email_of(self.user())
    }

    /// The organisation they act for when they sign in.
    pub const fn organisation(self) -> Option<OrganisationId> {
        match self {
            Self::Orienter => Some(world::ASSOCIATION),
            Self::Prescriber | Self::PrescriberAdmin => Some(world::MISSION_LOCALE),
            Self::OtherPrescriber => Some(world::CCAS),
            Self::Employer | Self::EmployerAdmin => Some(world::ACI),
            Self::OtherEmployer | Self::MultiOrganisation => Some(world::EI),
            Self::GeiqEmployer => Some(world::GEIQ),
            Self::Inspector => Some(world::DDETS_57),
            Self::OtherInspector => Some(world::DDETS_54),
            Self::Candidate
            | Self::OtherCandidate
            | Self::DeactivatedMember
            | Self::NoOrganisation
            | Self::Staff => None,
        }
    }
}
