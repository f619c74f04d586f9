//! A member who wants to leave asks for it: nobody leaves alone (MEM-10).

use chrono::{DateTime, TimeDelta, Utc};

use super::{MemberChange, Membership};
use crate::Changed;

/// How long a member waits before they ask again.
pub const DEPARTURE_ASKED_AGAIN: TimeDelta = TimeDelta::days(7);

/// A departure that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepartureAsked {
    /// Whose.
    pub member: Membership,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why a departure is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeavingRefused {
    /// They are not there any more.
    #[error("not a member")]
    NotAMember,
    /// It was asked lately, then.
    #[error("asked already")]
    Asked(DateTime<Utc>),
    /// They asked for nothing.
    #[error("not asked")]
    NotAsked,
}

/// Asks those who administer the organisation, or the team when nobody else does.
pub fn ask_to_leave(
    member: Option<Membership>,
    asked_at: Option<DateTime<Utc>>,
    has_other_admins: bool,
    at: DateTime<Utc>,
) -> Result<Changed<DepartureAsked>, LeavingRefused> {
    let member = member.filter(|member| member.is_active).ok_or(LeavingRefused::NotAMember)?;
    if let Some(asked_at) = asked_at.filter(|asked_at| at < *asked_at + DEPARTURE_ASKED_AGAIN) {
        return Err(LeavingRefused::Asked(asked_at));
    }
    let change = MemberChange::DepartureAsked {
        membership: member.id,
        user: member.user,
        is_last_admin: member.is_admin && !has_other_admins,
        is_unadministered: !member.is_admin && !has_other_admins,
    };
    Ok(Changed::new(DepartureAsked { member, at }, member.event(change)))
}

/// Stays after all, as long as nobody confirmed the departure.
pub fn withdraw_departure(
    member: Option<Membership>,
    asked_at: Option<DateTime<Utc>>,
) -> Result<Changed<Membership>, LeavingRefused> {
    let member = member.filter(|member| member.is_active).ok_or(LeavingRefused::NotAMember)?;
    asked_at.ok_or(LeavingRefused::NotAsked)?;
    let change = MemberChange::DepartureWithdrawn { membership: member.id, user: member.user };
    Ok(Changed::new(member, member.event(change)))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::event::Event;
    use crate::ids::{MembershipId, OrganisationId, UserId};
    use crate::organisations::members::MemberEvent;

    fn member(is_active: bool, is_admin: bool) -> Membership {
        Membership {
            id: MembershipId(Uuid::from_u128(1)),
            user: UserId(Uuid::from_u128(2)),
            organisation: OrganisationId(Uuid::from_u128(3)),
            is_admin,
            is_active,
            joined_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    /// MEM-10: (administers, others do) → (the last one leaves, nobody administers).
    #[test]
    fn the_team_is_told_of_the_last_administrator_and_of_an_organisation_without_any() {
        for (is_admin, has_others, expected) in [
            (true, true, (false, false)),
            (true, false, (true, false)),
            (false, true, (false, false)),
            (false, false, (false, true)),
        ] {
            let asked = ask_to_leave(Some(member(true, is_admin)), None, has_others, DateTime::UNIX_EPOCH);
            let (_, events) = asked.unwrap().into_parts();
            let [Event::Member(MemberEvent { change, .. })] = events.as_slice() else { panic!("{events:?}") };
            let MemberChange::DepartureAsked { is_last_admin, is_unadministered, .. } = change else {
                panic!("{change:?}")
            };
            assert_eq!((*is_last_admin, *is_unadministered), expected, "{is_admin} {has_others}");
        }
    }

    #[test]
    fn a_departure_is_withdrawn_until_it_is_decided() {
        let asked = Some(DateTime::UNIX_EPOCH);
        for (member, asked_at, refused) in [
            (Some(member(true, false)), asked, None),
            (Some(member(true, false)), None, Some(LeavingRefused::NotAsked)),
            (Some(member(false, false)), asked, Some(LeavingRefused::NotAMember)),
            (None, asked, Some(LeavingRefused::NotAMember)),
        ] {
            assert_eq!(withdraw_departure(member, asked_at).err(), refused);
        }
    }
}
