//! Any member invites, one person or many at once (INV-2 to INV-4): all of them, or nobody.

use chrono::{DateTime, Utc};

use super::{INVITATION_LASTS, InvitationChange, InvitationEvent, Invited, MOST_PENDING};
use crate::Changed;
use crate::Event;
use crate::accounts::UserKind;
use crate::ids::{InvitationId, OrganisationId, UserId};
use crate::text::Email;

/// An invitation to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Its id.
    pub id: InvitationId,
    /// Where it leads.
    pub organisation: OrganisationId,
    /// Who invites.
    pub sender: UserId,
    /// Whom.
    pub invited: Invited,
    /// When it is sent.
    pub sent_at: DateTime<Utc>,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
}

/// What is known of the account that has an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Its kind.
    pub kind: UserKind,
    /// Whether it acts for the organisation now.
    pub is_member: bool,
}

/// Why a line is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineRefused {
    /// The address stands on an earlier line, counted from zero.
    #[error("the address is on another line")]
    Repeated(usize),
    /// The account that has this address is not a professional's (INV-4).
    #[error("not the address of a professional")]
    NotProfessional,
    /// They are a member already.
    #[error("a member already")]
    AlreadyMember,
    /// Agencies of France Travail invite their own addresses (PRE-19).
    #[error("not an address of France Travail")]
    NotFranceTravail,
    /// The same member invited this address a moment ago: a form that is sent twice invites once.
    #[error("invited a moment ago")]
    JustInvited,
}

/// Why nobody is invited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InviteRefused {
    /// Some lines are wrong: their ranks from zero, and why.
    #[error("some lines are wrong")]
    Lines(Vec<(usize, LineRefused)>),
    /// Too many would wait: so many may still be sent (INV-3).
    #[error("too many invitations wait")]
    TooMany {
        /// How many may be sent now.
        left: usize,
    },
    /// Whoever invites is no member any more, or their organisation takes nobody (INV-6).
    #[error("the organisation takes nobody")]
    Closed,
}

impl InviteRefused {
    /// How many lines tell of somebody who is no member: that an address is that of a candidate is an answer, as that of a look-up.
    pub fn tells_of_strangers(&self) -> usize {
        match self {
            Self::Lines(lines) => {
                lines.iter().filter(|(_, why)| *why == LineRefused::NotProfessional).count()
            }
            Self::TooMany { .. } | Self::Closed => 0,
        }
    }
}

/// What decides who may be invited, read under the lock of the organisation.
#[derive(Debug, Clone)]
pub struct Host {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Who invites.
    pub sender: UserId,
    /// Whether the sender is still there, and the organisation open to newcomers.
    pub is_open: bool,
    /// Whether it is an agency of France Travail.
    pub is_france_travail: bool,
    /// How many invitations wait already.
    pub pending: usize,
    /// The addresses that the sender invited lately ([`super::SENT_AGAIN`]), and that may still accept.
    pub just_invited: Vec<Email>,
}

impl Host {
    /// How many invitations may be sent now (INV-3).
    pub const fn left(&self) -> usize {
        MOST_PENDING.saturating_sub(self.pending)
    }
}

/// Invites all of them, or says line by line what is wrong. `known` says what is known of each, in the same order.
pub fn invite(
    host: &Host,
    people: Vec<(Invited, Option<Known>)>,
    at: DateTime<Utc>,
) -> Result<Changed<Vec<NewInvitation>>, InviteRefused> {
    if !host.is_open {
        return Err(InviteRefused::Closed);
    }
    let refused = |(rank, (invited, known)): (usize, &(Invited, Option<Known>))| {
        let earlier = people.iter().position(|(other, _)| other.email == invited.email);
        let why = match known {
            _ if earlier.is_some_and(|earlier| earlier < rank) => {
                LineRefused::Repeated(earlier.unwrap_or_default())
            }
            Some(Known { kind: UserKind::JobSeeker | UserKind::Staff, .. }) => LineRefused::NotProfessional,
            Some(Known { is_member: true, .. }) => LineRefused::AlreadyMember,
            _ if host.is_france_travail && !invited.email.is_france_travail() => {
                LineRefused::NotFranceTravail
            }
            _ if host.just_invited.contains(&invited.email) => LineRefused::JustInvited,
            Some(Known { kind: UserKind::Professional, is_member: false }) | None => return None,
        };
        Some((rank, why))
    };
    let mistakes: Vec<_> = people.iter().enumerate().filter_map(refused).collect();
    if !mistakes.is_empty() {
        return Err(InviteRefused::Lines(mistakes));
    }
    let left = host.left();
    if people.len() > left {
        return Err(InviteRefused::TooMany { left });
    }
    let Host { organisation, sender, .. } = *host;
    let new = |(invited, _)| {
        let id = InvitationId::at(at);
        NewInvitation { id, organisation, sender, invited, sent_at: at, expires_at: at + INVITATION_LASTS }
    };
    let invitations: Vec<NewInvitation> = people.into_iter().map(new).collect();
    let sent = |invitation: &NewInvitation| {
        let change = InvitationChange::Sent { organisation };
        Event::from(InvitationEvent { invitation: invitation.id, change })
    };
    let events = invitations.iter().map(sent).collect();
    Ok(Changed::with(invitations, events))
}
