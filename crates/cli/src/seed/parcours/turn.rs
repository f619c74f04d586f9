//! What people do to a PASS once it is issued, one thing at a time.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use iae_domain::pass::SuspensionReason;
use iae_domain::pass::closure::ClosureReason;
use iae_domain::pass::prolongation::{DenialReason, ProlongationReason};
use uuid::Uuid;

use super::Member;

/// When requests that wait are reminded, after midnight in Paris (rule book 03 §9).
pub const REMINDERS: TimeDelta = TimeDelta::minutes(5 * 60 + 15);

/// What is done.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    /// It is suspended from this day on, until another or until nobody knows when.
    Suspend(NaiveDate, Option<NaiveDate>, SuspensionReason),
    /// The suspension that runs ends on another day.
    Change(NaiveDate),
    /// The person comes back on this day.
    Lift(NaiveDate),
    /// It is closed.
    Close(ClosureReason),
    /// The SIAE declares a prolongation of so many days, or of as many as there may be.
    Declare(ProlongationReason, u64),
    /// The SIAE asks a prescriber for one.
    Ask(ProlongationReason, u64, Member),
    /// The platform reminds the request that waits.
    Remind,
    /// It is handed over to a colleague.
    Delegate(Uuid),
    /// It is granted.
    Grant,
    /// It is refused.
    Deny(DenialReason),
}

/// A deed, who does it and when.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Member,
    /// What.
    pub deed: Deed,
}
