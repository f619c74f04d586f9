//! Who acts. The kind of actor is in the type; whether they may act on one thing is in each `policy.rs`.
//!
//! A professional has no fixed role: the role comes from the organisation they have chosen in their session
//! (rule book 01 USR-2, 02 CTX-1). Every permission is evaluated on this acting context, on every request.

use std::ops::Deref;

use serde::Serialize;

use crate::ids::{CandidateId, OrganisationId, UserId};
use crate::organisations::{CompanyKind, InstitutionKind, PrescriberKind};
use crate::policy::Denied;
use crate::staff::{StaffGroup, StaffRight, rights};

/// A candidate acting for themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateActor {
    /// The account.
    pub user: UserId,
    /// The candidate, same value.
    pub candidate: CandidateId,
}

/// A member of a prescriber organisation: prescripteur habilité when it is authorised, else orienteur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrescriberActor {
    /// The account.
    pub user: UserId,
    /// The current organisation.
    pub organisation: OrganisationId,
    /// Its kind.
    pub kind: PrescriberKind,
    /// Whether its authorisation is validated today (PRE-11).
    pub authorised: bool,
    /// Whether the member administers it.
    pub is_admin: bool,
}

/// A member of a company that is active or in its grace period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerActor {
    /// The account.
    pub user: UserId,
    /// The current company.
    pub organisation: OrganisationId,
    /// Its kind.
    pub kind: CompanyKind,
    /// Whether the member administers it.
    pub is_admin: bool,
}

/// A member of a State institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectorActor {
    /// The account.
    pub user: UserId,
    /// The current institution.
    pub organisation: OrganisationId,
    /// Its kind.
    pub kind: InstitutionKind,
    /// The département of a DDETS; none for the regional and national levels.
    pub department: Option<String>,
    /// Whether the member administers it.
    pub is_admin: bool,
}

/// A prescripteur habilité: a prescriber whose organisation is authorised, and nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorisedPrescriber(PrescriberActor);

impl AuthorisedPrescriber {
    /// The prescriber, when their organisation is authorised.
    pub fn of(prescriber: PrescriberActor) -> Result<Self, Denied> {
        if prescriber.authorised { Ok(Self(prescriber)) } else { Err(Denied::NotAuthorised) }
    }
}

impl Deref for AuthorisedPrescriber {
    type Target = PrescriberActor;

    fn deref(&self) -> &PrescriberActor {
        &self.0
    }
}

impl TryFrom<Actor> for AuthorisedPrescriber {
    type Error = Denied;

    fn try_from(actor: Actor) -> Result<Self, Denied> {
        Self::of(actor.try_into()?)
    }
}

impl From<AuthorisedPrescriber> for Actor {
    fn from(AuthorisedPrescriber(prescriber): AuthorisedPrescriber) -> Self {
        Self::Prescriber(prescriber)
    }
}

impl From<AuthorisedPrescriber> for ActorRecord {
    fn from(AuthorisedPrescriber(prescriber): AuthorisedPrescriber) -> Self {
        prescriber.into()
    }
}

/// A professional who accompanies or hires people: a prescriber, an orienteur or an employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Professional {
    /// An orienteur or a prescripteur habilité.
    Prescriber(PrescriberActor),
    /// A member of a company.
    Employer(EmployerActor),
}

impl TryFrom<Actor> for Professional {
    type Error = Denied;

    fn try_from(actor: Actor) -> Result<Self, Denied> {
        match actor {
            Actor::Prescriber(prescriber) => Ok(Self::Prescriber(prescriber)),
            Actor::Employer(employer) => Ok(Self::Employer(employer)),
            Actor::Candidate(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => Err(Denied::Role),
        }
    }
}

impl From<Professional> for Actor {
    fn from(professional: Professional) -> Self {
        match professional {
            Professional::Prescriber(prescriber) => Self::Prescriber(prescriber),
            Professional::Employer(employer) => Self::Employer(employer),
        }
    }
}

/// Who cancels a hire made by mistake: a member of the company, or of the team (rule book 03 §1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HireCanceller {
    /// A member of a company.
    Employer(EmployerActor),
    /// A member of the team.
    Team(StaffActor),
}

impl TryFrom<Actor> for HireCanceller {
    type Error = Denied;

    fn try_from(actor: Actor) -> Result<Self, Denied> {
        match actor {
            Actor::Employer(employer) => Ok(Self::Employer(employer)),
            Actor::Staff(staff) => Ok(Self::Team(staff)),
            Actor::Candidate(_) | Actor::Prescriber(_) | Actor::Inspector(_) | Actor::System => {
                Err(Denied::Role)
            }
        }
    }
}

impl From<HireCanceller> for Actor {
    fn from(canceller: HireCanceller) -> Self {
        match canceller {
            HireCanceller::Employer(employer) => Self::Employer(employer),
            HireCanceller::Team(staff) => Self::Staff(staff),
        }
    }
}

/// A professional as a member of the organisation they act for, whatever it is: its colleagues, its invitations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Colleague {
    /// An orienteur or a prescripteur habilité.
    Prescriber(PrescriberActor),
    /// A member of a company.
    Employer(EmployerActor),
    /// A member of an institution.
    Inspector(InspectorActor),
}

