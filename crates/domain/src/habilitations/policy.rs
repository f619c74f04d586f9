//! Who asks for a habilitation, who instructs it, who reads its pieces: the organisation, the DDETS of its département, and the team, which
//! acts in the place of a DDETS that has no active member. What one may not see does not exist.

use crate::Actor;
use crate::actor::{ActorRecord, InspectorActor, PrescriberActor, StaffActor};
use crate::ids::OrganisationId;
use crate::organisations::InstitutionKind;
use crate::policy::Denied;
use crate::staff::{StaffRight, ensure};

/// Who instructs requests: a DDETS IAE with its département, or the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instructor {
    /// A member of a DDETS IAE, and its département.
    Ddets(InspectorActor, String),
    /// A member of the team who reads organisations (STF-1).
    Team(StaffActor),
}

impl TryFrom<Actor> for Instructor {
    type Error = Denied;

    fn try_from(actor: Actor) -> Result<Self, Denied> {
        match actor {
            Actor::Inspector(inspector) if inspector.kind == InstitutionKind::DdetsIae => {
                let department = inspector.department.clone().ok_or(Denied::Role)?;
                Ok(Self::Ddets(inspector, department))
            }
            Actor::Staff(staff) => {
                ensure(&staff, StaffRight::ReadOrganisations)?;
                Ok(Self::Team(staff))
            }
            Actor::Inspector(_)
            | Actor::Candidate(_)
            | Actor::Prescriber(_)
            | Actor::Employer(_)
            | Actor::System => Err(Denied::Role),
        }
    }
}

impl From<Instructor> for Actor {
    fn from(instructor: Instructor) -> Self {
        match instructor {
            Instructor::Ddets(inspector, _) => Self::Inspector(inspector),
            Instructor::Team(staff) => Self::Staff(staff),
        }
    }
}

impl From<Instructor> for ActorRecord {
    fn from(instructor: Instructor) -> Self {
        Actor::from(instructor).record()
    }
}

impl Instructor {
    /// The département whose requests are listed; every one of them for the team.
    pub fn department(&self) -> Option<&str> {
        match self {
            Self::Ddets(_, department) => Some(department),
            Self::Team(_) => None,
        }
    }

    /// Whether the requests of this département exist for the reader.
    pub fn reads(&self, department: &str) -> bool {
        self.department().is_none_or(|own| own == department)
    }

    /// Whether they enter an order made without the platform: a DDETS, and whoever of the team changes organisations (D15, STF-1).
    pub fn records(&self) -> Result<(), Denied> {
        match self {
            Self::Ddets(..) => Ok(()),
            Self::Team(staff) => ensure(staff, StaffRight::ChangeOrganisations),
        }
    }

    /// Whether they instruct them: whoever of the team changes organisations does where nobody of the DDETS can (STF-1).
    pub fn instructs(&self, department: &str, has_ddets: bool) -> Result<(), Denied> {
        let may = match self {
            Self::Ddets(_, own) => own == department,
            Self::Team(staff) => !has_ddets && staff.holds(StaffRight::ChangeOrganisations),
        };
        if may { Ok(()) } else { Err(Denied::Role) }
    }
}

/// The members of an organisation ask for it.
pub const fn apply(actor: &PrescriberActor) -> OrganisationId {
    actor.organisation
}

/// Who reads a piece: the members of the organisation that gave it, the DDETS of its département, the team. A draft is its authors' alone.
pub fn read_piece(actor: &Actor, organisation: OrganisationId, department: &str, is_submitted: bool) -> bool {
    match actor {
        Actor::Prescriber(prescriber) => apply(prescriber) == organisation,
        Actor::Inspector(_) | Actor::Staff(_) => {
            let instructor = Instructor::try_from(actor.clone());
            is_submitted && instructor.is_ok_and(|instructor| instructor.reads(department))
        }
        Actor::Candidate(_) | Actor::Employer(_) | Actor::System => false,
    }
}
