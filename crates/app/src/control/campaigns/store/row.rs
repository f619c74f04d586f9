//! A campaign as its columns have it.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{Calendar, ControlCampaign, Digest, PublishedList, Ratio};
use iae_domain::ids::{ControlCampaignId, OrganisationId};
use iae_domain::time::Period;

use super::bounded;
use crate::error::Result;

/// The columns, those of the calendar among them.
pub(super) struct Row {
    pub id: ControlCampaignId,
    pub institution: OrganisationId,
    pub launch_on: NaiveDate,
    pub adversarial_from: NaiveDate,
    pub hired_from: NaiveDate,
    pub hired_to: NaiveDate,
    pub ratio: i16,
    pub ratio_set_at: Option<DateTime<Utc>>,
    pub list_frozen_at: Option<DateTime<Utc>>,
    pub list_digest: Option<Vec<u8>>,
    pub value_name: Option<String>,
    pub value: Option<String>,
    pub launched_at: Option<DateTime<Utc>>,
    pub adversarial_at: Option<DateTime<Utc>>,
    pub submissions_frozen_at: Option<DateTime<Utc>>,
    pub freeze_notified_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl Row {
    /// The campaign, and the value of its draw.
    pub(super) fn read(self) -> Result<(ControlCampaign, Option<String>)> {
        let list = match (self.list_frozen_at, self.list_digest, self.value_name) {
            (Some(frozen_at), Some(digest), Some(value_name)) => {
                let digest = bounded(digest.try_into().ok().map(Digest), "list_digest", self.id)?;
                Some(PublishedList { digest, value_name, frozen_at })
            }
            _ => None,
        };
        let campaign = ControlCampaign {
            id: self.id,
            institution: self.institution,
            calendar: Calendar { launch_on: self.launch_on, adversarial_from: self.adversarial_from },
            hired: Period { start: self.hired_from, end: self.hired_to },
            ratio: bounded(Ratio::of_column(self.ratio), "ratio", self.id)?,
            ratio_set_at: self.ratio_set_at,
            list,
            launched_at: self.launched_at,
            adversarial_at: self.adversarial_at,
            submissions_frozen_at: self.submissions_frozen_at,
            freeze_notified_at: self.freeze_notified_at,
            ended_at: self.ended_at,
        };
        Ok((campaign, self.value))
    }
}
