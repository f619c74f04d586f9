//! Where the team reads a thing that the trail names.

use iae_domain::ids::{
    AnnouncementId, ApplicationId, ControlCampaignId, EmailId, HabilitationId, ImportId, InvitationId,
    OrganisationId, PassId, UserId,
};
use uuid::Uuid;

use crate::paths::{
    AdminInvitationPath, AdminOrganisationPath, AdminUserPath, AnnouncementPath, ApplicationPath,
    ControlCampaignPath, EmailPath, HabilitationReviewPath, ImportPath, PassPath,
};

/// The page of the team about a thing of this kind; none where the team has none, and its journal says it all. A candidate is read
/// as an account: their file is for those who follow them (D4).
pub(super) fn staff_page(kind: &str, id: Uuid) -> Option<String> {
    Some(match kind {
        "account" | "candidate" => AdminUserPath { id: UserId(id) }.to_string(),
        "announcement" => AnnouncementPath { id: AnnouncementId(id) }.to_string(),
        "application" => ApplicationPath { id: ApplicationId(id) }.to_string(),
        "control_campaign" => ControlCampaignPath { id: ControlCampaignId(id) }.to_string(),
        "email" => EmailPath { id: EmailId(id) }.to_string(),
        "habilitation" => HabilitationReviewPath { id: HabilitationId(id) }.to_string(),
        "import" => ImportPath { id: ImportId(id) }.to_string(),
        "invitation" => AdminInvitationPath { id: InvitationId(id) }.to_string(),
        "organisation" => AdminOrganisationPath { id: OrganisationId(id) }.to_string(),
        "pass" => PassPath { id: PassId(id) }.to_string(),
        _ => return None,
    })
}
