//! What happens to an invitation. Addresses and names are nowhere here: they are in its row.

use serde::Serialize;

use crate::event::happenings;
use crate::ids::{InvitationId, OrganisationId, UserId};

/// Something happened to an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitationEvent {
    /// The invitation.
    pub invitation: InvitationId,
    /// What happened.
    pub change: InvitationChange,
}

/// What happened to an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum InvitationChange {
    /// It was sent.
    Sent {
        /// Where it leads.
        organisation: OrganisationId,
    },
    /// It was sent again, for as long.
    SentAgain {
        /// Where it leads.
        organisation: OrganisationId,
    },
    /// It was accepted.
    Accepted {
        /// Where it led.
        organisation: OrganisationId,
        /// Who had invited.
        sender: UserId,
        /// Who joined.
        user: UserId,
    },
    /// It was taken back.
    Revoked {
        /// Where it led.
        organisation: OrganisationId,
        /// Why.
        because: RevokedBecause,
    },
}

/// Why an invitation is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RevokedBecause {
    /// Somebody did.
    Asked,
    /// The team did.
    ByTeam,
    /// Whoever sent it left (INV-12).
    SenderLeft,
    /// Whoever it was for left the organisation (MEM-7).
    GuestLeft,
    /// Whoever it was for came in, by it or by another road (MEM-3).
    GuestJoined,
}

happenings! {
    InvitationEvent: InvitationChange about "invitation" invitation {
        Sent = "invitation.sent", "Invitation envoyée";
        SentAgain = "invitation.sent_again", "Invitation renvoyée";
        Accepted = "invitation.accepted", "Invitation acceptée";
        Revoked = "invitation.revoked", "Invitation annulée";
    }
}
