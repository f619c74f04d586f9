//! Seeing the platform as somebody, to help them (AUT-30, AUT-31): who may be seen so, how long, what ends it.

use chrono::{DateTime, TimeDelta, Utc};

use super::{StaffRight, ensure};
use crate::Changed;
use crate::accounts::{AccountChange, UserKind, happened};
use crate::actor::StaffActor;
use crate::code::code;
use crate::ids::{ImpersonationId, UserId};
use crate::text::Message;

/// The most it lasts, whatever is done meanwhile.
pub const LONGEST: TimeDelta = TimeDelta::minutes(60);

/// The longest reason, in characters.
pub const REASON_MAX_CHARS: usize = 500;

/// Why a member of the team does it, kept beside the trail and read by the team alone.
pub type Reason = Message<REASON_MAX_CHARS>;

code! {
    /// Why it ended.
    ImpersonationEnd {
        Left = "left", "quittée par l’équipe";
        Expired = "expired", "soixante minutes passées";
        SessionOver = "session_over", "session fermée";
        TargetClosed = "target_closed", "compte de la personne désactivé";
        RightLost = "right_lost", "droit retiré";
    }
}

/// The account of whoever would be seen as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Whether it holds every right of the staff area.
    pub is_superuser: bool,
    /// Whether it is open.
    pub is_active: bool,
    /// Whether it has an address.
    pub has_email: bool,
}

/// Why nobody may be seen as this account (AUT-30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImpersonationRefused {
    /// It is of the team.
    #[error("the account is of the team")]
    OfTeam,
    /// It is closed.
    #[error("the account is closed")]
    Closed,
    /// It has no address: nobody signs in with it.
    #[error("the account has no address")]
    NoEmail,
}

/// Whether the platform may be seen as the holder of this account: open, with an address, of nobody of the team (AUT-30).
///
/// # Errors
///
/// The first of these that it is not.
pub const fn may_be_seen_as(target: &Target) -> Result<(), ImpersonationRefused> {
    match target.kind {
        UserKind::Staff => return Err(ImpersonationRefused::OfTeam),
        UserKind::JobSeeker | UserKind::Professional => {}
    }
    if target.is_superuser {
        return Err(ImpersonationRefused::OfTeam);
    }
    if !target.is_active {
        return Err(ImpersonationRefused::Closed);
    }
    if !target.has_email {
        return Err(ImpersonationRefused::NoEmail);
    }
    Ok(())
}

/// One that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImpersonation {
    /// Its id.
    pub id: ImpersonationId,
    /// The member of the team.
    pub staff: UserId,
    /// Who is seen as.
    pub target: UserId,
    /// Why.
    pub reason: Reason,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// Begins one at `now`. That this member of the team may was asked before ([`StaffRight::Impersonate`]).
///
/// # Errors
///
/// When nobody may be seen as this account ([`may_be_seen_as`]).
pub fn impersonate(
    id: ImpersonationId,
    actor: &StaffActor,
    target: &Target,
    reason: Reason,
    now: DateTime<Utc>,
) -> Result<Changed<NewImpersonation>, ImpersonationRefused> {
    may_be_seen_as(target)?;
    let begun =
        NewImpersonation { id, staff: actor.user, target: target.user, reason, expires_at: now + LONGEST };
    Ok(happened(begun, target.user, AccountChange::ImpersonationBegun { impersonation: id }))
}

/// What keeps one going, looked at on every request.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The member of the team; none when their account is closed.
    pub staff: Option<&'a StaffActor>,
    /// Whether the account of the person is open.
    pub target_is_active: bool,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// Why one that nobody left is over at `now`; none while it goes on.
pub fn lapsed(facts: Facts<'_>, now: DateTime<Utc>) -> Option<ImpersonationEnd> {
    let holds_right = facts.staff.is_some_and(|staff| ensure(staff, StaffRight::Impersonate).is_ok());
    if now >= facts.expires_at {
        Some(ImpersonationEnd::Expired)
    } else if !holds_right {
        Some(ImpersonationEnd::RightLost)
    } else if !facts.target_is_active {
        Some(ImpersonationEnd::TargetClosed)
    } else {
        None
    }
}

