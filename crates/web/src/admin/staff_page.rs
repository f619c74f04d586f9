//! Where the team reads a thing that the trail names.

use iae_domain::actor::StaffActor;
use iae_domain::ids::{
    AnnouncementId, ApplicationId, ControlCampaignId, EmailId, HabilitationId, ImportId, InvitationId,
    OrganisationId, PassId, UserId,
};
use iae_domain::staff::StaffRight;
use uuid::Uuid;

use crate::paths::{
    AdminInvitationPath, AdminOrganisationPath, AdminUserPath, AnnouncementPath, ApplicationPath,
    ControlCampaignPath, EmailPath, HabilitationReviewPath, ImportPath, PassPath,
};

/// The page of the team about a thing of this kind, for who may read it; none where the team has none, and its journal says it all.
/// A candidate is read as an account: their file is for those who follow them (D4).
pub(super) fn staff_page(reader: &StaffActor, kind: &str, id: Uuid) -> Option<String> {
    use StaffRight as R;
    let (right, page) = match kind {
        "account" | "candidate" => (R::ReadUsers, AdminUserPath { id: UserId(id) }.to_string()),
        "announcement" => (R::Announce, AnnouncementPath { id: AnnouncementId(id) }.to_string()),
        "application" => (R::ReadApplications, ApplicationPath { id: ApplicationId(id) }.to_string()),
        "control_campaign" => {
            (R::ReadCampaigns, ControlCampaignPath { id: ControlCampaignId(id) }.to_string())
        }
        "email" => (R::ReadEmails, EmailPath { id: EmailId(id) }.to_string()),
        "habilitation" => {
            (R::ReadOrganisations, HabilitationReviewPath { id: HabilitationId(id) }.to_string())
        }
        "import" => (R::ReadImports, ImportPath { id: ImportId(id) }.to_string()),
        "invitation" => (R::ReadOrganisations, AdminInvitationPath { id: InvitationId(id) }.to_string()),
        "organisation" => {
            (R::ReadOrganisations, AdminOrganisationPath { id: OrganisationId(id) }.to_string())
        }
        "pass" => (R::ReadApplications, PassPath { id: PassId(id) }.to_string()),
        _ => return None,
    };
    reader.holds(right).then_some(page)
}
