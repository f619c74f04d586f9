//! Invitations to join an organisation (rule book 01 §7).

mod event;
mod invite;
mod lines;

use chrono::{DateTime, TimeDelta, Utc};

use crate::Changed;
use crate::accounts::UserKind;
use crate::code::code;
use crate::ids::{InvitationId, OrganisationId, UserId};
use crate::organisations::members::JoinRefused;
use crate::staff::SupportRemark;
use crate::text::{Email, Name};

pub use event::{InvitationChange, InvitationEvent, RevokedBecause};
pub use invite::{Host, InviteRefused, Known, LineRefused, NewInvitation, invite};
pub use lines::{LineMistake, read_lines};

/// Invitations of one organisation that may wait at once (INV-3).
pub const MOST_PENDING: usize = 50;

/// How long an invitation serves once it is sent (INV-1).
pub const INVITATION_LASTS: TimeDelta = TimeDelta::days(14);

/// How long one waits before the same invitation is sent again: a mailbox is not a drum.
pub const SENT_AGAIN: TimeDelta = TimeDelta::minutes(10);

/// Somebody to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Their address: whoever accepts proves that it is theirs (INV-8).
    pub email: Email,
    /// Their first name.
    pub first_name: Name,
    /// Their last name.
    pub last_name: Name,
}

code! {
    /// Where an invitation stands.
    InvitationState {
        Pending = "pending", "En attente";
        Accepted = "accepted", "Acceptée";
        Revoked = "revoked", "Annulée";
        Expired = "expired", "Expirée";
    }
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Where it leads.
    pub organisation: OrganisationId,
    /// Who invites.
    pub sender: UserId,
    /// Whom.
    pub email: Email,
    /// When it was sent, the last time.
    pub sent_at: DateTime<Utc>,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
    /// When it was accepted, and by whom.
    pub accepted: Option<(DateTime<Utc>, UserId)>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Why an invitation leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AcceptInvitationRefused {
    /// It was accepted already, by somebody else or by someone who left since.
    #[error("accepted already")]
    Used,
    /// Whoever sent it, or an administrator, took it back.
    #[error("revoked")]
    Revoked,
    /// It waited for too long.
    #[error("expired")]
    Expired,
    /// It is for another address than that of whoever is signed in (INV-8).
    #[error("for another address")]
    OtherAddress,
    /// Only professionals join an organisation (INV-8).
    #[error("for a professional")]
    NotProfessional,
    /// Nobody joins a company whose convention is not in force (INV-6).
    #[error("the organisation takes nobody for now")]
    OrganisationClosed,
}

/// Why an invitation that waits is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvitationChangeRefused {
    /// It does not wait any more.
    #[error("the invitation is over")]
    Over(InvitationState),
    /// It was just sent.
    #[error("sent a moment ago")]
    JustSent,
    /// It waits no more, and as many wait as may (INV-3).
    #[error("too many invitations wait")]
    Full,
    /// Whoever asks is no member any more, or their organisation takes nobody (INV-6).
    #[error("the organisation takes nobody")]
    Closed,
}

/// Joining says the same of their account.
impl From<JoinRefused> for AcceptInvitationRefused {
    fn from(refused: JoinRefused) -> Self {
        match refused {
            JoinRefused::NotProfessional => Self::NotProfessional,
        }
    }
}

/// Whoever accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Their account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Its address.
    pub email: Option<Email>,
}

impl Invitation {
    /// Where it stands: its last instant is not one of its life (INV-5).
    pub fn state(&self, now: DateTime<Utc>) -> InvitationState {
        if self.accepted.is_some() {
            InvitationState::Accepted
        } else if self.revoked_at.is_some() {
            InvitationState::Revoked
        } else if now < self.expires_at {
            InvitationState::Pending
        } else {
            InvitationState::Expired
        }
    }

    /// Whether this person may accept it, besides what the organisation allows (INV-8): first whose it is, so that nobody
    /// else learns where it stands.
    pub fn may_be_accepted_by(
        &self,
        guest: &Guest,
        now: DateTime<Utc>,
    ) -> Result<(), AcceptInvitationRefused> {
        use AcceptInvitationRefused as No;
        if guest.email.as_ref() != Some(&self.email) {
            return Err(No::OtherAddress);
        }
        match guest.kind {
            UserKind::Professional => {}
            UserKind::JobSeeker | UserKind::Staff => return Err(No::NotProfessional),
        }
        match self.state(now) {
            InvitationState::Pending => Ok(()),
            InvitationState::Accepted => Err(No::Used),
            InvitationState::Revoked => Err(No::Revoked),
            InvitationState::Expired => Err(No::Expired),
        }
    }

    /// Accepts it (INV-8). Joining is [`crate::organisations::members::add_or_activate`]'s.
    pub fn accept(
        self,
        guest: &Guest,
        is_open: bool,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, AcceptInvitationRefused> {
        self.may_be_accepted_by(guest, now)?;
        if !is_open {
            return Err(AcceptInvitationRefused::OrganisationClosed);
        }
        let (organisation, sender) = (self.organisation, self.sender);
        let change = InvitationChange::Accepted { organisation, sender, user: guest.user };
        let event = self.event(change);
        Ok(Changed::new(Self { accepted: Some((now, guest.user)), ..self }, event))
    }

    /// Sends it again: it serves as long from now on. One that expired takes a place among those that wait (INV-3).
    pub fn send_again(
        self,
        host: &Host,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, InvitationChangeRefused> {
        let has_its_place = match self.state(now) {
            InvitationState::Pending => true,
            InvitationState::Expired => false,
            over @ (InvitationState::Accepted | InvitationState::Revoked) => {
                return Err(InvitationChangeRefused::Over(over));
            }
        };
        if !host.is_open {
            return Err(InvitationChangeRefused::Closed);
        }
        if !has_its_place && host.left() == 0 {
            return Err(InvitationChangeRefused::Full);
        }
        if now < self.sent_at + SENT_AGAIN {
            return Err(InvitationChangeRefused::JustSent);
        }
        let event = self.event(InvitationChange::SentAgain { organisation: self.organisation });
        Ok(Changed::new(Self { sent_at: now, expires_at: now + INVITATION_LASTS, ..self }, event))
    }

    /// Takes it back: whoever it was sent to reads so. One that expired is taken back too, since it could be sent again: in the
    /// name of whoever left (INV-12), or to whoever is there already.
    pub fn revoke(
        self,
        because: RevokedBecause,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self>, InvitationChangeRefused> {
        match self.state(now) {
            InvitationState::Pending | InvitationState::Expired => {}
            over @ (InvitationState::Accepted | InvitationState::Revoked) => {
                return Err(InvitationChangeRefused::Over(over));
            }
        }
        let event = self.event(InvitationChange::Revoked { organisation: self.organisation, because });
        Ok(Changed::new(Self { revoked_at: Some(now), ..self }, event))
    }

    /// The team takes it back, and says why (STF-2).
    pub fn revoke_by_team(
        self,
        remark: SupportRemark,
        now: DateTime<Utc>,
    ) -> Result<Changed<(Self, SupportRemark)>, InvitationChangeRefused> {
        let revoked = self.revoke(RevokedBecause::ByTeam, now)?;
        Ok(revoked.map(|invitation| (invitation, remark)))
    }

    const fn event(&self, change: InvitationChange) -> InvitationEvent {
        InvitationEvent { invitation: self.id, change }
    }
}

#[cfg(test)]
mod tests;
