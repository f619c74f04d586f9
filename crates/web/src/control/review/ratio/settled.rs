//! What a campaign holds of its share, in words.

use iae_domain::control::{CampaignPhase, ControlCampaign};

use crate::error::PageError;
use crate::french::{date_time, spaced};
use crate::paths::ControlRatioPath;

/// Whether the share may still be chosen.
pub(super) fn may_choose(campaign: &ControlCampaign) -> bool {
    campaign.ratio_set_at.is_none() && campaign.phase() == CampaignPhase::Sampling
}

/// What was chosen, or what applies because nothing was: the launch settles it then, at its own instant.
pub(super) fn settled(campaign: &ControlCampaign) -> String {
    let percent = campaign.ratio.percent();
    let chosen = campaign.ratio_set_at.filter(|at| Some(*at) != campaign.launched_at);
    let said = match chosen {
        Some(at) => format!("Le taux de {percent}\u{a0}% a été choisi le {}.", date_time(at)),
        None => format!(
            "La liste des auto-prescriptions est figée sans que vous ayez choisi de taux : {percent}\u{a0}% s’applique."
        ),
    };
    spaced(&said)
}

/// What was settled since the page was read (D32).
pub(super) fn already(campaign: &ControlCampaign) -> PageError {
    let link = ControlRatioPath { id: campaign.id }.to_string();
    PageError::Conflict {
        message: spaced(&format!("{} Un taux ne se choisit qu’une fois.", settled(campaign))),
        link: Some(("Revoir l’échantillon".to_owned(), link)),
    }
}
