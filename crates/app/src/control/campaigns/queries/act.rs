//! What the team does next of a campaign, and the day it is planned on. Nothing of it is done by itself (rule book 04 §1.7).

use chrono::NaiveDate;
use iae_domain::control::{CampaignPhase, CampaignTurn, ControlCampaign};

/// An act of the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The list of what can be drawn is frozen.
    FreezeList,
    /// The SIAE are drawn.
    Launch,
    /// The campaign turns.
    Turn(CampaignTurn),
}

impl Act {
    /// The only one that comes now, if one does, of a campaign that controls so many SIAE.
    pub const fn next(campaign: &ControlCampaign, companies: usize) -> Option<Self> {
        match (campaign.phase(), campaign.next_turn(companies)) {
            (CampaignPhase::Sampling, _) => Some(Self::FreezeList),
            (CampaignPhase::ListFrozen, _) => Some(Self::Launch),
            (CampaignPhase::Amicable | CampaignPhase::Adversarial | CampaignPhase::Ended, Some(turn)) => {
                Some(Self::Turn(turn))
            }
            (CampaignPhase::Amicable | CampaignPhase::Adversarial | CampaignPhase::Ended, None) => None,
        }
    }

    /// The day it is planned on.
    pub fn planned_on(self, campaign: &ControlCampaign) -> Option<NaiveDate> {
        match self {
            Self::FreezeList | Self::Launch => Some(campaign.calendar.launch_on),
            Self::Turn(turn) => campaign.planned_on(turn),
        }
    }

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::FreezeList => "Figer la liste",
            Self::Launch => "Tirer au sort les structures",
            Self::Turn(turn) => turn.label(),
        }
    }
}
