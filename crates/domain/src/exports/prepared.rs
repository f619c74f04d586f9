//! An export too long to be waited for: prepared by the worker, for whoever asked for it alone.

use chrono::TimeDelta;

use super::{ExportChange, ExportEvent};
use crate::Changed;
use crate::actor::ActorRecord;
use crate::code::code;
use crate::ids::ExportId;

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
    /// The file is there.
    Ready,
    /// Who asked may no longer read the list, or no longer acts for the same organisation.
    Denied,
}

impl Ended {
    /// The state kept.
    pub const fn state(self) -> ExportState {
        match self {
            Self::Ready => ExportState::Ready,
            Self::Denied => ExportState::Denied,
        }
    }
}

/// Whether this is the one person an export is for, acting for what they acted for when they asked. To anyone else it
/// does not exist, their colleagues included: what a view holds is what its reader may see.
pub fn may_take(actor: ActorRecord, owner: ActorRecord) -> bool {
    actor.user.is_some() && (actor.user, actor.organisation) == (owner.user, owner.organisation)
}

/// The preparation of an export ends.
pub fn end(export: ExportId, ended: Ended) -> Changed<Ended> {
    let change = match ended {
        Ended::Ready => ExportChange::Ready,
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
