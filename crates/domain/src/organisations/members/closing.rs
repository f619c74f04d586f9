//! A membership ends because the account of the member closes (USR-15): nobody is there to choose hands for what it held.

use chrono::{DateTime, Utc};

use super::{Handed, MemberChange, Membership};
use crate::Changed;

/// Ends it, administrator or not; nothing happens to one that is over. What the member followed stays with the organisation, whose
/// members see it as before.
pub fn close(member: Membership, at: DateTime<Utc>) -> Option<Changed<(Membership, Vec<Handed>)>> {
    if !member.is_active {
        return None;
    }
    let left = Membership { is_admin: false, is_active: false, updated_at: at, ..member };
    let change = MemberChange::Left { membership: left.id, user: left.user, handed: Vec::new() };
    Some(Changed::new((left, Vec::new()), left.event(change)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{MembershipId, OrganisationId, UserId};

    /// USR-15, MEM-9: the last administrator may go, which the page warns of.
    #[test]
    fn a_membership_ends_with_its_account_once() {
        let id = uuid::Uuid::from_u128;
        let at: DateTime<Utc> = "2026-05-04T09:00:00Z".parse().unwrap();
        let member = |is_active, is_admin| Membership {
            id: MembershipId(id(1)),
            user: UserId(id(2)),
            organisation: OrganisationId(id(3)),
            is_admin,
            is_active,
            joined_at: at,
            updated_at: at,
        };
        for is_admin in [true, false] {
            let ((left, handed), _) = close(member(true, is_admin), at).unwrap().into_parts();
            assert!(!left.is_active && !left.is_admin && handed.is_empty());
        }
        assert!(close(member(false, false), at).is_none());
    }
}
