//! Antennas: secondary establishments under the convention of the company that adds them (rule book 01 §3.5).

use super::members::JoinRefused;
use super::{CompanyKind, OrganisationChange, OrganisationEvent, OrganisationName, Profile, Siret};
use crate::Changed;
use crate::ids::{ConventionId, OrganisationId};

/// The company that adds an antenna.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// Its id.
    pub id: OrganisationId,
    /// Its kind, that of the antenna as well: whatever a form says is ignored (CMP-20).
    pub kind: CompanyKind,
    /// Its SIRET.
    pub siret: Siret,
    /// What it is called.
    pub name: String,
    /// Its convention, shared with its antennas (CMP-21).
    pub convention: Option<ConventionId>,
    /// Whether it is active today: grace is not (rule book 01 §3.4).
    pub is_active: bool,
}

/// A secondary establishment to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAntenna {
    /// Its id.
    pub id: OrganisationId,
    /// Its SIRET.
    pub siret: Siret,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its convention.
    pub convention: Option<ConventionId>,
    /// Its official name.
    pub name: OrganisationName,
    /// What it says of itself.
    pub profile: Profile,
}

/// What is typed of an antenna.
#[derive(Debug, Clone, PartialEq)]
pub struct AntennaCommand {
    /// Its SIRET.
    pub siret: Siret,
    /// Its official name.
    pub name: OrganisationName,
    /// What it says of itself.
    pub profile: Profile,
}

/// Why an antenna is not added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AntennaRefused {
    /// Companies of this kind have none (CMP-19).
    #[error("companies of this kind have no antenna")]
    Kind,
    /// The company is not active today (CMP-19).
    #[error("the company is not active")]
    NotActive,
    /// An SIAE without convention has nothing to share (CMP-19, DEC).
    #[error("the company has no convention")]
    NoConvention,
    /// Its SIRET is of another legal unit (CMP-20).
    #[error("the SIRET is of another legal unit")]
    OtherSiren,
    /// A company of this SIRET and kind exists (CMP-4).
    #[error("a company of this SIRET and kind exists")]
    Taken,
    /// Only a professional administers it (MEM-1).
    #[error("only a professional administers an antenna")]
    NotProfessional,
}

impl From<JoinRefused> for AntennaRefused {
    fn from(refused: JoinRefused) -> Self {
        match refused {
            JoinRefused::NotProfessional => Self::NotProfessional,
        }
    }
}

impl CompanyKind {
    /// Whether companies of the kind add antennas (rule book 01 §3.1).
    pub const fn has_antennas(self) -> bool {
        match self {
            Self::Aci | Self::Ai | Self::Ei | Self::Eiti | Self::Etti | Self::Geiq => true,
            Self::Opcs => false,
        }
    }
}

impl Parent {
    /// Whether it may add antennas at all (CMP-19).
    pub fn may_add_antennas(&self) -> Result<(), AntennaRefused> {
        if !self.kind.has_antennas() {
            return Err(AntennaRefused::Kind);
        }
        if !self.is_active {
            return Err(AntennaRefused::NotActive);
        }
        if self.kind.is_siae() && self.convention.is_none() {
            return Err(AntennaRefused::NoConvention);
        }
        Ok(())
    }

    /// Adds an antenna (CMP-20, CMP-21); whether another company has its SIRET is for the database to say.
    pub fn add_antenna(
        &self,
        id: OrganisationId,
        AntennaCommand { siret, name, profile }: AntennaCommand,
    ) -> Result<Changed<NewAntenna>, AntennaRefused> {
        self.may_add_antennas()?;
        if siret.siren() != self.siret.siren() {
            return Err(AntennaRefused::OtherSiren);
        }
        if siret == self.siret {
            return Err(AntennaRefused::Taken);
        }
        let Self { kind, convention, .. } = *self;
        let change = OrganisationChange::AntennaCreated { parent: self.id };
        let event = OrganisationEvent { organisation: id, change };
        Ok(Changed::new(NewAntenna { id, siret, kind, convention, name, profile }, event))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::profile::tests::profile;
    use super::*;

    fn parent(kind: CompanyKind) -> Parent {
        Parent {
            id: OrganisationId(Uuid::from_u128(1)),
            kind,
            siret: Siret::parse("38012345600011").unwrap(),
            name: "Les Jardins".to_owned(),
            convention: kind.is_siae().then_some(ConventionId(Uuid::from_u128(2))),
            is_active: true,
        }
    }

    fn added(parent: &Parent, siret: &str) -> Result<NewAntenna, AntennaRefused> {
        let siret = Siret::parse(siret).unwrap();
        let name = OrganisationName::parse("Les Jardins d’Ars").unwrap();
        let command = AntennaCommand { siret, name, profile: profile() };
        let added = parent.add_antenna(OrganisationId(Uuid::from_u128(3)), command)?;
        Ok(added.into_parts().0)
    }

    #[test]
    fn an_antenna_is_of_its_parents_kind_and_convention() {
        let aci = parent(CompanyKind::Aci);
        let antenna = added(&aci, "38012345600029").unwrap();
        assert_eq!((antenna.kind, antenna.convention), (CompanyKind::Aci, aci.convention), "CMP-21");
        let geiq = added(&parent(CompanyKind::Geiq), "38012345600029").unwrap();
        assert_eq!(geiq.convention, None, "a GEIQ needs none");
    }

    #[test]
    fn who_may_add_none_is_told_why() {
        let aci = || parent(CompanyKind::Aci);
        let table = [
            (parent(CompanyKind::Opcs), "38012345600029", AntennaRefused::Kind),
            (Parent { is_active: false, ..aci() }, "38012345600029", AntennaRefused::NotActive),
            (Parent { convention: None, ..aci() }, "38012345600029", AntennaRefused::NoConvention),
            (aci(), "39012345600029", AntennaRefused::OtherSiren),
            (aci(), "38012345600011", AntennaRefused::Taken),
        ];
        for (parent, siret, refused) in table {
            assert_eq!(added(&parent, siret).map(drop), Err(refused), "CMP-19, CMP-20: {parent:?}");
        }
    }
}
