//! Which event tells whom what by mail (rule book 02 §14.2 to §14.4). Each feature has its mails and their recipients in
//! a file of its own.

mod accounts;
mod applications;
mod cancelled;
mod candidates;
mod control;
mod event;
mod habilitations;
mod imports;
mod members;
mod openings;
mod prolongations;
mod sign_up;
mod status;
mod succession;
mod suspensions;

pub use accounts::AccountMail;
pub use applications::ApplicationMail;
pub use cancelled::CancelledMail;
pub use candidates::{CandidateMail, NirCorrectionMail};
pub use control::{CampaignMail, ControlMail};
pub use event::{EmailChange, EmailEvent, NotGivenUp, read, send_again};
pub use habilitations::{AuthorisationMail, HabilitationMail};
pub use imports::{CompanyMail, ImportMail};
pub use members::{InvitationMail, MemberMail, MembersMail};
pub use openings::OpeningMail;
pub use prolongations::ProlongationMail;
pub use sign_up::{NewOrganisationMail, SignUpMail};
pub use status::EmailStatus;
pub use succession::SuccessionMail;
pub use suspensions::SuspensionMail;

use crate::accounts::{LetterChange, LetterEvent, LetterKind};
use crate::event::{Event, Subject};
use crate::ids::{
    AccountLetterId, ApplicationId, CandidateId, ControlCampaignId, ControlId, HabilitationId, ImportId,
    InvitationId, MembershipId, NirCorrectionId, OrganisationId, PassId, ProlongationRequestId,
    SignUpRequestId, UserId,
};

/// Kinds of mails, feature by feature. The code of a kind names its template, `templates/emails/<code>.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmailKind {
    /// About an account.
    Account(AccountMail),
    /// To an address about an account, there or not.
    Letter(LetterKind),
    /// About an application.
    Application(ApplicationMail),
    /// About a candidate's file.
    Candidate(CandidateMail),
    /// About a request to correct a NIR.
    NirCorrection(NirCorrectionMail),
    /// About the suspensions of a PASS, and its closure.
    Suspension(SuspensionMail),
    /// About a request to prolong a PASS.
    Prolongation(ProlongationMail),
    /// About what went with a cancelled PASS.
    Cancelled(CancelledMail),
    /// About a campaign of control.
    Campaign(CampaignMail),
    /// About the control of an SIAE.
    Control(ControlMail),
    /// About the openings of a company.
    Opening(OpeningMail),
    /// About a request of habilitation by the prefect.
    Habilitation(HabilitationMail),
    /// About what the team decides of an organisation.
    Authorisation(AuthorisationMail),
    /// About a member of an organisation.
    Member(MemberMail),
    /// About all the members of an organisation.
    Members(MembersMail),
    /// About an invitation to join an organisation.
    Invitation(InvitationMail),
    /// About a company the flow of the paying agency brought in.
    Company(CompanyMail),
    /// About an import of official files.
    Import(ImportMail),
    /// About what somebody who signs up asks of an organisation.
    SignUp(SignUpMail),
    /// About an organisation that somebody signed up.
    NewOrganisation(NewOrganisationMail),
    /// About what became of a structure.
    Succession(SuccessionMail),
}

