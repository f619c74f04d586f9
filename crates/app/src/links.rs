//! Absolute addresses of pages, for mails and for paper. `iae_web::paths` does not compile when one of these is not its own.

use iae_domain::ids::{
    AccountLetterId, AdminRequestId, ApplicationId, CandidateId, ControlCampaignId, ControlId,
    HabilitationId, ImportId, InvitationId, MembershipId, NirCorrectionId, OrganisationId, PassId,
    ProlongationRequestId, SignUpRequestId,
};
use url::Url;

use crate::{App, AppConfig};

/// The page of an application.
pub const APPLICATION: &str = "/applications/{id}";
/// The page of a PASS.
pub const PASS: &str = "/pass/{id}";
/// Where a prolongation of a PASS is asked.
pub const PASS_PROLONGATION: &str = "/pass/{id}/prolongation";
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
/// The colleagues of one's own organisation.
pub const MEMBERS: &str = "/members";
/// The departure of one of them.
pub const DEPARTURE: &str = "/members/{id}/departure";
/// The same, for the team.
pub const ADMIN_DEPARTURE: &str = "/admin/memberships/{id}/departure";
/// A request to administer one's company, handed over by its official address.
pub const ADMIN_REQUEST: &str = "/members/admin-requests/{id}";
/// An invitation to join an organisation.
pub const INVITATION: &str = "/invitations/{id}";
/// The presentation of one's own organisation.
pub const ORGANISATION: &str = "/organisation";
/// An import of official files, for the team.
pub const IMPORT: &str = "/admin/imports/{id}";
/// The right to prescribe of one's own organisation, and its requests.
pub const HABILITATION: &str = "/habilitation";
/// A request of habilitation, for whoever instructs it.
pub const HABILITATION_REVIEW: &str = "/habilitations/{id}";
/// Where members invite; with a request to join, it is filled in.
pub const NEW_INVITATIONS: &str = "/invitations/new";
/// The link of a company, sent to its official address, for whoever signs up.
pub const COMPANY_LINK: &str = "/sign-up/company-links/{id}";
/// An organisation whose authorisation the team decides of.
pub const AUTHORISATION: &str = "/admin/authorisations/{id}";
/// An organisation, for the team.
pub const ADMIN_ORGANISATION: &str = "/admin/organisations/{id}";
/// The page where one signs in.
pub const LOGIN: &str = "/login";
/// Where a forgotten password is replaced.
pub const FORGOTTEN_PASSWORD: &str = "/forgotten-password";
/// Where an account is opened.
pub const SIGN_UP: &str = "/sign-up";
/// What a letter about an account opens.
pub const ACCOUNT_LETTER: &str = "/account-letters/{id}/{key}";
/// What the address of every letter has before its id.
pub(crate) const LETTERS: &str = "/account-letters/";
/// What stands for the key of a letter until its mail leaves.
pub(crate) const LETTER_KEY: &str = "key-of-this-letter";
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

/// An import of official files, for the team.
pub fn import(config: &AppConfig, id: ImportId) -> Url {
    page(config, &IMPORT.replace("{id}", &id.to_string()))
}

/// An organisation, for the team.
pub fn admin_organisation(config: &AppConfig, id: OrganisationId) -> Url {
    page(config, &ADMIN_ORGANISATION.replace("{id}", &id.to_string()))
}

/// The dashboard, which leads a person who is not signed in to the login page.
pub fn dashboard(config: &AppConfig) -> Url {
    page(config, DASHBOARD)
}

/// The colleagues of one's own organisation.
pub fn members(config: &AppConfig) -> Url {
    page(config, MEMBERS)
}

/// The departure of one of them.
pub fn departure(config: &AppConfig, id: MembershipId) -> Url {
    page(config, &DEPARTURE.replace("{id}", &id.to_string()))
}

/// The same, for the team.
pub fn admin_departure(config: &AppConfig, id: MembershipId) -> Url {
    page(config, &ADMIN_DEPARTURE.replace("{id}", &id.to_string()))
}

/// A request to administer one's company, with the word that its official address hands over.
pub fn admin_request(config: &AppConfig, id: AdminRequestId, token: &str) -> Url {
    with_token(page(config, &ADMIN_REQUEST.replace("{id}", &id.to_string())), token)
}

/// An invitation to join an organisation, with the word of its link.
pub fn invitation(config: &AppConfig, id: InvitationId, token: &str) -> Url {
    with_token(page(config, &INVITATION.replace("{id}", &id.to_string())), token)
}

/// The presentation of one's own organisation.
pub fn organisation(config: &AppConfig) -> Url {
    page(config, ORGANISATION)
}

/// The right to prescribe of one's own organisation, and its requests.
pub fn habilitation(config: &AppConfig) -> Url {
    page(config, HABILITATION)
}

/// A request of habilitation, for whoever instructs it.
pub fn habilitation_review(config: &AppConfig, id: HabilitationId) -> Url {
    page(config, &HABILITATION_REVIEW.replace("{id}", &id.to_string()))
}

/// The page where one signs in.
pub fn login(config: &AppConfig) -> Url {
    page(config, LOGIN)
}

/// Where a forgotten password is replaced.
pub fn forgotten_password(config: &AppConfig) -> Url {
    page(config, FORGOTTEN_PASSWORD)
}

/// Where an account is opened.
pub fn sign_up(config: &AppConfig) -> Url {
    page(config, SIGN_UP)
}

/// What a letter about an account opens, without its key.
pub(crate) fn account_letter(config: &AppConfig, id: AccountLetterId) -> Url {
    page(config, &ACCOUNT_LETTER.replace("{id}", &id.to_string()).replace("{key}", LETTER_KEY))
}

/// The same with its key: what a command shows to whoever ran it.
pub fn opened_letter(app: &App, id: AccountLetterId) -> Url {
    let path = ACCOUNT_LETTER.replace("{id}", &id.to_string());
    page(&app.config, &path.replace("{key}", &app.secrets.letter_key(id)))
}

/// Where a prolongation of a PASS is asked.
pub fn pass_prolongation(config: &AppConfig, id: PassId) -> Url {
    page(config, &PASS_PROLONGATION.replace("{id}", &id.to_string()))
}

/// Where a member invites whoever asked to join: who they are is in the request, and not in the address.
pub fn invitation_of(config: &AppConfig, request: SignUpRequestId) -> Url {
    let mut url = page(config, NEW_INVITATIONS);
    url.query_pairs_mut().append_pair("request", &request.to_string());
    url
}

/// The link of a company, with the word that only its official address reads.
pub fn company_link(config: &AppConfig, id: SignUpRequestId, token: &str) -> Url {
    with_token(page(config, &COMPANY_LINK.replace("{id}", &id.to_string())), token)
}

/// An organisation whose authorisation the team decides of.
pub fn authorisation(config: &AppConfig, id: OrganisationId) -> Url {
    page(config, &AUTHORISATION.replace("{id}", &id.to_string()))
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

fn with_token(mut url: Url, token: &str) -> Url {
    url.query_pairs_mut().append_pair("token", token);
    url
}

fn page(config: &AppConfig, path: &str) -> Url {
    let mut url = config.base_url.clone();
    url.set_path(path);
    url
}
