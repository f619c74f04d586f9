//! The control of auto-prescriptions (rule book 04 §1): campaigns, what an SIAE defends, what its DDETS reviews.

mod badge;
mod campaigns;
mod defence;
mod export;
mod file;
mod outcome;
mod review;

use iae_domain::ids::ControlCampaignId;

use crate::paths::{ControlsPath, DashboardPath};
use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .merge(campaigns::routes())
        .merge(defence::routes())
        .merge(review::routes())
        .merge(outcome::routes())
        .get(file::get)
}

/// Where the pages of one control come back to, for its DDETS: the list of its campaign; its dashboard, once that list went out of view
/// and the control stays in it by its withdrawal (rule book 04 §1.16, §1.19).
fn origin(campaign: ControlCampaignId, is_in_view: bool) -> (&'static str, String) {
    if is_in_view {
        ("Structures contrôlées", ControlsPath { id: campaign }.to_string())
    } else {
        ("Tableau de bord", DashboardPath.to_string())
    }
}
