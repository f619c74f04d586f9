//! An organisation that was not known is signed up by whoever will administer it (SGN-10 to SGN-14, SGN-16, PRE-6).

use super::is_professional;
use crate::Changed;
use crate::directory::Position;
use crate::ids::{OrganisationId, UserId};
use crate::organisations::invitations::Guest;
use crate::organisations::members::JoinRefused;
use crate::organisations::{
    AuthorisationStatus, CompanyKind, OrganisationChange, OrganisationEvent, OrganisationName,
    PrescriberKind, Profile, Seat, Siret, Website,
};
use crate::text::{Email, PhoneNumber, folded};

/// Where an organisation is, as SIRENE says it, or whoever signs it up.
#[derive(Debug, Clone, PartialEq)]
pub struct Whereabouts {
    /// Number and street; SIRENE knows places without any.
    pub line_1: String,
    /// Complement of the address.
    pub line_2: String,
    /// Five digits.
    pub post_code: String,
    /// Name of the commune.
    pub city: String,
    /// Its département: of the commune where it is known (D23).
    pub department: Option<String>,
    /// Where the commune is, when it is known: none is tolerated of what SIRENE says (ORG-6).
    pub position: Option<Position>,
}

impl From<Seat> for Whereabouts {
    fn from(seat: Seat) -> Self {
        let Seat { line_1, line_2, post_code, city, department, position } = seat;
        Self {
            line_1: line_1.as_str().to_owned(),
            line_2: line_2.map(|line| line.as_str().to_owned()).unwrap_or_default(),
            post_code,
            city,
            department: Some(department),
            position: Some(position),
        }
    }
}

/// What an organisation is called, where it is, how it is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// Its SIRET.
    pub siret: Siret,
    /// Its name.
    pub name: OrganisationName,
    /// Where it is.
    pub seat: Whereabouts,
    /// Its phone, when whoever signs it up gave one.
    pub phone: Option<PhoneNumber>,
    /// Its public address.
    pub email: Option<Email>,
    /// Its web site.
    pub website: Option<Website>,
}

impl Identity {
    /// As whoever signs it up says it, SIRENE having nothing to say.
    pub fn typed(siret: Siret, profile: Profile) -> Self {
        let Profile { name, seat, phone, email, website, presentation: _ } = profile;
        Self { siret, name, seat: seat.into(), phone, email, website }
    }
}

/// What an organisation that is signed up is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature {
    /// A prescriber organisation, whose authorisation is to be validated, or is not needed.
    Prescriber {
        /// Its kind.
        kind: PrescriberKind,
        /// Where its authorisation stands.
        authorisation: AuthorisationStatus,
    },
    /// An OPCS, which nobody finds before the team verified it (SGN-16).
    Facilitator {
        /// Where its first administrator is reached: root of trust of those who follow (CMP-6).
        auth_email: Option<Email>,
    },
}

impl Nature {
    /// The code of its kind, within its family.
    pub const fn kind_code(&self) -> &'static str {
        match self {
            Self::Prescriber { kind, .. } => kind.code(),
            Self::Facilitator { .. } => CompanyKind::Opcs.code(),
        }
    }
}

/// An organisation to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOrganisation {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called, where it is.
    pub identity: Identity,
    /// What it is.
    pub nature: Nature,
    /// Who signs it up.
    pub by: UserId,
}

/// Why an organisation is not signed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FoundingRefused {
    /// Only a professional signs one up (SGN-6, DEC).
    #[error("only a professional signs an organisation up")]
    NotProfessional,
    /// Nobody picks this kind at sign-up (SGN-14, DEC).
    #[error("the kind is not for sign-up")]
    Kind,
    /// One of this SIRET and kind exists: signed up a moment ago, maybe (SGN-12, CMP-4, PRE-3).
    #[error("an organisation of this SIRET and kind exists")]
    Taken,
}

/// Joining says the same of their account.
impl From<JoinRefused> for FoundingRefused {
    fn from(refused: JoinRefused) -> Self {
        match refused {
            JoinRefused::NotProfessional => Self::NotProfessional,
        }
    }
}

impl PrescriberKind {
    /// Whether somebody may pick the kind at sign-up (rule book 01 §4.1): agencies of France Travail are joined by their code,
    /// the prefect alone authorises an OHPD.
    pub const fn is_for_sign_up(self) -> bool {
        match self {
            Self::Ft | Self::Ocasf | Self::Ohpd => false,
            Self::Afpa
            | Self::Ase
            | Self::Caarud
            | Self::Cada
            | Self::Caf
            | Self::CapEmploi
            | Self::Cava
            | Self::Ccas
            | Self::Chrs
            | Self::Chu
            | Self::Cidff
            | Self::Cph
            | Self::Csapa
            | Self::Dept
            | Self::E2c
            | Self::Epide
            | Self::Huda
            | Self::Ml
            | Self::Msa
            | Self::Oacas
            | Self::Odc
            | Self::Oil
            | Self::Pension
            | Self::PijBij
            | Self::Pjj
            | Self::Plie
            | Self::Prevention
            | Self::RsFjt
            | Self::Spip
            | Self::Other => true,
        }
    }

