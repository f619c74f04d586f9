//! For whom an announcement is.

use crate::Actor;
use crate::actor::PrescriberActor;
use crate::code::code;

code! {
    /// Who reads pages, by what they do here.
    ReaderKind {
        Candidate = "candidate", "Candidats";
        Prescriber = "prescriber", "Prescripteurs habilités";
        Orienter = "orienter", "Orienteurs";
        Employer = "employer", "Employeurs";
        Inspector = "inspector", "Agents de l’État (DDETS)";
        Staff = "staff", "Équipe du service";
    }
}

/// For whom an announcement is: everybody, when nothing narrows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audience {
    /// What they do here, any of these; none: whatever they do, visitors without account too.
    pub kinds: Vec<ReaderKind>,
    /// The codes of the départements, any of these; none: all of them.
    pub departments: Vec<String>,
}

/// Who reads a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reader<'a> {
    /// What they do here; none for visitors, and for professionals who act for no organisation.
    pub kind: Option<ReaderKind>,
    /// The département of the organisation they act for, or of the candidate.
    pub department: Option<&'a str>,
}

impl ReaderKind {
    /// What an actor is; none for the service itself.
    pub const fn of(actor: &Actor) -> Option<Self> {
        Some(match actor {
            Actor::Candidate(_) => Self::Candidate,
            Actor::Prescriber(PrescriberActor { authorised: true, .. }) => Self::Prescriber,
            Actor::Prescriber(PrescriberActor { authorised: false, .. }) => Self::Orienter,
            Actor::Employer(_) => Self::Employer,
            Actor::Inspector(_) => Self::Inspector,
            Actor::Staff(_) => Self::Staff,
            Actor::System => return None,
        })
    }
}

impl Audience {
    /// Whether nothing narrows it: visitors read it too.
    pub const fn is_everybody(&self) -> bool {
        self.kinds.is_empty() && self.departments.is_empty()
    }

    /// Whether this reader is of it.
    pub fn includes(&self, reader: &Reader<'_>) -> bool {
        let is_of_kind = self.kinds.is_empty() || reader.kind.is_some_and(|kind| self.kinds.contains(&kind));
        let is_there = self.departments.is_empty()
            || reader.department.is_some_and(|of| self.departments.iter().any(|code| code == of));
        is_of_kind && is_there
    }
}
