//! A company nobody administers: a member asks its official address to say that they do (MEM-11, MEM-12).

use chrono::{DateTime, TimeDelta, Utc};

use super::{AdminCause, MemberChange, Membership};
use crate::Changed;
use crate::ids::AdminRequestId;

/// How long the link of a request serves.
pub const ADMIN_REQUEST_LASTS: TimeDelta = TimeDelta::days(14);

/// A request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdminRequest {
    /// Its id.
    pub id: AdminRequestId,
    /// Whoever asks.
    pub member: Membership,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Until when its link serves.
    pub expires_at: DateTime<Utc>,
}

/// Why a request is not made, or its link does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AdminRequestRefused {
    /// They are no member, or administer the company already.
    #[error("not a member who may ask")]
    NotAMember,
    /// The company has no official address.
    #[error("no official address")]
    NoOfficialAddress,
    /// Somebody administers it: who, is said (MEM-12).
    #[error("the company is administered")]
    Administered,
    /// The link served, or waited for too long.
    #[error("the link does not serve any more")]
    Over,
}

/// Asks the official address of a company.
pub fn ask_to_administer(
    member: Option<Membership>,
    has_admins: bool,
    has_official_address: bool,
    at: DateTime<Utc>,
) -> Result<Changed<AdminRequest>, AdminRequestRefused> {
    let member = member.filter(|member| member.is_active).ok_or(AdminRequestRefused::NotAMember)?;
    if has_admins {
        return Err(AdminRequestRefused::Administered);
    }
    if !has_official_address {
        return Err(AdminRequestRefused::NoOfficialAddress);
    }
    let id = AdminRequestId::at(at);
    let change = MemberChange::AdminAsked { membership: member.id, user: member.user, request: id };
    let request = AdminRequest { id, member, asked_at: at, expires_at: at + ADMIN_REQUEST_LASTS };
    Ok(Changed::new(request, member.event(change)))
}

/// Whoever asked opened the link that the official address handed them: they administer the company. Single use; dead once
/// somebody administers it (MEM-12).
pub fn take_over(
    member: Option<Membership>,
    has_admins: bool,
    (used_at, expires_at): (Option<DateTime<Utc>>, DateTime<Utc>),
    at: DateTime<Utc>,
) -> Result<Changed<Membership>, AdminRequestRefused> {
    let member = member.filter(|member| member.is_active).ok_or(AdminRequestRefused::NotAMember)?;
    if used_at.is_some() || at >= expires_at {
        return Err(AdminRequestRefused::Over);
    }
    if has_admins {
        return Err(AdminRequestRefused::Administered);
    }
    let after = Membership { is_admin: true, updated_at: at, ..member };
    let because = AdminCause::OfficialAddress;
    let change = MemberChange::Promoted { membership: after.id, user: after.user, because };
    Ok(Changed::new(after, after.event(change)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{MembershipId, OrganisationId, UserId};

    fn at() -> DateTime<Utc> {
        "2026-05-04T09:00:00Z".parse().unwrap()
    }

    fn member(is_active: bool) -> Membership {
        let id = uuid::Uuid::from_u128;
        Membership {
            id: MembershipId(id(1)),
            user: UserId(id(2)),
            organisation: OrganisationId(id(3)),
            is_admin: false,
            is_active,
            joined_at: at(),
            updated_at: at(),
        }
    }

    /// MEM-11.
    #[test]
    fn a_member_asks_when_nobody_administers_and_somebody_can_be_asked() {
        use AdminRequestRefused as No;
        let table = [
            (Some(member(true)), false, true, Ok(())),
            (Some(member(true)), true, true, Err(No::Administered)),
            (Some(member(true)), false, false, Err(No::NoOfficialAddress)),
            (Some(member(false)), false, true, Err(No::NotAMember)),
            (None, false, true, Err(No::NotAMember)),
        ];
        for (member, has_admins, has_address, expected) in table {
            let asked = ask_to_administer(member, has_admins, has_address, at()).map(drop);
            assert_eq!(asked, expected);
        }
    }

    /// MEM-12.
    #[test]
    fn the_link_serves_once_for_a_fortnight_and_dies_with_an_administrator() {
        use AdminRequestRefused as No;
        let end = at() + ADMIN_REQUEST_LASTS;
        let second = TimeDelta::seconds(1);
        let table = [
            (Some(member(true)), false, None, end - second, Ok(true)),
            (Some(member(true)), false, None, end, Err(No::Over)),
            (Some(member(true)), false, Some(at()), end - second, Err(No::Over)),
            (Some(member(true)), true, None, end - second, Err(No::Administered)),
            (Some(member(false)), false, None, end - second, Err(No::NotAMember)),
        ];
        for (member, has_admins, used, now, expected) in table {
            let taken = take_over(member, has_admins, (used, end), now);
            assert_eq!(taken.map(|taken| taken.value().is_admin), expected);
        }
    }
}