    /// The kinds somebody may pick at sign-up: by label, « Autre » last (PRE-1).
    pub fn for_sign_up() -> Vec<Self> {
        let mut kinds: Vec<Self> = Self::ALL.iter().copied().filter(|kind| kind.is_for_sign_up()).collect();
        kinds.sort_by_cached_key(|kind| (*kind == Self::Other, folded(kind.label())));
        kinds
    }
}

/// Signs a prescriber organisation up: the team validates its authorisation, unless it says that it is « Autre » and holds no
/// order of the prefect (PRE-6).
pub fn prescriber(
    id: OrganisationId,
    identity: Identity,
    (kind, has_order): (PrescriberKind, bool),
    by: &Guest,
) -> Result<Changed<NewOrganisation>, FoundingRefused> {
    if !kind.is_for_sign_up() {
        return Err(FoundingRefused::Kind);
    }
    let needs_none = kind == PrescriberKind::Other && !has_order;
    let authorisation =
        if needs_none { AuthorisationStatus::NotRequired } else { AuthorisationStatus::NotSet };
    founded(id, identity, Nature::Prescriber { kind, authorisation }, by)
}

/// Signs a facilitator of the social clauses up: an OPCS that is not active before the team verified it (SGN-16).
pub fn facilitator(
    id: OrganisationId,
    identity: Identity,
    by: &Guest,
) -> Result<Changed<NewOrganisation>, FoundingRefused> {
    founded(id, identity, Nature::Facilitator { auth_email: by.email.clone() }, by)
}

fn founded(
    id: OrganisationId,
    identity: Identity,
    nature: Nature,
    by: &Guest,
) -> Result<Changed<NewOrganisation>, FoundingRefused> {
    if !is_professional(by) {
        return Err(FoundingRefused::NotProfessional);
    }
    let authorisation = match &nature {
        Nature::Prescriber { authorisation, .. } => Some(*authorisation),
        Nature::Facilitator { .. } => None,
    };
    let change = OrganisationChange::SignedUp { user: by.user, authorisation };
    let event = OrganisationEvent { organisation: id, change };
    Ok(Changed::new(NewOrganisation { id, identity, nature, by: by.user }, event))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::tests::guest;
    use super::*;
    use crate::accounts::UserKind;
    use crate::organisations::profile::tests::profile;

    fn identity() -> Identity {
        Identity::typed(Siret::parse("26570067200016").unwrap(), profile())
    }

    fn signed_up(kind: PrescriberKind, has_order: bool) -> Result<Nature, FoundingRefused> {
        let by = guest(UserKind::Professional, "nadia.petit@exemple.fr");
        let id = OrganisationId(Uuid::from_u128(1));
        prescriber(id, identity(), (kind, has_order), &by).map(|new| new.into_parts().0.nature)
    }

    #[test]
    fn the_team_validates_what_is_signed_up_but_for_who_needs_no_authorisation() {
        use AuthorisationStatus::{NotRequired, NotSet};
        for (kind, has_order, expected) in [
            (PrescriberKind::Ml, false, NotSet),
            (PrescriberKind::Ml, true, NotSet),
            (PrescriberKind::Other, true, NotSet),
            (PrescriberKind::Other, false, NotRequired),
        ] {
            let nature = Nature::Prescriber { kind, authorisation: expected };
            assert_eq!(signed_up(kind, has_order), Ok(nature), "PRE-6: {kind}");
        }
    }

    #[test]
    fn agencies_and_whoever_the_prefect_authorises_are_not_picked() {
        for kind in [PrescriberKind::Ft, PrescriberKind::Ocasf, PrescriberKind::Ohpd] {
            assert_eq!(signed_up(kind, true), Err(FoundingRefused::Kind), "SGN-14: {kind}");
        }
        let kinds = PrescriberKind::for_sign_up();
        assert_eq!(kinds.len(), PrescriberKind::ALL.len() - 3);
        assert_eq!(kinds.first(), Some(&PrescriberKind::Afpa), "PRE-1");
        assert_eq!(kinds.last(), Some(&PrescriberKind::Other), "PRE-1");
        let labels: Vec<String> = kinds.iter().map(|kind| folded(kind.label())).collect();
        let (_, by_label) = labels.split_last().unwrap();
        assert!(by_label.is_sorted(), "PRE-1: {by_label:?}");
    }

    #[test]
    fn only_professionals_sign_up_an_organisation() {
        let id = OrganisationId(Uuid::from_u128(1));
        for kind in [UserKind::JobSeeker, UserKind::Staff] {
            let by = guest(kind, "amel@exemple.fr");
            let refused = Err(FoundingRefused::NotProfessional);
            let asked = (PrescriberKind::Ml, false);
            assert_eq!(prescriber(id, identity(), asked, &by).map(drop), refused, "SGN-6");
            assert_eq!(facilitator(id, identity(), &by).map(drop), refused, "SGN-6");
        }
    }

    #[test]
    fn a_facilitator_is_reached_where_whoever_signs_up_is() {
        let by = guest(UserKind::Professional, "nadia.petit@exemple.fr");
        let new = facilitator(OrganisationId(Uuid::from_u128(1)), identity(), &by).unwrap();
        let nature = Nature::Facilitator { auth_email: Email::parse("nadia.petit@exemple.fr").ok() };
        assert_eq!(new.value().nature, nature, "SGN-16");
    }
}