impl EmailKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        let accounts = AccountMail::ALL.iter().copied().map(Self::Account);
        let letters = LetterKind::ALL.iter().copied().map(Self::Letter);
        let applications = ApplicationMail::ALL.iter().copied().map(Self::Application);
        let candidates = CandidateMail::ALL.iter().copied().map(Self::Candidate);
        let corrections = NirCorrectionMail::ALL.iter().copied().map(Self::NirCorrection);
        let suspensions = SuspensionMail::ALL.iter().copied().map(Self::Suspension);
        let prolongations = ProlongationMail::ALL.iter().copied().map(Self::Prolongation);
        let cancelled = CancelledMail::ALL.iter().copied().map(Self::Cancelled);
        let campaigns = CampaignMail::ALL.iter().copied().map(Self::Campaign);
        let controls = ControlMail::ALL.iter().copied().map(Self::Control);
        let openings = OpeningMail::ALL.iter().copied().map(Self::Opening);
        let member = MemberMail::ALL.iter().copied().map(Self::Member);
        let members = MembersMail::ALL.iter().copied().map(Self::Members);
        let invitations = InvitationMail::ALL.iter().copied().map(Self::Invitation);
        let habilitations = HabilitationMail::ALL.iter().copied().map(Self::Habilitation);
        let authorisations = AuthorisationMail::ALL.iter().copied().map(Self::Authorisation);
        let companies = CompanyMail::ALL.iter().copied().map(Self::Company);
        let imports = ImportMail::ALL.iter().copied().map(Self::Import);
        let sign_ups = SignUpMail::ALL.iter().copied().map(Self::SignUp);
        let founded = NewOrganisationMail::ALL.iter().copied().map(Self::NewOrganisation);
        let successions = SuccessionMail::ALL.iter().copied().map(Self::Succession);
        applications
            .chain(candidates)
            .chain(corrections)
            .chain(suspensions)
            .chain(accounts)
            .chain(letters)
            .chain(prolongations)
            .chain(cancelled)
            .chain(campaigns)
            .chain(controls)
            .chain(openings)
            .chain(member)
            .chain(members)
            .chain(invitations)
            .chain(habilitations)
            .chain(authorisations)
            .chain(companies)
            .chain(imports)
            .chain(sign_ups)
            .chain(founded)
            .chain(successions)
    }

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Account(mail) => mail.code(),
            Self::Letter(mail) => mail.code(),
            Self::Application(mail) => mail.code(),
            Self::Candidate(mail) => mail.code(),
            Self::NirCorrection(mail) => mail.code(),
            Self::Suspension(mail) => mail.code(),
            Self::Prolongation(mail) => mail.code(),
            Self::Cancelled(mail) => mail.code(),
            Self::Campaign(mail) => mail.code(),
            Self::Control(mail) => mail.code(),
            Self::Opening(mail) => mail.code(),
            Self::Member(mail) => mail.code(),
            Self::Members(mail) => mail.code(),
            Self::Invitation(mail) => mail.code(),
            Self::Habilitation(mail) => mail.code(),
            Self::Authorisation(mail) => mail.code(),
            Self::Company(mail) => mail.code(),
            Self::Import(mail) => mail.code(),
            Self::SignUp(mail) => mail.code(),
            Self::NewOrganisation(mail) => mail.code(),
            Self::Succession(mail) => mail.code(),
        }
    }

    /// Its name in the outbox and in preferences.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Account(mail) => mail.label(),
            Self::Letter(mail) => mail.label(),
            Self::Application(mail) => mail.label(),
            Self::Candidate(mail) => mail.label(),
            Self::NirCorrection(mail) => mail.label(),
            Self::Suspension(mail) => mail.label(),
            Self::Prolongation(mail) => mail.label(),
            Self::Cancelled(mail) => mail.label(),
            Self::Campaign(mail) => mail.label(),
            Self::Control(mail) => mail.label(),
            Self::Opening(mail) => mail.label(),
            Self::Member(mail) => mail.label(),
            Self::Members(mail) => mail.label(),
            Self::Invitation(mail) => mail.label(),
            Self::Habilitation(mail) => mail.label(),
            Self::Authorisation(mail) => mail.label(),
            Self::Company(mail) => mail.label(),
            Self::Import(mail) => mail.label(),
            Self::SignUp(mail) => mail.label(),
            Self::NewOrganisation(mail) => mail.label(),
            Self::Succession(mail) => mail.label(),
        }
    }

    /// The kind stored under `code`, if there is one.
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|kind| kind.code() == code)
    }
}

