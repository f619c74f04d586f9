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
        is_last_admin: !has_other_admins,
    };
    Ok(Changed::new(DepartureAsked { member, at }, member.event(change)))
}
