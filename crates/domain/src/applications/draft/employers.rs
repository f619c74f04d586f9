//! The employers of one sending: one application each.

use super::{DraftChange, DraftEvent};
use crate::Changed;
use crate::ids::{ApplicationDraftId, ApplicationId, OrganisationId};

/// Most employers one sending goes to.
pub const MOST_EMPLOYERS: usize = 5;

/// An employer more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddedEmployer {
    /// The id of its application.
    pub id: ApplicationId,
    /// The draft it is added to.
    pub draft: ApplicationDraftId,
    /// The employer.
    pub company: OrganisationId,
}

/// The draft already goes to as many employers as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("five employers at most")]
pub struct TooManyEmployers;

/// Adds an employer to a draft that goes to `count` others.
pub fn add_employer(added: AddedEmployer, count: usize) -> Result<Changed<AddedEmployer>, TooManyEmployers> {
    if count >= MOST_EMPLOYERS {
        return Err(TooManyEmployers);
    }
    let change = DraftChange::EmployerAdded { company: added.company };
    Ok(Changed::new(added, DraftEvent { draft: added.draft, change }))
}

/// Takes an employer away; none when it is the only one: a draft without an employer is given up.
pub fn remove_employer(removed: AddedEmployer, count: usize) -> Option<Changed<ApplicationId>> {
    let change = DraftChange::EmployerRemoved { company: removed.company };
    (count > 1).then(|| Changed::new(removed.id, DraftEvent { draft: removed.draft, change }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sending_goes_to_one_employer_at_least_and_five_at_most() {
        let id = uuid::Uuid::from_u128;
        let one = AddedEmployer {
            id: ApplicationId(id(1)),
            draft: ApplicationDraftId(id(2)),
            company: OrganisationId(id(3)),
        };
        for (count, adds, removes) in [(1, true, false), (2, true, true), (4, true, true), (5, false, true)] {
            assert_eq!(add_employer(one, count).is_ok(), adds, "{count}");
            assert_eq!(remove_employer(one, count).is_some(), removes, "{count}");
        }
    }
}
