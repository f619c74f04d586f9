//! « Remarque du support »: why a member of the team did something to somebody's data, kept with it (STF-2).

use crate::Changed;
use crate::ids::{OrganisationId, UserId};
use crate::text::Message;

/// Longest remark, in characters.
pub const REMARK_MAX_CHARS: usize = 500;

/// What was typed: some words, not too many. Never in the audit trail, which says what was done.
pub type SupportRemark = Message<REMARK_MAX_CHARS>;

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkOn {
    /// An account, or the file of a candidate, which has the same id.
    Account(UserId),
    /// An organisation.
    Organisation(OrganisationId),
}

impl From<UserId> for RemarkOn {
    fn from(user: UserId) -> Self {
        Self::Account(user)
    }
}

impl From<OrganisationId> for RemarkOn {
    fn from(organisation: OrganisationId) -> Self {
        Self::Organisation(organisation)
    }
}

/// A remark to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRemark {
    /// What it is about.
    pub on: RemarkOn,
    /// The name of the event it explains.
    pub act: &'static str,
    /// The words.
    pub remark: SupportRemark,
}

/// Explains an act with a remark. The event is that of the act, which the same work keeps: a remark adds none.
pub fn explain(on: RemarkOn, act: &'static str, remark: SupportRemark) -> Changed<NewRemark> {
    Changed::with(NewRemark { on, act, remark }, Vec::new())
}
