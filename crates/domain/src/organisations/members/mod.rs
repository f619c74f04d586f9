//! Who acts for an organisation, and who administers it (rule book 01 §6).

mod admin_request;
mod closing;
mod departure;
mod event;
mod join;
mod leaving;
mod reminder;
mod role;

use chrono::{DateTime, Utc};

use crate::ids::{MembershipId, OrganisationId, UserId};

pub use admin_request::{
    ADMIN_REQUEST_LASTS, AdminRequest, AdminRequestRefused, ask_to_administer, take_over,
};
pub use closing::close;
pub use departure::{
    Departure, DepartureRefused, Followed, Handed, Held, Holdings, Leaver, depart, depart_by_team,
};
pub use event::{AdminCause, MemberChange, MemberEvent};
pub use join::{JoinRefused, Joined, Joining, Road, add_or_activate};
pub use leaving::{DEPARTURE_ASKED_AGAIN, DepartureAsked, LeavingRefused, ask_to_leave, withdraw_departure};
pub use reminder::{REVIEWED_EVERY, Reviewed, automatic_admin, remind_to_review};
pub use role::{MemberRefused, change_role, change_role_by_team};

/// The membership of somebody in an organisation: never deleted, it says who handled what (MEM-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// Who.
    pub user: UserId,
    /// Where.
    pub organisation: OrganisationId,
    /// Whether they administer it; nobody does who left.
    pub is_admin: bool,
    /// Whether they are still there.
    pub is_active: bool,
    /// When they came, the last time.
    pub joined_at: DateTime<Utc>,
    /// When it last changed: what a form was made from (D32).
    pub updated_at: DateTime<Utc>,
}

impl Membership {
    /// What happened to it.
    const fn event(&self, change: MemberChange) -> MemberEvent {
        MemberEvent { organisation: self.organisation, change }
    }
}
