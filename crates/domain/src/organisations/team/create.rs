//! An organisation that the team creates: a company that the flow of the paying agency does not bring yet, a prescriber organisation, an
//! institution (CMP-13, INS-1, rule book 01 §13).

use super::{TeamCard, TeamRefused};
use crate::Changed;
use crate::ids::{ConventionId, OrganisationId};
use crate::organisations::{
    AuthorisationStatus, CompanyKind, CompanySource, InstitutionKind, InstitutionLevel, OrganisationChange,
    OrganisationEvent, OrganisationFamily, PrescriberKind, Siret,
};
use crate::text::Email;

/// A convention that a company would be attached to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundConvention {
    /// The convention.
    pub id: ConventionId,
    /// Its number at the paying agency.
    pub asp_id: i32,
    /// The SIRET that signed it.
    pub siret_signature: Siret,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreateCommand {
    /// A company.
    Company {
        /// Its SIRET.
        siret: Siret,
        /// Its kind, for good.
        kind: CompanyKind,
        /// Its official address: root of trust of the first sign-up (CMP-6).
        auth_email: Option<Email>,
        /// Number of its convention at the paying agency.
        convention: Option<i32>,
    },
    /// A prescriber organisation.
    Prescriber {
        /// Its SIRET.
        siret: Siret,
        /// Its kind.
        kind: PrescriberKind,
    },
    /// An institution, which has no SIRET (INS-2).
    Institution {
        /// Its kind, for good.
        kind: InstitutionKind,
    },
}

/// What an organisation is, once the rules looked at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamNature {
    /// A company.
    Company {
        /// Its SIRET.
        siret: Siret,
        /// Its kind.
        kind: CompanyKind,
        /// Where it comes from (CMP-13).
        source: CompanySource,
        /// Its convention.
        convention: Option<ConventionId>,
        /// Its official address.
        auth_email: Option<Email>,
    },
    /// A prescriber organisation.
    Prescriber {
        /// Its SIRET.
        siret: Siret,
        /// Its kind.
        kind: PrescriberKind,
        /// Where its authorisation stands (PRE-6).
        authorisation: AuthorisationStatus,
    },
    /// An institution.
    Institution {
        /// Its kind.
        kind: InstitutionKind,
    },
}

impl TeamNature {
    /// Its family.
    pub const fn family(&self) -> OrganisationFamily {
        match self {
            Self::Company { .. } => OrganisationFamily::Company,
            Self::Prescriber { .. } => OrganisationFamily::Prescriber,
            Self::Institution { .. } => OrganisationFamily::Institution,
        }
    }

    /// The code of its kind, within its family.
    pub const fn kind_code(&self) -> &'static str {
        match self {
            Self::Company { kind, .. } => kind.code(),
            Self::Prescriber { kind, .. } => kind.code(),
            Self::Institution { kind } => kind.code(),
        }
    }

    /// Its SIRET, when it has one.
    pub const fn siret(&self) -> Option<&Siret> {
        match self {
            Self::Company { siret, .. } | Self::Prescriber { siret, .. } => Some(siret),
            Self::Institution { .. } => None,
        }
    }
}

/// An organisation to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewByTeam {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called, where it is.
    pub card: TeamCard,
    /// What it is.
    pub nature: TeamNature,
}

/// Creates an organisation; whether another one is there is for the database to say. `found` is the convention of the number that is
/// asked, among those of the kind.
pub fn create(
    id: OrganisationId,
    card: TeamCard,
    command: CreateCommand,
    found: Option<&FoundConvention>,
) -> Result<Changed<NewByTeam>, TeamRefused> {
    let (nature, authorisation, convention) = match command {
        CreateCommand::Company { siret, kind, auth_email, convention } => {
            let convention = attachable(kind, &siret, convention, found)?;
            let source = source_of(CompanySource::StaffCreated, convention);
            (TeamNature::Company { siret, kind, source, convention, auth_email }, None, convention)
        }
        CreateCommand::Prescriber { siret, kind } => {
            if kind == PrescriberKind::Ft {
                return Err(TeamRefused::FranceTravail);
            }
            let needs_none = kind == PrescriberKind::Other;
            let authorisation =
                if needs_none { AuthorisationStatus::NotRequired } else { AuthorisationStatus::NotSet };
            (TeamNature::Prescriber { siret, kind, authorisation }, Some(authorisation), None)
        }
        CreateCommand::Institution { kind } => {
            ensure_located(kind, &card)?;
            (TeamNature::Institution { kind }, None, None)
        }
    };
    let change = OrganisationChange::CreatedByTeam { authorisation, convention };
    let event = OrganisationEvent { organisation: id, change };
    Ok(Changed::new(NewByTeam { id, card, nature }, event))
}

/// An institution of a département or of a région is of one (rule book 01 §5).
pub(super) fn ensure_located(kind: InstitutionKind, card: &TeamCard) -> Result<(), TeamRefused> {
    match kind.level() {
        InstitutionLevel::Department | InstitutionLevel::Region if card.department().is_none() => {
            Err(TeamRefused::Department)
        }
        InstitutionLevel::Department
        | InstitutionLevel::Region
        | InstitutionLevel::Country
        | InstitutionLevel::Elsewhere => Ok(()),
    }
}

