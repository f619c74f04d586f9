//! The person behind a session whose holder sees the platform as somebody (AUT-30).

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::ids::{ImpersonationId, UserId};
use iae_domain::staff::{ImpersonationFacts, StaffGroup, lapsed};
use iae_domain::text::full_name;

use crate::accounts::{Impersonator, SignedIn};

/// An impersonation as the session is read with it.
pub(super) struct SeenAs {
    /// Which.
    pub id: ImpersonationId,
    /// Who the platform is seen as.
    pub target: UserId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when at the latest.
    pub until: DateTime<Utc>,
    /// Whose session it is; none when their account is closed.
    pub staff: Option<Holder>,
}

/// The member of the team whose session it is.
pub(super) struct Holder {
    pub user: UserId,
    pub first_name: String,
    pub last_name: String,
    pub is_superuser: bool,
    pub groups: Vec<String>,
}

impl SeenAs {
    /// The person, seen by the member of the team; none once that is over at `now`: its holder is behind the session again.
    pub(super) fn person(self, person: Option<SignedIn>, now: DateTime<Utc>) -> Option<SignedIn> {
        let Self { id, since, until, staff, .. } = self;
        let name = staff.as_ref().map(|staff| full_name(&staff.first_name, &staff.last_name));
        let actor = staff.map(|staff| StaffActor {
            user: staff.user,
            is_superuser: staff.is_superuser,
            groups: staff.groups.iter().filter_map(|code| StaffGroup::parse(code)).collect(),
        });
        let facts = ImpersonationFacts {
            staff: actor.as_ref(),
            target_is_active: person.is_some(),
            expires_at: until,
        };
        if lapsed(facts, now).is_some() {
            return None;
        }
        let by = Impersonator { impersonation: id, user: actor?.user, name: name?, since, until };
        person.map(|person| SignedIn { impersonator: Some(by), ..person })
    }
}
