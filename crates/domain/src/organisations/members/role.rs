//! An administrator names another one, or takes that role away (MEM-6, MEM-8).

use chrono::{DateTime, Utc};

use super::{AdminCause, MemberChange, Membership};
use crate::Changed;

/// Why an administrator may not act on a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemberRefused {
    /// Whoever acts no longer administers the organisation.
    #[error("whoever acts does not administer the organisation any more")]
    NotAdministrator,
    /// Nobody acts on themselves (MEM-6): so the last administrator cannot disappear (MEM-9).
    #[error("nobody acts on themselves")]
    Oneself,
    /// The member left meanwhile.
    #[error("the member left")]
    Left,
    /// The member changed since the page was read (D32).
    #[error("the member changed meanwhile")]
    Changed,
}

/// Whether `by`, as they are now, may act on this member, as they were when the page was read.
pub(super) fn may_act(
    by: Option<&Membership>,
    target: &Membership,
    seen: DateTime<Utc>,
) -> Result<(), MemberRefused> {
    let by = by.filter(|by| by.is_active && by.is_admin).ok_or(MemberRefused::NotAdministrator)?;
    if by.user == target.user {
        return Err(MemberRefused::Oneself);
    }
    is_as_seen(target, seen)
}

/// Whether this member is there, as they were when the page was read (D32).
pub(super) fn is_as_seen(target: &Membership, seen: DateTime<Utc>) -> Result<(), MemberRefused> {
    if !target.is_active {
        return Err(MemberRefused::Left);
    }
    if target.updated_at == seen { Ok(()) } else { Err(MemberRefused::Changed) }
}

/// Names an administrator, or takes the role away; nothing happens to whoever is so already.
pub fn change_role(
    by: Option<&Membership>,
    target: Membership,
    seen: DateTime<Utc>,
    is_admin: bool,
    at: DateTime<Utc>,
) -> Result<Option<Changed<Membership>>, MemberRefused> {
    may_act(by, &target, seen)?;
    Ok(turned(target, is_admin, AdminCause::Colleague, at))
}

/// The same by the team, which may leave an organisation without administrator: its page says so (MEM-9).
pub fn change_role_by_team(
    target: Membership,
    seen: DateTime<Utc>,
    is_admin: bool,
    at: DateTime<Utc>,
) -> Result<Option<Changed<Membership>>, MemberRefused> {
    is_as_seen(&target, seen)?;
    Ok(turned(target, is_admin, AdminCause::Team, at))
}

fn turned(
    target: Membership,
    is_admin: bool,
    because: AdminCause,
    at: DateTime<Utc>,
) -> Option<Changed<Membership>> {
    if target.is_admin == is_admin {
        return None;
    }
    let (membership, user) = (target.id, target.user);
    let change = if is_admin {
        MemberChange::Promoted { membership, user, because }
    } else {
        MemberChange::Demoted { membership, user }
    };
    let after = Membership { is_admin, updated_at: at, ..target };
    Some(Changed::new(after, after.event(change)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{MembershipId, OrganisationId, UserId};

    fn at() -> DateTime<Utc> {
        "2026-05-04T09:00:00Z".parse().unwrap()
    }

    fn member(user: u128, is_admin: bool, is_active: bool) -> Membership {
        let id = uuid::Uuid::from_u128;
        Membership {
            id: MembershipId(id(100 + user)),
            user: UserId(id(user)),
            organisation: OrganisationId(id(9)),
            is_admin,
            is_active,
            joined_at: at(),
            updated_at: at(),
        }
    }

    /// MEM-6, MEM-8, MEM-9.
    #[test]
    fn an_administrator_acts_on_others_as_they_were_read() {
        use MemberRefused as No;
        let (admin, plain, gone) = (member(1, true, true), member(2, false, true), member(3, true, false));
        let later = at() + chrono::TimeDelta::seconds(1);
        let table = [
            (Some(admin), plain, at(), true, Ok(Some(true))),
            (Some(admin), member(4, true, true), at(), false, Ok(Some(false))),
            (Some(admin), plain, at(), false, Ok(None)),
            (Some(admin), admin, at(), false, Err(No::Oneself)),
            (Some(plain), admin, at(), false, Err(No::NotAdministrator)),
            (Some(gone), plain, at(), true, Err(No::NotAdministrator)),
            (None, plain, at(), true, Err(No::NotAdministrator)),
            (Some(admin), member(5, false, false), at(), true, Err(No::Left)),
            (Some(admin), plain, later, true, Err(No::Changed)),
        ];
        for (by, target, seen, is_admin, expected) in table {
            let changed = change_role(by.as_ref(), target, seen, is_admin, later);
            let found = changed.map(|changed| changed.map(|changed| changed.value().is_admin));
            assert_eq!(found, expected, "{target:?}");
        }
    }
}