/// The convention that a company may be attached to: of its kind, signed by its legal unit (CMP-8).
pub(super) fn attachable(
    kind: CompanyKind,
    siret: &Siret,
    asked: Option<i32>,
    found: Option<&FoundConvention>,
) -> Result<Option<ConventionId>, TeamRefused> {
    let Some(number) = asked else { return Ok(None) };
    if !kind.is_siae() {
        return Err(TeamRefused::NoConvention);
    }
    let found = found.filter(|found| found.asp_id == number).ok_or(TeamRefused::UnknownConvention)?;
    if found.siret_signature.siren() != siret.siren() {
        return Err(TeamRefused::OtherSiren);
    }
    Ok(Some(found.id))
}

/// CMP-13: a company of the team to which a convention is attached is one of its users.
pub(super) fn source_of(source: CompanySource, convention: Option<ConventionId>) -> CompanySource {
    match source {
        CompanySource::StaffCreated if convention.is_some() => CompanySource::UserCreated,
        CompanySource::StaffCreated
        | CompanySource::UserCreated
        | CompanySource::Asp
        | CompanySource::Geiq => source,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::organisations::profile::tests::profile;

    fn card(department: Option<&str>) -> TeamCard {
        let profile = profile();
        TeamCard {
            name: profile.name,
            brand: None,
            seat: department.is_some().then_some(profile.seat),
            department: None,
            phone: None,
            email: None,
            website: None,
        }
    }

    fn siret() -> Siret {
        Siret::parse("38012345600029").unwrap()
    }

    fn convention(signature: &str) -> FoundConvention {
        let siret_signature = Siret::parse(signature).unwrap();
        FoundConvention { id: ConventionId(Uuid::from_u128(2)), asp_id: 5701, siret_signature }
    }

    fn created(
        command: CreateCommand,
        found: Option<&FoundConvention>,
        department: Option<&str>,
    ) -> Result<TeamNature, TeamRefused> {
        let id = OrganisationId(Uuid::from_u128(1));
        create(id, card(department), command, found).map(|new| new.into_parts().0.nature)
    }

    fn company(kind: CompanyKind, convention: Option<i32>) -> CreateCommand {
        CreateCommand::Company { siret: siret(), kind, auth_email: None, convention }
    }

    /// CMP-8, CMP-13.
    #[test]
    fn a_company_of_the_team_is_one_of_its_users_once_a_convention_is_attached() {
        let (own, other) = (convention("38012345600011"), convention("39012345600012"));
        let source = |kind, asked, found| {
            created(company(kind, asked), found, Some("57")).map(|nature| match nature {
                TeamNature::Company { source, convention, .. } => (source, convention.is_some()),
                TeamNature::Prescriber { .. } | TeamNature::Institution { .. } => panic!("a company"),
            })
        };
        let aci = CompanyKind::Aci;
        assert_eq!(source(aci, None, None), Ok((CompanySource::StaffCreated, false)));
        assert_eq!(source(aci, Some(5701), Some(&own)), Ok((CompanySource::UserCreated, true)), "CMP-13");
        for (kind, asked, found, refused) in [
            (aci, Some(5701), None, TeamRefused::UnknownConvention),
            (aci, Some(5702), Some(&own), TeamRefused::UnknownConvention),
            (aci, Some(5701), Some(&other), TeamRefused::OtherSiren),
            (CompanyKind::Geiq, Some(5701), Some(&own), TeamRefused::NoConvention),
            (CompanyKind::Opcs, Some(5701), Some(&own), TeamRefused::NoConvention),
        ] {
            assert_eq!(source(kind, asked, found), Err(refused), "CMP-8: {kind}");
        }
    }

    /// PRE-6, PRE-17.
    #[test]
    fn the_right_of_a_prescriber_is_still_to_be_validated() {
        let status = |kind| {
            let command = CreateCommand::Prescriber { siret: siret(), kind };
            created(command, None, Some("57")).map(|nature| match nature {
                TeamNature::Prescriber { authorisation, .. } => authorisation,
                TeamNature::Company { .. } | TeamNature::Institution { .. } => panic!("a prescriber"),
            })
        };
        assert_eq!(status(PrescriberKind::Ml), Ok(AuthorisationStatus::NotSet));
        assert_eq!(
            status(PrescriberKind::Ohpd),
            Ok(AuthorisationStatus::NotSet),
            "its order gives the right"
        );
        assert_eq!(status(PrescriberKind::Other), Ok(AuthorisationStatus::NotRequired));
        assert_eq!(status(PrescriberKind::Ft), Err(TeamRefused::FranceTravail));
    }

    /// Rule book 01 §5.
    #[test]
    fn an_institution_is_of_a_departement_unless_it_is_of_the_country() {
        for (kind, department, is_refused) in [
            (InstitutionKind::DdetsIae, Some("57"), false),
            (InstitutionKind::DdetsIae, None, true),
            (InstitutionKind::DreetsIae, None, true),
            (InstitutionKind::DgefpIae, None, false),
            (InstitutionKind::Other, None, false),
        ] {
            let refused = created(CreateCommand::Institution { kind }, None, department).err();
            assert_eq!(refused, is_refused.then_some(TeamRefused::Department), "{kind}");
        }
    }
}