/// A mail and what it is about: a kind of mail can only be about what its template reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mail {
    /// About an account.
    Account(AccountMail, UserId),
    /// To an address about an account, there or not.
    Letter(LetterKind, AccountLetterId),
    /// About an application.
    Application(ApplicationMail, ApplicationId),
    /// About a candidate's file.
    Candidate(CandidateMail, CandidateId),
    /// About a request to correct a NIR.
    NirCorrection(NirCorrectionMail, NirCorrectionId),
    /// About the suspensions of a PASS, and its closure.
    Suspension(SuspensionMail, PassId),
    /// About a request to prolong a PASS.
    Prolongation(ProlongationMail, ProlongationRequestId),
    /// About a request that went with its PASS.
    Cancelled(CancelledMail, ProlongationRequestId),
    /// About a campaign of control.
    Campaign(CampaignMail, ControlCampaignId),
    /// About the control of an SIAE.
    Control(ControlMail, ControlId),
    /// About the openings of a company.
    Opening(OpeningMail, OrganisationId),
    /// About a member of an organisation.
    Member(MemberMail, MembershipId),
    /// About all the members of an organisation.
    Members(MembersMail, OrganisationId),
    /// About an invitation to join an organisation.
    Invitation(InvitationMail, InvitationId),
    /// About a request of habilitation by the prefect.
    Habilitation(HabilitationMail, HabilitationId),
    /// About what the team decides of an organisation.
    Authorisation(AuthorisationMail, OrganisationId),
    /// About a company the flow of the paying agency brought in.
    Company(CompanyMail, OrganisationId),
    /// About an import of official files.
    Import(ImportMail, ImportId),
    /// About what somebody who signs up asks of an organisation.
    SignUp(SignUpMail, SignUpRequestId),
    /// About an organisation that somebody signed up.
    NewOrganisation(NewOrganisationMail, OrganisationId),
    /// About what became of a structure.
    Succession(SuccessionMail, OrganisationId),
}

impl Mail {
    /// Its kind.
    pub const fn kind(self) -> EmailKind {
        match self {
            Self::Account(mail, _) => EmailKind::Account(mail),
            Self::Letter(mail, _) => EmailKind::Letter(mail),
            Self::Application(mail, _) => EmailKind::Application(mail),
            Self::Candidate(mail, _) => EmailKind::Candidate(mail),
            Self::NirCorrection(mail, _) => EmailKind::NirCorrection(mail),
            Self::Suspension(mail, _) => EmailKind::Suspension(mail),
            Self::Prolongation(mail, _) => EmailKind::Prolongation(mail),
            Self::Cancelled(mail, _) => EmailKind::Cancelled(mail),
            Self::Campaign(mail, _) => EmailKind::Campaign(mail),
            Self::Control(mail, _) => EmailKind::Control(mail),
            Self::Opening(mail, _) => EmailKind::Opening(mail),
            Self::Member(mail, _) => EmailKind::Member(mail),
            Self::Members(mail, _) => EmailKind::Members(mail),
            Self::Invitation(mail, _) => EmailKind::Invitation(mail),
            Self::Habilitation(mail, _) => EmailKind::Habilitation(mail),
            Self::Authorisation(mail, _) => EmailKind::Authorisation(mail),
            Self::Company(mail, _) => EmailKind::Company(mail),
            Self::Import(mail, _) => EmailKind::Import(mail),
            Self::SignUp(mail, _) => EmailKind::SignUp(mail),
            Self::NewOrganisation(mail, _) => EmailKind::NewOrganisation(mail),
            Self::Succession(mail, _) => EmailKind::Succession(mail),
        }
    }

    /// What it is about, as the outbox keeps it.
    pub const fn about(self) -> Subject {
        match self {
            Self::Account(_, id) => Subject { kind: "account", id: id.0 },
            Self::Letter(_, id) => Subject { kind: "account_letter", id: id.0 },
            Self::Application(_, id) => Subject { kind: "application", id: id.0 },
            Self::Candidate(_, id) => Subject { kind: "candidate", id: id.0 },
            Self::NirCorrection(_, id) => Subject { kind: "nir_correction", id: id.0 },
            Self::Suspension(_, id) => Subject { kind: "pass", id: id.0 },
            Self::Prolongation(_, id) | Self::Cancelled(_, id) => {
                Subject { kind: "prolongation_request", id: id.0 }
            }
            Self::Campaign(_, id) => Subject { kind: "control_campaign", id: id.0 },
            Self::Control(_, id) => Subject { kind: "control", id: id.0 },
            Self::Member(_, id) => Subject { kind: "membership", id: id.0 },
            Self::Invitation(_, id) => Subject { kind: "invitation", id: id.0 },
            Self::Habilitation(_, id) => Subject { kind: "habilitation", id: id.0 },
            Self::Opening(_, id)
            | Self::Company(_, id)
            | Self::Members(_, id)
            | Self::Authorisation(_, id)
            | Self::Succession(_, id)
            | Self::NewOrganisation(_, id) => Subject { kind: "organisation", id: id.0 },
            Self::Import(_, id) => Subject { kind: "import", id: id.0 },
            Self::SignUp(_, id) => Subject { kind: "sign_up_request", id: id.0 },
        }
    }
}

