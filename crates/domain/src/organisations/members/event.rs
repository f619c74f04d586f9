//! What happens to the members of an organisation.

use serde::Serialize;

use super::{Handed, Road};
use crate::event::happenings;
use crate::ids::{AdminRequestId, MembershipId, OrganisationId, UserId};

/// Something happened to a member of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberEvent {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What happened.
    pub change: MemberChange,
}

/// What happened to a member of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum MemberChange {
    /// Somebody joined, or came back (MEM-3).
    Joined {
        /// Their membership.
        membership: MembershipId,
        /// Who.
        user: UserId,
        /// Whether they administer it.
        is_admin: bool,
        /// How they came.
        road: Road,
    },
    /// A member administers the organisation from now on.
    Promoted {
        /// Their membership.
        membership: MembershipId,
        /// Who.
        user: UserId,
        /// Why.
        because: AdminCause,
    },
    /// A member no longer administers it (MEM-8).
    Demoted {
        /// Their membership.
        membership: MembershipId,
        /// Who.
        user: UserId,
    },
    /// A member left, and what they held is in the hands of colleagues (MEM-7).
    Left {
        /// Their membership.
        membership: MembershipId,
        /// Who.
        user: UserId,
        /// What they held, and whose it is.
        handed: Vec<Handed>,
    },
    /// A member asked to leave: nobody leaves alone (MEM-10).
    DepartureAsked {
        /// Their membership.
        membership: MembershipId,
        /// Who.
        user: UserId,
        /// They administer the organisation, and nobody else does: the team is told.
        is_last_admin: bool,
        /// Nobody administers it: the team is told.
        is_unadministered: bool,
    },
    /// A member who asked to leave stays.
    DepartureWithdrawn {
        /// Their membership.
        membership: MembershipId,
        /// Who.
        user: UserId,
    },
    /// A member asked the official address of a company to be its administrator (MEM-11).
    AdminAsked {
        /// Their membership.
        membership: MembershipId,
        /// Who.
        user: UserId,
        /// What they asked.
        request: AdminRequestId,
    },
    /// Whoever administers it is asked to read its members again (MEM-14).
    ReviewAsked {
        /// How many they are.
        members: u32,
    },
}

/// Why somebody administers an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminCause {
    /// An administrator said so (MEM-8).
    Colleague,
    /// The official address of the company said so (MEM-12).
    OfficialAddress,
    /// Nobody administered it (MEM-13).
    NobodyElse,
    /// They were there already, and somebody of the team said so.
    Team,
}

happenings! {
    MemberEvent: MemberChange about "organisation" organisation {
        Joined = "organisation.member_joined", "Arrivée d’un collaborateur";
        Promoted = "organisation.member_promoted", "Administrateur nommé";
        Demoted = "organisation.member_demoted", "Administrateur retiré";
        Left = "organisation.member_left", "Départ d’un collaborateur";
        DepartureAsked = "organisation.departure_asked", "Départ demandé par un collaborateur";
        DepartureWithdrawn = "organisation.departure_withdrawn", "Départ demandé, puis retiré";
        AdminAsked = "organisation.admin_asked", "Statut d’administrateur demandé";
        ReviewAsked = "organisation.members_review_asked", "Relecture des collaborateurs demandée";
    }
}
