//! An export too long to be waited for: prepared by the worker, for whoever asked for it alone.

use chrono::TimeDelta;

use super::{Export, ExportChange, ExportEvent};
use crate::code::code;
use crate::ids::{ExportId, OrganisationId, UserId};
use crate::{Actor, Changed};

/// How long a prepared file may be taken away.
pub const KEPT: TimeDelta = TimeDelta::days(7);

code! {
    /// Where a prepared export stands.
    ExportState {
        Preparing = "preparing", "En préparation";
        Ready = "ready", "Prêt";
        Denied = "denied", "Refusé";
    }
}

/// How the preparation of an export ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The file is there, with so many rows.
    Ready {
        /// How many.
        rows: i64,
    },
    /// Who asked may no longer read the list, or no longer in the same capacity.
    Denied,
}

impl Ended {
    /// The state kept.
    pub const fn state(self) -> ExportState {
        match self {
            Self::Ready { .. } => ExportState::Ready,
            Self::Denied => ExportState::Denied,
        }
    }
}

/// The one person an export is for, in the capacity in which they asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The person.
    pub user: UserId,
    /// What they act for.
    pub organisation: Option<OrganisationId>,
    /// What gives them their rights there: an administrator no longer one, a prescriber no longer authorised, is in
    /// another capacity.
    pub capacity: String,
}

impl Owner {
    /// Whoever acts; nobody for the system.
    pub fn of(actor: &Actor) -> Option<Self> {
        let capacity = match actor {
            Actor::Candidate(_) => "candidate".to_owned(),
            Actor::Prescriber(a) => format!("prescriber authorised={} admin={}", a.authorised, a.is_admin),
            Actor::Employer(a) => format!("employer {} admin={}", a.kind.code(), a.is_admin),
            Actor::Inspector(a) => {
                format!("inspector {} {}", a.kind.code(), a.department.as_deref().unwrap_or_default())
            }
            Actor::Staff(a) => {
                let groups: Vec<&str> = a.groups.iter().map(|group| group.code()).collect();
                format!("staff superuser={} {}", a.is_superuser, groups.join(" "))
            }
            Actor::System => return None,
        };
        let record = actor.record();
        Some(Self { user: record.user?, organisation: record.organisation, capacity })
    }
}

/// Whether an export is for this actor. To anyone else it does not exist, their colleagues included: what a view holds
/// is what its reader may see, and may see still.
pub fn may_take(actor: &Actor, owner: &Owner) -> bool {
    Owner::of(actor).as_ref() == Some(owner)
}

/// Someone asks for an export that will be prepared.
pub fn ask(export: Export) -> Changed<Export> {
    export.told(ExportChange::Asked)
}

/// The preparation of an export ends.
pub fn end(export: ExportId, ended: Ended) -> Changed<Ended> {
    let change = match ended {
        Ended::Ready { rows } => ExportChange::Ready { rows },
        Ended::Denied => ExportChange::Denied,
    };
    Changed::new(ended, ExportEvent { export, change })
}

/// Its owner takes the file away.
pub fn download(export: ExportId) -> Changed<ExportId> {
    Changed::new(export, ExportEvent { export, change: ExportChange::Downloaded })
}

/// Its time is over ([`KEPT`]).
pub fn expire(export: ExportId) -> Changed<ExportId> {
    Changed::new(export, ExportEvent { export, change: ExportChange::Expired })
}
