//! What happens by itself: an administrator where there is none (MEM-13), a reading of the members every three months (MEM-14).

use chrono::{DateTime, Months, Utc};

use super::{AdminCause, MemberChange, MemberEvent, Membership};
use crate::Changed;
use crate::ids::OrganisationId;

/// How often the members of an organisation are read again (MEM-14).
pub const REVIEWED_EVERY: Months = Months::new(3);

/// MEM-13: of a company without official address that nobody administers, one of its latest members to sign in does.
pub fn automatic_admin(
    member: Membership,
    has_admins: bool,
    at: DateTime<Utc>,
) -> Option<Changed<Membership>> {
    if has_admins || !member.is_active {
        return None;
    }
    let after = Membership { is_admin: true, updated_at: at, ..member };
    let because = AdminCause::NobodyElse;
    let change = MemberChange::Promoted { membership: after.id, user: after.user, because };
    Some(Changed::new(after, after.event(change)))
}

/// Whoever administers the organisation is asked to read its members again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewed {
    /// The organisation.
    pub organisation: OrganisationId,
    /// When it is asked.
    pub at: DateTime<Utc>,
}

/// MEM-14: three months after it was asked last, or after the organisation came in, when it has several members.
pub fn remind_to_review(
    organisation: OrganisationId,
    members: u32,
    since: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Option<Changed<Reviewed>> {
    let is_due = since.checked_add_months(REVIEWED_EVERY).is_some_and(|due| due <= at);
    if members < 2 || !is_due {
        return None;
    }
    let change = MemberChange::ReviewAsked { members };
    Some(Changed::new(Reviewed { organisation, at }, MemberEvent { organisation, change }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MEM-14.
    #[test]
    fn members_are_read_again_every_three_months_where_there_are_several() {
        let organisation = OrganisationId(uuid::Uuid::from_u128(1));
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        for (members, since, due) in [
            (2, "2026-02-04T09:00:00Z", true),
            (2, "2026-02-04T09:00:01Z", false),
            (1, "2020-01-01T00:00:00Z", false),
        ] {
            let asked = remind_to_review(organisation, members, at(since), at("2026-05-04T09:00:00Z"));
            assert_eq!(asked.is_some(), due, "{members} {since}");
        }
    }
}
