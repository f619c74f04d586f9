//! A campaign, as the dashboard of its DDETS shows it (rule book 04 §1.19).

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::control::{Calendar, Days};
use iae_domain::ids::ControlCampaignId;
use iae_domain::time::Period;

/// Days during which a campaign that ended is still the current one: a sanction may be left to notify.
const ACTIVE_DAYS: i64 = 182;

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignCard {
    /// Its id.
    pub id: ControlCampaignId,
    /// Which contracts are controlled, by their first day.
    pub hired: Period,
    /// Its days.
    pub calendar: Calendar,
    /// Whether the ratio was settled.
    pub ratio_is_set: bool,
    /// Whether the list of what can be drawn was frozen.
    pub list_is_frozen: bool,
    /// When the SIAE were drawn.
    pub launched_at: Option<DateTime<Utc>>,
    /// When the contradictory phase was begun.
    pub adversarial_at: Option<DateTime<Utc>>,
    /// Whether nobody submits any more in the phase that runs.
    pub is_frozen: bool,
    /// When it was closed.
    pub ended_at: Option<DateTime<Utc>>,
    /// How many proofs wait for a decision.
    pub to_review: i64,
    /// How many negative results wait for a decision, once it is over.
    pub to_notify: i64,
}

impl CampaignCard {
    /// Whether it is the current one: open, or ended a short while ago.
    pub fn is_active(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none_or(|ended| ended >= now - TimeDelta::days(ACTIVE_DAYS))
    }

    /// The days of its phase, once the SIAE were drawn.
    pub fn days(&self) -> Option<Days> {
        let (calendar, adversarial_at) = (self.calendar, self.adversarial_at);
        self.launched_at.map(|launched_at| Days { calendar, launched_at, adversarial_at })
    }
}
