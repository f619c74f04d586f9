//! When submissions of a phase were frozen: once the phase is over, the trail alone keeps it.

use chrono::{DateTime, Utc};
use iae_app::control::campaigns::queries::DoneAct;
use iae_domain::control::ControlCampaign;

/// The name of a freeze of submissions in the trail.
pub(super) const FROZEN: &str = "control_campaign.submissions_frozen";

/// When submissions of a phase were frozen, the contradictory one or the amicable one; `done` is what the trail keeps of the campaign.
pub(super) fn frozen_at(
    campaign: &ControlCampaign,
    done: &[DoneAct],
    in_adversarial: bool,
) -> Option<DateTime<Utc>> {
    let is_of_phase = |act: &&DoneAct| {
        act.action == FROZEN && campaign.adversarial_at.is_some_and(|began| began <= act.at) == in_adversarial
    };
    done.iter().find(is_of_phase).map(|act| act.at)
}