/// Someone to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// Every active member of the organisation.
    Members(OrganisationId),
    /// The active administrators of the organisation.
    Administrators(OrganisationId),
    /// The administrators of an organisation, but the one it is about, who is told on the page.
    OtherAdministrators {
        /// The organisation.
        organisation: OrganisationId,
        /// Who is not told.
        than: UserId,
    },
    /// The candidate.
    Candidate(CandidateId),
    /// The candidate, at the address their file had before the one it has.
    FormerAddress(CandidateId),
    /// A professional who acted for an organisation. When they left it, its administrators receive a copy that says
    /// why (NOT-3).
    Professional {
        /// The account.
        user: UserId,
        /// The organisation they acted for.
        organisation: Option<OrganisationId>,
    },
    /// A company, at the address of the official data, which nobody else reads (CMP-7).
    OfficialAddress(OrganisationId),
    /// Whoever acts: the professional who accepted.
    Actor,
    /// Somebody who is invited to join an organisation, at the address of the invitation.
    Invited(InvitationId),
    /// Whoever reads mails at the address a letter about an account was written to.
    Letter(AccountLetterId),
    /// The platform's team.
    Support,
}

/// Who reads the answer to a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswersTo {
    /// The platform's team.
    Support,
    /// An organisation, at its public address; the team when it has none. Never for a mail to a candidate (REF-9).
    Organisation(OrganisationId),
}

/// One thing to tell one (kind of) person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Whom.
    pub recipient: Recipient,
    /// What, about what.
    pub mail: Mail,
    /// Who reads their answer.
    pub answers_to: AnswersTo,
}

/// The mails that follow from an event.
pub fn notices(event: &Event) -> Vec<Notice> {
    match event {
        Event::Account(event) => accounts::notices(event),
        Event::Letter(event) => of_letter(event),
        Event::Application(event) => applications::notices(event),
        Event::Candidate(event) => candidates::notices(event),
        Event::Pass(event) => {
            [suspensions::notices(event), prolongations::notices(event), cancelled::notices(event)].concat()
        }
        Event::Campaign(event) => control::of_campaign(event),
        Event::Control(event) => control::of_control(event),
        Event::Organisation(event) => {
            let teams =
                [habilitations::of_organisation(event), sign_up::notices(event), succession::notices(event)]
                    .concat();
            [openings::notices(event), imports::of_company(event), members::of_organisation(event), teams]
                .concat()
        }
        Event::Habilitation(event) => habilitations::notices(event),
        Event::Member(event) => members::of_member(event),
        Event::Invitation(event) => members::of_invitation(event),
        Event::Import(event) => imports::of_import(event),
        Event::Announcement(_)
        | Event::Convention(_)
        | Event::Export(_)
        | Event::Email(_)
        | Event::Draft(_)
        | Event::Diagnosis(_) => vec![],
    }
}

/// A letter says what it is about itself.
fn of_letter(event: &LetterEvent) -> Vec<Notice> {
    let letter = event.letter;
    match event.change {
        LetterChange::Written { kind } => vec![Notice {
            recipient: Recipient::Letter(letter),
            mail: Mail::Letter(kind, letter),
            answers_to: AnswersTo::Support,
        }],
        LetterChange::Used => vec![],
    }
}
