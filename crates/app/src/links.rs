//! Absolute addresses of pages, for mails and for paper. `iae_web::paths` does not compile when one of these is not its own.

use iae_domain::ids::{
    ApplicationId, CandidateId, ControlCampaignId, ControlId, NirCorrectionId, OrganisationId, PassId,
    ProlongationRequestId,
};
use url::Url;

use crate::AppConfig;

/// The page of an application.
pub const APPLICATION: &str = "/applications/{id}";
/// The page of a PASS.
pub const PASS: &str = "/pass/{id}";
/// A request to prolong a PASS.
pub const PROLONGATION: &str = "/prolongations/{id}";
/// The letter of its refusal.
pub const PROLONGATION_LETTER: &str = "/prolongations/{id}/letter";
/// A request to correct a NIR, for the team.
pub const NIR_CORRECTION: &str = "/admin/nir-corrections/{id}";
/// Where a NIR is asked to be corrected, and where one reads what became of it.
pub const NIR_CORRECTION_OF: &str = "/candidates/{id}/nir-correction";
/// Where anyone checks the code of an attestation.
pub const ATTESTATION: &str = "/attestation";
/// A control, for the SIAE that was drawn.
pub const CONTROL: &str = "/controls/{id}";
/// The same, for the DDETS that reviews it.
pub const CONTROL_REVIEW: &str = "/controls/{id}/review";
/// What was decided of its negative result.
pub const CONTROL_OUTCOME: &str = "/controls/{id}/outcome";
/// The SIAE a campaign controls.
pub const CONTROLS: &str = "/control-campaigns/{id}/controls";
/// The choice of the ratio of a campaign.
pub const CONTROL_RATIO: &str = "/control-campaigns/{id}/ratio";
/// The dashboard.
pub const DASHBOARD: &str = "/dashboard";
/// The search of employers.
pub const EMPLOYERS: &str = "/employers";

/// The page of an employer.
pub const EMPLOYER: &str = "/employers/{id}";

/// The page of an application.
pub fn application(config: &AppConfig, id: ApplicationId) -> Url {
    page(config, &APPLICATION.replace("{id}", &id.to_string()))
}

/// The page of a PASS.
pub fn pass(config: &AppConfig, id: PassId) -> Url {
    page(config, &PASS.replace("{id}", &id.to_string()))
}

/// A request to prolong a PASS.
pub fn prolongation(config: &AppConfig, id: ProlongationRequestId) -> Url {
    page(config, &PROLONGATION.replace("{id}", &id.to_string()))
}

/// The letter of its refusal.
pub fn prolongation_letter(config: &AppConfig, id: ProlongationRequestId) -> Url {
    page(config, &PROLONGATION_LETTER.replace("{id}", &id.to_string()))
}

/// A control, for the SIAE that was drawn.
pub fn control(config: &AppConfig, id: ControlId) -> Url {
    page(config, &CONTROL.replace("{id}", &id.to_string()))
}

/// The same, for the DDETS that reviews it.
pub fn control_review(config: &AppConfig, id: ControlId) -> Url {
    page(config, &CONTROL_REVIEW.replace("{id}", &id.to_string()))
}

/// What was decided of its negative result.
pub fn control_outcome(config: &AppConfig, id: ControlId) -> Url {
    page(config, &CONTROL_OUTCOME.replace("{id}", &id.to_string()))
}

/// The SIAE a campaign controls.
pub fn controls(config: &AppConfig, id: ControlCampaignId) -> Url {
    page(config, &CONTROLS.replace("{id}", &id.to_string()))
}

/// The choice of the ratio of a campaign.
pub fn control_ratio(config: &AppConfig, id: ControlCampaignId) -> Url {
    page(config, &CONTROL_RATIO.replace("{id}", &id.to_string()))
}

/// A request to correct a NIR, for the team.
pub fn nir_correction(config: &AppConfig, id: NirCorrectionId) -> Url {
    page(config, &NIR_CORRECTION.replace("{id}", &id.to_string()))
}

/// Where one reads what became of a request to correct a NIR.
pub fn nir_correction_of(config: &AppConfig, id: CandidateId) -> Url {
    page(config, &NIR_CORRECTION_OF.replace("{id}", &id.to_string()))
}

/// Where anyone checks the code of an attestation: printed on it, and typed by who holds the paper.
pub fn attestation(config: &AppConfig) -> Url {
    page(config, ATTESTATION)
}

/// The dashboard, which leads a person who is not signed in to the login page.
pub fn dashboard(config: &AppConfig) -> Url {
    page(config, DASHBOARD)
}

/// The search of employers.
pub fn employers(config: &AppConfig) -> Url {
    page(config, EMPLOYERS)
}

/// The search of an employer for someone.
pub fn employers_for(config: &AppConfig, candidate: CandidateId) -> Url {
    let mut url = employers(config);
    url.query_pairs_mut().append_pair("for", &candidate.to_string());
    url
}

/// The page of an employer, from which one applies.
pub fn employer(config: &AppConfig, id: OrganisationId) -> Url {
    page(config, &EMPLOYER.replace("{id}", &id.to_string()))
}

fn page(config: &AppConfig, path: &str) -> Url {
    let mut url = config.base_url.clone();
    url.set_path(path);
    url
}