impl Colleague {
    /// The account.
    pub const fn user(&self) -> UserId {
        match self {
            Self::Prescriber(actor) => actor.user,
            Self::Employer(actor) => actor.user,
            Self::Inspector(actor) => actor.user,
        }
    }

    /// The current organisation.
    pub const fn organisation(&self) -> OrganisationId {
        match self {
            Self::Prescriber(actor) => actor.organisation,
            Self::Employer(actor) => actor.organisation,
            Self::Inspector(actor) => actor.organisation,
        }
    }

    /// Whether they administer it.
    pub const fn is_admin(&self) -> bool {
        match self {
            Self::Prescriber(actor) => actor.is_admin,
            Self::Employer(actor) => actor.is_admin,
            Self::Inspector(actor) => actor.is_admin,
        }
    }
}

impl TryFrom<Actor> for Colleague {
    type Error = Denied;

    fn try_from(actor: Actor) -> Result<Self, Denied> {
        match actor {
            Actor::Prescriber(prescriber) => Ok(Self::Prescriber(prescriber)),
            Actor::Employer(employer) => Ok(Self::Employer(employer)),
            Actor::Inspector(inspector) => Ok(Self::Inspector(inspector)),
            Actor::Candidate(_) | Actor::Staff(_) | Actor::System => Err(Denied::Role),
        }
    }
}

impl From<Colleague> for Actor {
    fn from(colleague: Colleague) -> Self {
        match colleague {
            Colleague::Prescriber(prescriber) => Self::Prescriber(prescriber),
            Colleague::Employer(employer) => Self::Employer(employer),
            Colleague::Inspector(inspector) => Self::Inspector(inspector),
        }
    }
}

impl From<Colleague> for ActorRecord {
    fn from(colleague: Colleague) -> Self {
        Actor::from(colleague).record()
    }
}

/// A member of the platform's team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffActor {
    /// The account.
    pub user: UserId,
    /// Whether they hold every right of the staff area.
    pub is_superuser: bool,
    /// The groups they are in, which give rights (STF-1).
    pub groups: Vec<StaffGroup>,
}

impl StaffActor {
    /// Whether they hold this right: by one of their groups, or because they hold every one (USR-6).
    pub fn holds(&self, right: StaffRight) -> bool {
        self.is_superuser || self.groups.iter().any(|group| rights(*group).contains(&right))
    }

    /// Whether they may see the account of somebody, and act on it: superusers are for superusers (STF-1).
    pub const fn may_see(&self, is_superuser: bool) -> bool {
        self.is_superuser || !is_superuser
    }
}

/// Anyone who can act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A candidate.
    Candidate(CandidateActor),
    /// An orienteur or a prescripteur habilité.
    Prescriber(PrescriberActor),
    /// A member of a company.
    Employer(EmployerActor),
    /// A member of a State institution.
    Inspector(InspectorActor),
    /// The platform's team.
    Staff(StaffActor),
    /// A job of the platform itself.
    System,
}

/// What the audit trail keeps of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ActorRecord {
    /// Kind of actor.
    pub kind: &'static str,
    /// Account, none for the system.
    pub user: Option<UserId>,
    /// Current organisation, none for candidates, staff and the system.
    pub organisation: Option<OrganisationId>,
}

impl Actor {
    /// The person, when they act for themselves.
    pub const fn candidate(&self) -> Option<CandidateId> {
        match self {
            Self::Candidate(own) => Some(own.candidate),
            Self::Prescriber(_) | Self::Employer(_) | Self::Inspector(_) | Self::Staff(_) | Self::System => {
                None
            }
        }
    }

    /// What the audit trail keeps.
    pub const fn record(&self) -> ActorRecord {
        match self {
            Self::Candidate(a) => ActorRecord { kind: "candidate", user: Some(a.user), organisation: None },
            Self::Prescriber(a) => {
                ActorRecord { kind: "prescriber", user: Some(a.user), organisation: Some(a.organisation) }
            }
            Self::Employer(a) => {
                ActorRecord { kind: "employer", user: Some(a.user), organisation: Some(a.organisation) }
            }
            Self::Inspector(a) => {
                ActorRecord { kind: "inspector", user: Some(a.user), organisation: Some(a.organisation) }
            }
            Self::Staff(a) => ActorRecord { kind: "staff", user: Some(a.user), organisation: None },
            Self::System => ActorRecord { kind: "system", user: None, organisation: None },
        }
    }
}

impl From<Actor> for ActorRecord {
    fn from(actor: Actor) -> Self {
        actor.record()
    }
}

macro_rules! into_actor {
    ($($actor:ident => $variant:ident),+) => { $(
        impl From<$actor> for Actor {
            fn from(actor: $actor) -> Self {
                Self::$variant(actor)
            }
        }

        impl TryFrom<Actor> for $actor {
            type Error = Denied;

            fn try_from(actor: Actor) -> Result<Self, Denied> {
                if let Actor::$variant(actor) = actor { Ok(actor) } else { Err(Denied::Role) }
            }
        }

        impl From<$actor> for ActorRecord {
            fn from(actor: $actor) -> Self {
                Actor::$variant(actor).record()
            }
        }
    )+ };
}

into_actor! {
    CandidateActor => Candidate, PrescriberActor => Prescriber, EmployerActor => Employer,
    InspectorActor => Inspector, StaffActor => Staff
}
