//! Every address of the platform, said once: routes, links, forms and redirections are made from these types.
//!
//! In Rust `PassPath { id }`, in a template `crate::paths::PassPath::to(pass.id)`, without an id `crate::paths::PassesPath`.

use axum_extra::routing::TypedPath;
use iae_app::links;
use iae_domain::ids::{
    AccountLetterId, AdminRequestId, AnnouncementId, ApplicationDraftId, ApplicationId, CandidateId,
    ControlCampaignId, ControlCriterionId, ControlHireId, ControlId, EligibilityProofId, EmailId, ExportId,
    HabilitationId, HabilitationPieceId, ImportId, InvitationId, JobDescriptionId, MembershipId,
    NirCorrectionId, OrganisationId, PassId, ProlongationRequestId, SignUpRequestId, UserId,
};
use serde::Deserialize;

use crate::error::PageError;

macro_rules! paths {
    () => {};
    ($(#[$about:meta])* $name:ident = $path:literal; $($rest:tt)*) => {
        $(#[$about])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path)]
        pub struct $name;
        paths! { $($rest)* }
    };
    ($(#[$about:meta])* $name:ident($id:ty) = $path:literal; $($rest:tt)*) => {
        $(#[$about])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(PageError))]
        pub struct $name {
            /// What it is of.
            pub id: $id,
        }

        impl $name {
            /// The address of this one. Templates hand references over.
            pub fn to(id: &$id) -> Self {
                Self { id: *id }
            }
        }
        paths! { $($rest)* }
    };
}

paths! {
    /// The home page.
    HomePath = "/";
    /// The declaration of accessibility.
    AccessibilityPath = "/accessibility";
    /// The check of a load balancer.
    HealthPath = "/health";
    /// The legal notice.
    LegalPath = "/legal";
    /// The notice on personal data.
    PersonalDataPath = "/personal-data";
    /// The check of the code of an attestation.
    AttestationPath = "/attestation";
    /// The map of the site.
    SiteMapPath = "/site-map";

    /// An export being prepared.
    ExportPath(ExportId) = "/exports/{id}";
    /// Its file.
    ExportFilePath(ExportId) = "/exports/{id}/file";

    /// The page where one signs in.
    LoginPath = "/login";
    /// The page that asks whether to sign out, and the action.
    LogoutPath = "/logout";
    /// Where a provider sends the browser back once its own session is closed.
    LogoutCallbackPath = "/logout/callback";
    /// A forgotten password is replaced.
    ForgottenPasswordPath = "/forgotten-password";
    /// A second factor is shown.
    SecondFactorPath = "/login/second-factor";
    /// A second factor is added.
    SecondFactorEnrolmentPath = "/login/second-factor/enrolment";
    /// The choice of a profile, to open an account.
    SignUpPath = "/sign-up";
    /// A candidate opens an account.
    CandidateSignUpPath = "/sign-up/candidate";
    /// The terms of the service that apply.
    TermsPath = "/terms";
    /// They are accepted.
    TermsAcceptancePath = "/terms/acceptance";
    /// The first page of a newcomer.
    WelcomePath = "/welcome";
    /// One's own account.
    MyAccountPath = "/my-account";
    /// Its address is changed.
    MyEmailPath = "/my-account/email";
    /// Its password is changed.
    MyPasswordPath = "/my-account/password";
    /// Its sessions.
    MySessionsPath = "/my-account/sessions";
    /// Its applications of codes.
    MyDevicesPath = "/my-account/devices";
    /// The change of organisation.
    OrganisationSwitchPath = "/organisation-switch";

    /// The dashboard.
    DashboardPath = "/dashboard";

    /// The colleagues of one's own organisation.
    MembersPath = "/members";
    /// The role of one of them.
    MemberRolePath(MembershipId) = "/members/{id}/role";
    /// The departure of one of them.
    DeparturePath(MembershipId) = "/members/{id}/departure";
    /// One's own wish to leave.
    LeavingPath = "/members/leaving";
    /// It is withdrawn.
    LeavingWithdrawalPath = "/members/leaving/withdrawal";
    /// The request to administer a company that nobody administers.
    NewAdminRequestPath = "/members/admin-request";
    /// Such a request, handed over by the official address.
    AdminRequestPath(AdminRequestId) = "/members/admin-requests/{id}";
    /// The invitations that wait for whoever reads.
    InvitationsPath = "/invitations";
    /// Where people are invited.
    NewInvitationsPath = "/invitations/new";
    /// One invitation, for whom it was sent to.
    InvitationPath(InvitationId) = "/invitations/{id}";
    /// It is accepted.
    InvitationAcceptancePath(InvitationId) = "/invitations/{id}/acceptance";
    /// It is sent again.
    InvitationSendingPath(InvitationId) = "/invitations/{id}/sending";
    /// It is taken back.
    InvitationRevocationPath(InvitationId) = "/invitations/{id}/revocation";

    /// The presentation of one's own organisation.
    OrganisationPath = "/organisation";
    /// What it says of itself, to be published.
    OrganisationProfilePath = "/organisation/profile";
    /// What a company takes, turned.
    OrganisationOpeningsPath = "/organisation/openings";
    /// The addition of an antenna.
    NewAntennaPath = "/organisation/antennas/new";
    /// The financial annexes of a company.
    AnnexesPath = "/organisation/annexes";
    /// The organisations agreed by a département council.
    AgreedPath = "/organisation/agreed";

    /// Where a professional says what they are, to join an organisation or sign one up.
    ProfessionalSignUpPath = "/sign-up/professional";
    /// The search of the company one works for.
    CompanySearchPath = "/sign-up/companies";
    /// What one does to join this company.
    CompanySignUpPath(OrganisationId) = "/sign-up/companies/{id}";
    /// The link sent to the official address of a company.
    CompanyLinkPath(SignUpRequestId) = "/sign-up/company-links/{id}";
    /// The sign-up of a facilitator of the social clauses.
    FacilitatorSignUpPath = "/sign-up/facilitator";
    /// The sign-up of a prescriber organisation, step by step.
    PrescriberSignUpPath = "/sign-up/prescriber";
    /// A request to join a prescriber organisation that was found.
    JoinRequestPath = "/sign-up/prescriber/join-request";
    /// The sign-up of an agent of France Travail.
    AgencySignUpPath = "/sign-up/france-travail";

    /// The communes suggested while one types.
    CommunesPath = "/communes";
    /// The search of employers.
    EmployersPath = "/employers";
    /// One employer.
    EmployerPath(OrganisationId) = "/employers/{id}";
    /// The search of open posts.
    JobsPath = "/jobs";
    /// One post.
    JobPath(JobDescriptionId) = "/jobs/{id}";
    /// The directory of authorised prescribers.
    PrescribersPath = "/prescribers";
    /// One of them.
    PrescriberPath(OrganisationId) = "/prescribers/{id}";
    /// Whether an organisation is authorised to prescribe.
    AmIAuthorisedPath = "/am-i-authorised";

    /// The list of candidates.
    CandidatesPath = "/candidates";
    /// The look-up by NIR.
    LookupPath = "/candidates/lookup";
    /// The look-up by name, among the people one already sees.
    LookupNamePath = "/candidates/lookup/name";
    /// « Is it this person? », after a look-up.
    ConfirmationPath = "/candidates/lookup/confirmation";
    /// The look-up by address.
    LookupEmailPath = "/candidates/lookup/email";
    /// The creation of a person's file.
    NewCandidatePath = "/candidates/new";
    /// A person's file.
    CandidatePath(CandidateId) = "/candidates/{id}";
    /// What a file says, to be changed.
    CandidateUpdatePath(CandidateId) = "/candidates/{id}/update";
    /// What a file said before.
    CandidateChangesPath(CandidateId) = "/candidates/{id}/changes";
    /// The request to correct the NIR of a file.
    NirCorrectionPath(CandidateId) = "/candidates/{id}/nir-correction";
    /// The person's own file.
    MyFilePath = "/my-file";

    /// The diagnosis of a person.
    EligibilityPath(CandidateId) = "/candidates/{id}/eligibility";

    /// Where drafts begin.
    DraftsPath = "/application-drafts";
    /// The start of an application.
    NewDraftPath = "/application-drafts/new";
    /// The draft given up.
    DraftAbandonmentPath(ApplicationDraftId) = "/application-drafts/{id}/abandonment";
    /// The step of a draft: candidate.
    DraftCandidatePath(ApplicationDraftId) = "/application-drafts/{id}/candidate";
    /// The step of a draft: completion.
    DraftCompletionPath(ApplicationDraftId) = "/application-drafts/{id}/completion";
    /// The step of a draft: eligibility.
    DraftEligibilityPath(ApplicationDraftId) = "/application-drafts/{id}/eligibility";
    /// Where another employer is found for a draft, and added.
    DraftEmployersPath(ApplicationDraftId) = "/application-drafts/{id}/employers";
    /// An employer taken away from a draft.
    DraftEmployerRemovalPath(ApplicationDraftId) = "/application-drafts/{id}/employers/removal";
    /// The step of a draft: jobs.
    DraftJobsPath(ApplicationDraftId) = "/application-drafts/{id}/jobs";
    /// The step of a draft: message.
    DraftMessagePath(ApplicationDraftId) = "/application-drafts/{id}/message";
    /// What comes before the steps of someone who applies alone: their NIR.
    DraftNirPath(ApplicationDraftId) = "/application-drafts/{id}/nir";
    /// The step of a draft: previous.
    DraftPreviousPath(ApplicationDraftId) = "/application-drafts/{id}/previous";
    /// The sending of a draft.
    DraftSubmissionPath(ApplicationDraftId) = "/application-drafts/{id}/submission";
    /// The step of a draft: summary.
    DraftSummaryPath(ApplicationDraftId) = "/application-drafts/{id}/summary";
    /// The end of the draft: the application is sent.
    SentPath(ApplicationId) = "/applications/{id}/sent";

    /// The list of applications.
    ApplicationsPath = "/applications";
    /// What a company sent to other companies.
    SentApplicationsPath = "/sent-applications";
    /// The page of an application.
    ApplicationPath(ApplicationId) = "/applications/{id}";
    /// The acceptance of an application.
    AcceptancePath(ApplicationId) = "/applications/{id}/acceptance";
    /// The cancellation of a hire.
    CancellationPath(ApplicationId) = "/applications/{id}/cancellation";
    /// The delivery by hand of the PASS of a hire.
    PassDeliveryPath(ApplicationId) = "/applications/{id}/pass-delivery";
    /// The postponement of an application.
    PostponementPath(ApplicationId) = "/applications/{id}/postponement";
    /// The start of the study of an application.
    ProcessingPath(ApplicationId) = "/applications/{id}/processing";
    /// The reminder of an application.
    ReminderPath(ApplicationId) = "/applications/{id}/reminder";
    /// The answer as a letter, for a person without address.
    LetterPath(ApplicationId) = "/applications/{id}/letter";
    /// The refusal of an application.
    RefusalPath(ApplicationId) = "/applications/{id}/refusal";

    /// The CV sent with an application.
    CvPath(ApplicationId) = "/applications/{id}/cv";

    /// The list of PASS.
    PassesPath = "/pass";
    /// The page of a PASS.
    PassPath(PassId) = "/pass/{id}";
    /// What a suspension or a prolongation of a PASS would do.
    SimulationPath(PassId) = "/pass/{id}/simulation";
    /// The certificate of a PASS.
    CertificatePath(PassId) = "/pass/{id}/certificate";
    /// The same, as a PDF.
    CertificatePdfPath(PassId) = "/pass/{id}/certificate.pdf";
    /// The suspension of a PASS.
    SuspensionPath(PassId) = "/pass/{id}/suspension";
    /// The suspension that runs, to be changed.
    SuspensionEditionPath(PassId) = "/pass/{id}/suspension/edition";
    /// The suspension that runs, to be lifted or removed.
    SuspensionLiftPath(PassId) = "/pass/{id}/suspension/lift";
    /// The closure of a PASS.
    ClosurePath(PassId) = "/pass/{id}/closure";
    /// The correction of the dates of a PASS by the team.
    CorrectionPath(PassId) = "/pass/{id}/correction";
    /// A prolongation of a PASS, declared or asked.
    ProlongationPath(PassId) = "/pass/{id}/prolongation";

    /// The requests of prolongation addressed to an organisation.
    ProlongationsPath = "/prolongations";
    /// One of them.
    ProlongationRequestPath(ProlongationRequestId) = "/prolongations/{id}";
    /// It is granted.
    ProlongationGrantPath(ProlongationRequestId) = "/prolongations/{id}/grant";
    /// It is refused, in three steps.
    ProlongationRefusalPath(ProlongationRequestId) = "/prolongations/{id}/refusal";
    /// It is handed over to a colleague.
    ProlongationDelegationPath(ProlongationRequestId) = "/prolongations/{id}/delegation";
    /// Its refusal as a letter.
    ProlongationLetterPath(ProlongationRequestId) = "/prolongations/{id}/letter";
    /// The same, as a PDF.
    ProlongationLetterPdfPath(ProlongationRequestId) = "/prolongations/{id}/letter.pdf";
    /// The report given with it.
    ProlongationReportPath(ProlongationRequestId) = "/prolongations/{id}/report";

    /// The list of auto-prescriptions.
    SelfPrescriptionsPath = "/self-prescriptions";
    /// The SIAE that prescribed to themselves.
    SelfPrescribersPath = "/self-prescriptions/companies";
    /// One auto-prescription, under the id of the application it served.
    SelfPrescriptionPath(ApplicationId) = "/self-prescriptions/{id}";

    /// The access log.
    AccessLogPath = "/access-log";

    /// The way in of the staff.
    AdminPath = "/admin";
    /// The audit trail.
    AuditPath = "/admin/audit";
    /// The outbox.
    EmailsPath = "/admin/emails";
    /// One mail.
    EmailPath(EmailId) = "/admin/emails/{id}";
    /// A mail that was given up, sent again.
    EmailSendingPath(EmailId) = "/admin/emails/{id}/sending";
    /// The open requests to correct a NIR.
    NirCorrectionsPath = "/admin/nir-corrections";
    /// One of them.
    NirCorrectionDecisionPath(NirCorrectionId) = "/admin/nir-corrections/{id}";
    /// The imports of official files.
    ImportsPath = "/admin/imports";
    /// One of them.
    ImportPath(ImportId) = "/admin/imports/{id}";
    /// The accounts, for the team, and the search for one.
    AdminUsersPath = "/admin/users";
    /// The way in by password of many accounts is closed.
    AdminPasswordsPath = "/admin/users/passwords";
    /// One account.
    AdminUserPath(UserId) = "/admin/users/{id}";
    /// It is closed.
    AdminUserDeactivationPath(UserId) = "/admin/users/{id}/deactivation";
    /// It is opened again.
    AdminUserReactivationPath(UserId) = "/admin/users/{id}/reactivation";
    /// Its address is changed.
    AdminUserEmailPath(UserId) = "/admin/users/{id}/email";
    /// What its provider calls it may change once.
    AdminUserSubjectPath(UserId) = "/admin/users/{id}/subject";
    /// The tasks of the worker.
    AdminJobsPath = "/admin/jobs";

    /// The campaigns of control, for the team.
    ControlCampaignsPath = "/control-campaigns";
    /// Where campaigns are opened.
    NewControlCampaignsPath = "/control-campaigns/new";
    /// One campaign, for the team.
    ControlCampaignPath(ControlCampaignId) = "/control-campaigns/{id}";
    /// Its days.
    ControlCalendarPath(ControlCampaignId) = "/control-campaigns/{id}/calendar";
    /// The SIAE it controls, for its DDETS.
    ControlsPath(ControlCampaignId) = "/control-campaigns/{id}/controls";
    /// How its draw was made.
    ControlDrawPath(ControlCampaignId) = "/control-campaigns/{id}/draw";
    /// The launch: the value of the draw is known.
    ControlLaunchPath(ControlCampaignId) = "/control-campaigns/{id}/launch";
    /// The freeze of its list.
    ControlListFreezePath(ControlCampaignId) = "/control-campaigns/{id}/list-freeze";
    /// The choice of its ratio.
    ControlRatioPath(ControlCampaignId) = "/control-campaigns/{id}/ratio";
    /// A turn of it: seen before it is done.
    ControlTurnPath(ControlCampaignId) = "/control-campaigns/{id}/turn";
    /// A control, for the SIAE that was drawn.
    ControlPath(ControlId) = "/controls/{id}";
    /// The same, for the DDETS that reviews it.
    ControlReviewPath(ControlId) = "/controls/{id}/review";
    /// What was decided of its negative result.
    ControlOutcomePath(ControlId) = "/controls/{id}/outcome";
    /// The decision on a negative result, step by step.
    ControlSanctionPath(ControlId) = "/controls/{id}/sanction";
    /// The decision that takes the place of the one in force, after an appeal.
    ControlAppealPath(ControlId) = "/controls/{id}/appeal";
    /// The letter that notifies the decision in force, as a PDF.
    ControlLetterPath(ControlId) = "/controls/{id}/letter";
    /// The whole file of a control, as a ZIP.
    ControlFilePath(ControlId) = "/controls/{id}/file";
    /// The submission of all its proofs.
    ControlSubmissionPath(ControlId) = "/controls/{id}/submission";
    /// The validation of its review.
    ControlValidationPath(ControlId) = "/controls/{id}/validation";
    /// The review of a drawn hire.
    ControlHirePath(ControlHireId) = "/control-hires/{id}";
    /// What the DDETS says of it.
    ControlCommentPath(ControlHireId) = "/control-hires/{id}/comment";
    /// The choice of the criteria that are defended for it.
    ControlCriteriaPath(ControlHireId) = "/control-hires/{id}/criteria";
    /// What is decided of the proof of a criterion.
    ControlDecisionPath(ControlCriterionId) = "/control-criteria/{id}/decision";
    /// A proof that the SIAE kept already, given for it.
    KeptProofPath(ControlCriterionId) = "/control-criteria/{id}/kept-proof";
    /// A page of that proof, as a picture.
    ProofPicturePath(ControlCriterionId) = "/control-criteria/{id}/picture";
    /// That proof: given, then downloaded.
    ProofPath(ControlCriterionId) = "/control-criteria/{id}/proof";
    /// The indicative grid of sanctions, for everyone.
    SanctionGridPath = "/sanction-grid";
    /// The proofs an SIAE keeps of the criteria it declared for a hire: shown, deposited.
    EligibilityProofsPath(ApplicationId) = "/applications/{id}/proofs";
    /// One of them, downloaded.
    EligibilityProofPath(EligibilityProofId) = "/eligibility-proofs/{id}";
    /// One of them, given up.
    EligibilityProofRemovalPath(EligibilityProofId) = "/eligibility-proofs/{id}/removal";

    /// Every component in every state.
    #[cfg(feature = "dev")]
    ComponentGalleryPath = "/dev/components";
}

paths! {
    /// The right to prescribe of one's own organisation, and its requests.
    HabilitationPath = "/habilitation";
    /// The request, written, with its pieces.
    HabilitationRequestPath = "/habilitation/request";
    /// The same, read again, then submitted.
    HabilitationTransmissionPath = "/habilitation/request/transmission";
    /// A file given with a request.
    HabilitationPiecePath(HabilitationPieceId) = "/habilitation-pieces/{id}";
    /// The requests, for whoever instructs them.
    HabilitationsPath = "/habilitations";
    /// Where an order made elsewhere is entered.
    NewHabilitationPath = "/habilitations/new";
    /// One request, for whoever instructs it.
    HabilitationReviewPath(HabilitationId) = "/habilitations/{id}";
    /// Something more is asked of the organisation.
    HabilitationComplementPath(HabilitationId) = "/habilitations/{id}/complement";
    /// The opinion of the commission.
    HabilitationOpinionPath(HabilitationId) = "/habilitations/{id}/opinion";
    /// The order that grants it.
    HabilitationGrantPath(HabilitationId) = "/habilitations/{id}/grant";
    /// It is refused.
    HabilitationRefusalPath(HabilitationId) = "/habilitations/{id}/refusal";
    /// The right is revoked.
    HabilitationRevocationPath(HabilitationId) = "/habilitations/{id}/revocation";
    /// The public register of authorised prescribers.
    PrescriberRegisterPath = "/prescribers/register";
    /// Organisations whose authorisation the team decides of.
    AuthorisationsPath = "/admin/authorisations";
    /// One of them.
    AuthorisationPath(OrganisationId) = "/admin/authorisations/{id}";
    /// Its authorisation is validated.
    AuthorisationValidationPath(OrganisationId) = "/admin/authorisations/{id}/validation";
    /// Its authorisation is refused.
    AuthorisationRefusalPath(OrganisationId) = "/admin/authorisations/{id}/refusal";
    /// Its kind is changed.
    AuthorisationKindPath(OrganisationId) = "/admin/authorisations/{id}/kind";
}

paths! {
    /// The announcements, for the team that writes them.
    AnnouncementsPath = "/admin/announcements";
    /// Where one is written.
    NewAnnouncementPath = "/admin/announcements/new";
    /// One of them.
    AnnouncementPath(AnnouncementId) = "/admin/announcements/{id}";
    /// What it says is changed.
    AnnouncementEditionPath(AnnouncementId) = "/admin/announcements/{id}/edition";
    /// It is withdrawn.
    AnnouncementWithdrawalPath(AnnouncementId) = "/admin/announcements/{id}/withdrawal";
    /// Whoever read it sees it no more.
    AnnouncementDismissalPath(AnnouncementId) = "/announcements/{id}/dismissal";
    /// The invitations of all organisations, for the team.
    AdminInvitationsPath = "/admin/invitations";
    /// One of them.
    AdminInvitationPath(InvitationId) = "/admin/invitations/{id}";
    /// The team sends it again.
    AdminInvitationSendingPath(InvitationId) = "/admin/invitations/{id}/sending";
    /// The team takes it back.
    AdminInvitationRevocationPath(InvitationId) = "/admin/invitations/{id}/revocation";
}

paths! {
    /// Why a member of the team sees the platform as somebody, then the beginning of it.
    AdminUserImpersonationPath(UserId) = "/admin/users/{id}/impersonation";
    /// Its end.
    ImpersonationEndPath = "/impersonation/end";
}

paths! {
    /// A prescriber organisation is merged into another one, by the team.
    AdminOrganisationMergerPath(OrganisationId) = "/admin/organisations/{id}/merger";
    /// What a company has is transferred to another one, by the team.
    AdminOrganisationTransferPath(OrganisationId) = "/admin/organisations/{id}/transfer";
}

paths! {
    /// Every organisation, for the team.
    AdminOrganisationsPath = "/admin/organisations";
    /// Where the team creates one.
    NewAdminOrganisationPath = "/admin/organisations/new";
    /// One of them, for the team.
    AdminOrganisationPath(OrganisationId) = "/admin/organisations/{id}";
    /// What is said of it, changed by the team.
    AdminOrganisationEditionPath(OrganisationId) = "/admin/organisations/{id}/edition";
    /// The active flag of its convention, turned by the team.
    AdminConventionPath(OrganisationId) = "/admin/organisations/{id}/convention";
    /// Whether a company may be found, turned by the team: of a facilitator, its verification.
    AdminVisibilityPath(OrganisationId) = "/admin/organisations/{id}/visibility";
    /// Somebody invited there by the team.
    AdminMemberInvitationPath(OrganisationId) = "/admin/organisations/{id}/invitation";
    /// The role of a member, changed by the team.
    AdminMemberRolePath(MembershipId) = "/admin/memberships/{id}/role";
    /// A membership ended by the team.
    AdminDeparturePath(MembershipId) = "/admin/memberships/{id}/departure";
    /// What became of an organisation, and the choice of what else does.
    AdminSuccessionPath(OrganisationId) = "/admin/organisations/{id}/succession";
    /// Its SIRET changes.
    AdminSiretChangePath(OrganisationId) = "/admin/organisations/{id}/succession/siret";
    /// A structure is merged into another one.
    AdminStructureMergerPath(OrganisationId) = "/admin/organisations/{id}/succession/merger";
    /// A part of a structure leaves it.
    AdminSplitPath(OrganisationId) = "/admin/organisations/{id}/succession/split";
}

paths! {
    /// An account and another one of the same professional, made one by the team.
    AdminUserMergerPath(UserId) = "/admin/users/{id}/merger";
    /// What a file holds, moved by the team to another one of the same person.
    AdminDataTransferPath(CandidateId) = "/admin/candidates/{id}/data-transfer";
}

/// Where a login begins.
#[derive(TypedPath, Deserialize)]
#[typed_path("/login/{provider}", rejection(PageError))]
pub struct BeginPath {
    /// The lower-cased code of the provider.
    pub provider: String,
}

/// Where the provider sends the browser back.
#[derive(TypedPath, Deserialize)]
#[typed_path("/login/{provider}/callback", rejection(PageError))]
pub struct CallbackPath {
    /// The lower-cased code of the provider.
    pub provider: String,
}

/// Where a provider says, server to server, that somebody is logged out there.
#[derive(TypedPath, Deserialize)]
#[typed_path("/logout/back-channel/{provider}", rejection(PageError))]
pub struct BackChannelLogoutPath {
    /// The lower-cased code of the provider.
    pub provider: String,
}

/// One version of the terms.
#[derive(TypedPath, Deserialize)]
#[typed_path("/terms/{version}", rejection(PageError))]
pub struct TermsVersionPath {
    /// The day from which it applies.
    pub version: String,
}

/// What a letter about an account opens.
#[derive(TypedPath, Deserialize)]
#[typed_path("/account-letters/{id}/{key}", rejection(PageError))]
pub struct AccountLetterPath {
    /// The letter.
    pub id: AccountLetterId,
    /// What proves that its mail was read.
    pub key: String,
}

// The pages that mails lead to are these, or nothing compiles.
const _: () = {
    assert!(same(ApplicationPath::PATH, links::APPLICATION));
    assert!(same(PassPath::PATH, links::PASS));
    assert!(same(ProlongationRequestPath::PATH, links::PROLONGATION));
    assert!(same(ProlongationLetterPath::PATH, links::PROLONGATION_LETTER));
    assert!(same(NirCorrectionDecisionPath::PATH, links::NIR_CORRECTION));
    assert!(same(NirCorrectionPath::PATH, links::NIR_CORRECTION_OF));
    assert!(same(AttestationPath::PATH, links::ATTESTATION));
    assert!(same(ControlPath::PATH, links::CONTROL));
    assert!(same(ControlReviewPath::PATH, links::CONTROL_REVIEW));
    assert!(same(ControlOutcomePath::PATH, links::CONTROL_OUTCOME));
    assert!(same(ControlsPath::PATH, links::CONTROLS));
    assert!(same(ControlRatioPath::PATH, links::CONTROL_RATIO));
    assert!(same(ImportPath::PATH, links::IMPORT));
    assert!(same(MembersPath::PATH, links::MEMBERS));
    assert!(same(DeparturePath::PATH, links::DEPARTURE));
    assert!(same(AdminDeparturePath::PATH, links::ADMIN_DEPARTURE));
    assert!(same(AdminRequestPath::PATH, links::ADMIN_REQUEST));
    assert!(same(InvitationPath::PATH, links::INVITATION));
    assert!(same(HabilitationPath::PATH, links::HABILITATION));
    assert!(same(HabilitationReviewPath::PATH, links::HABILITATION_REVIEW));
    assert!(same(ProlongationPath::PATH, links::PASS_PROLONGATION));
    assert!(same(NewInvitationsPath::PATH, links::NEW_INVITATIONS));
    assert!(same(CompanyLinkPath::PATH, links::COMPANY_LINK));
    assert!(same(AuthorisationPath::PATH, links::AUTHORISATION));
    assert!(same(DashboardPath::PATH, links::DASHBOARD));
    assert!(same(AdminOrganisationPath::PATH, links::ADMIN_ORGANISATION));
    assert!(same(LoginPath::PATH, links::LOGIN));
    assert!(same(ForgottenPasswordPath::PATH, links::FORGOTTEN_PASSWORD));
    assert!(same(SignUpPath::PATH, links::SIGN_UP));
    assert!(same(AccountLetterPath::PATH, links::ACCOUNT_LETTER));
    assert!(same(OrganisationPath::PATH, links::ORGANISATION));
    assert!(same(EmployersPath::PATH, links::EMPLOYERS));
    assert!(same(EmployerPath::PATH, links::EMPLOYER));
};

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
