//! A suspension as it is kept, and what is written of it.

use chrono::{DateTime, NaiveDate, Utc};

use serde::Deserialize;

use super::SuspensionReason;
use crate::ids::{OrganisationId, PassId, SuspensionId, UserId};
use crate::time::Period;

/// Who suspends: a member of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct SuspensionAuthor {
    /// The account.
    pub user: UserId,
    /// The SIAE, or the organisation of the prescripteur habilité.
    pub organisation: OrganisationId,
}

/// A suspension of a PASS.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Suspension {
    /// Its id.
    pub id: SuspensionId,
    /// The PASS.
    pub pass: PassId,
    /// First and last day.
    pub period: Period,
    /// Why.
    pub reason: SuspensionReason,
    /// In the author's own words.
    pub explanation: Option<String>,
    /// Who recorded it.
    pub author: SuspensionAuthor,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

/// What is written of a suspension. Two of one PASS never start on the same day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuspensionWrite {
    /// It is new.
    Add(Suspension),
    /// It has other dates, another reason or other words.
    Replace(Suspension),
    /// The one that starts on this day ends on another.
    End {
        /// Its first day.
        start: NaiveDate,
        /// Its last day, from now on.
        end: NaiveDate,
    },
    /// The one that starts on this day is taken away.
    Remove {
        /// Its first day.
        start: NaiveDate,
    },
}

impl SuspensionWrite {
    /// Last day of the suspension once this is written; none when it is no more.
    pub const fn last_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Add(suspension) | Self::Replace(suspension) => Some(suspension.period.end),
            Self::End { end, .. } => Some(*end),
            Self::Remove { .. } => None,
        }
    }
}