/// One that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndedImpersonation {
    /// Which.
    pub id: ImpersonationId,
    /// Why.
    pub because: ImpersonationEnd,
}

/// Ends one, of which this account was the target.
pub fn end(id: ImpersonationId, target: UserId, because: ImpersonationEnd) -> Changed<EndedImpersonation> {
    let change = AccountChange::ImpersonationEnded { impersonation: id, because };
    happened(EndedImpersonation { id, because }, target, change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::StaffGroup;
    use uuid::Uuid;

    const SOMEBODY: UserId = UserId(Uuid::from_u128(1));
    const STAFF: UserId = UserId(Uuid::from_u128(2));

    fn open(kind: UserKind) -> Target {
        Target { user: SOMEBODY, kind, is_superuser: false, is_active: true, has_email: true }
    }

    fn team(is_superuser: bool, groups: &[StaffGroup]) -> StaffActor {
        StaffActor { user: STAFF, is_superuser, groups: groups.to_vec() }
    }

    /// AUT-30.
    #[test]
    fn whoever_is_open_with_an_address_and_not_of_the_team_may_be_seen_as() {
        use ImpersonationRefused as No;
        use UserKind::{JobSeeker, Professional, Staff};
        let table = [
            (open(Professional), Ok(())),
            (open(JobSeeker), Ok(())),
            (open(Staff), Err(No::OfTeam)),
            (Target { is_superuser: true, ..open(Professional) }, Err(No::OfTeam)),
            (Target { is_active: false, ..open(Professional) }, Err(No::Closed)),
            (Target { has_email: false, ..open(JobSeeker) }, Err(No::NoEmail)),
            (Target { is_active: false, has_email: false, ..open(Staff) }, Err(No::OfTeam)),
            (Target { is_active: false, has_email: false, ..open(JobSeeker) }, Err(No::Closed)),
        ];
        for (target, expected) in table {
            assert_eq!(may_be_seen_as(&target), expected, "{target:?}");
            let reason = Reason::parse("Elle ne trouve plus sa liste.").unwrap();
            let id = ImpersonationId(Uuid::from_u128(3));
            let begun = impersonate(id, &team(true, &[]), &target, reason, DateTime::UNIX_EPOCH);
            let until = begun.map(|begun| begun.value().expires_at);
            assert_eq!(until, expected.map(|()| DateTime::UNIX_EPOCH + TimeDelta::minutes(60)), "{target:?}");
        }
    }

    #[test]
    fn it_goes_on_for_an_hour_while_the_right_and_both_accounts_stand() {
        use ImpersonationEnd as End;
        use StaffGroup as G;
        let begun = DateTime::UNIX_EPOCH;
        let expires_at = begun + LONGEST;
        let last = expires_at - TimeDelta::seconds(1);
        let table = [
            (Some(team(true, &[])), true, begun, None),
            (Some(team(false, &[G::Admin])), true, last, None),
            (Some(team(false, &[G::Controls, G::Pilotage])), true, last, None),
            (Some(team(true, &[])), true, expires_at, Some(End::Expired)),
            (None, false, expires_at, Some(End::Expired)),
            (Some(team(false, &[])), true, begun, Some(End::RightLost)),
            (Some(team(false, &[G::AdminReadonly])), true, begun, Some(End::RightLost)),
            (None, true, begun, Some(End::RightLost)),
            (Some(team(true, &[])), false, begun, Some(End::TargetClosed)),
        ];
        for (staff, target_is_active, now, expected) in table {
            let facts = Facts { staff: staff.as_ref(), target_is_active, expires_at };
            assert_eq!(lapsed(facts, now), expected, "{facts:?} {now}");
        }
    }

    #[test]
    fn a_reason_is_said_and_short() {
        assert!(Reason::parse(" ").is_err());
        assert!(Reason::parse(&"é".repeat(REASON_MAX_CHARS)).is_ok());
        assert!(Reason::parse(&"é".repeat(REASON_MAX_CHARS + 1)).is_err());
    }
}
