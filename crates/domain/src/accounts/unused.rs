//! Accounts of professionals that nobody uses (USR-16): their holder is told a month before, then the account goes, unless they
//! signed in meanwhile. Days are those of Paris.

use chrono::{DateTime, NaiveDate, Utc};

use super::{AccountChange, UserKind, happened};
use crate::Changed;
use crate::ids::{OrganisationId, UserId};
use crate::time::{add_days, paris_date, paris_midnight, sub_days, sub_months};

/// Months without a sign-in after which an account goes.
const KEPT_MONTHS: u32 = 24;

/// Days from the one when its holder is told to the one when it goes.
const TOLD_DAYS: u64 = 30;

/// Whoever last signed in before this is told `today`: their account goes once two years have passed.
pub fn last_used_before(today: NaiveDate) -> DateTime<Utc> {
    let last_day = sub_months(add_days(today, TOLD_DAYS), KEPT_MONTHS);
    paris_midnight(add_days(last_day, 1))
}

/// The account of whoever was told before this goes `today`.
pub fn told_before(today: NaiveDate) -> DateTime<Utc> {
    paris_midnight(add_days(sub_days(today, TOLD_DAYS), 1))
}

/// The day an account goes, whose holder was told then.
pub fn goes_on(told_at: DateTime<Utc>) -> NaiveDate {
    add_days(paris_date(told_at), TOLD_DAYS)
}

/// An account, as far as it may be one that nobody uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// The account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Whether it is open.
    pub is_active: bool,
    /// Whether it has an address; none until the next sign-in when the team opened it again (USR-17).
    pub has_email: bool,
    /// When its holder last signed in; never for who was only entered.
    pub last_login_at: Option<DateTime<Utc>>,
    /// When they were told that it would go.
    pub told_at: Option<DateTime<Utc>>,
    /// The organisations they act for.
    pub memberships: Vec<OrganisationId>,
}

/// Its holder is told that an account will go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The account.
    pub user: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// An account that goes, and of which the name stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anonymised {
    /// The account.
    pub user: UserId,
    /// The organisations its holder acts for no more.
    pub memberships: Vec<OrganisationId>,
}

impl Usage {
    /// When they were told, unless they signed in since: that makes it void.
    fn told(&self) -> Option<DateTime<Utc>> {
        self.told_at.filter(|told| self.last_login_at.is_none_or(|login| login <= *told))
    }

    /// Whether it is one of those that go: open, and a professional's (candidates have a rule of their own, USR-18).
    fn may_go(&self) -> bool {
        self.is_active && self.kind == UserKind::Professional
    }

    /// Tells its holder, once, a month before two years without a sign-in. Whoever has no address cannot be told, and keeps it.
    pub fn tell(&self, now: DateTime<Utc>) -> Option<Changed<Told>> {
        let is_unused = self.last_login_at.is_some_and(|login| login < last_used_before(paris_date(now)));
        if !self.may_go() || !self.has_email || !is_unused || self.told().is_some() {
            return None;
        }
        Some(happened(Told { user: self.user, at: now }, self.user, AccountChange::ClosingAnnounced))
    }

    /// Whether its day has come.
    fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.may_go() && self.told().is_some_and(|told| told < told_before(paris_date(now)))
    }

    /// Deletes it when its day has come: for an account that nothing refers to.
    pub fn delete(&self, now: DateTime<Utc>) -> Option<Changed<UserId>> {
        self.is_due(now).then(|| happened(self.user, self.user, AccountChange::Deleted))
    }

    /// Closes it when its day has come, and keeps its name and what its provider calls it: for an account that something refers to.
    pub fn anonymise(&self, now: DateTime<Utc>) -> Option<Changed<Anonymised>> {
        if !self.is_due(now) {
            return None;
        }
        let count = u32::try_from(self.memberships.len()).unwrap_or(u32::MAX);
        let anonymised = Anonymised { user: self.user, memberships: self.memberships.clone() };
        Some(happened(anonymised, self.user, AccountChange::Anonymised { memberships: count }))
    }
}

#[cfg(test)]
mod tests;
