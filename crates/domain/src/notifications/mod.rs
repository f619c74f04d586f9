//! Which event tells whom what by mail (rule book 02 §14.2 to §14.4). Each feature has its mails and their recipients in
//! a file of its own.

mod accounts;
mod applications;
mod cancelled;
mod candidates;
mod control;
mod event;
mod prolongations;
mod status;
mod suspensions;

pub use accounts::AccountMail;
pub use applications::ApplicationMail;
pub use cancelled::CancelledMail;
pub use candidates::{CandidateMail, NirCorrectionMail};
pub use control::{CampaignMail, ControlMail};
pub use event::{EmailChange, EmailEvent, NotGivenUp, read, send_again};
pub use prolongations::ProlongationMail;
pub use status::EmailStatus;
pub use suspensions::SuspensionMail;

use crate::event::{Event, Subject};
use crate::ids::{
    ApplicationId, CandidateId, ControlCampaignId, ControlId, NirCorrectionId, OrganisationId, PassId,
    ProlongationRequestId, UserId,
};

/// Kinds of mails, feature by feature. The code of a kind names its template, `templates/emails/<code>.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmailKind {
    /// About an account.
    Account(AccountMail),
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
}

impl EmailKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        let accounts = AccountMail::ALL.iter().copied().map(Self::Account);
        let applications = ApplicationMail::ALL.iter().copied().map(Self::Application);
        let candidates = CandidateMail::ALL.iter().copied().map(Self::Candidate);
        let corrections = NirCorrectionMail::ALL.iter().copied().map(Self::NirCorrection);
        let suspensions = SuspensionMail::ALL.iter().copied().map(Self::Suspension);
        let prolongations = ProlongationMail::ALL.iter().copied().map(Self::Prolongation);
        let cancelled = CancelledMail::ALL.iter().copied().map(Self::Cancelled);
        let campaigns = CampaignMail::ALL.iter().copied().map(Self::Campaign);
        let controls = ControlMail::ALL.iter().copied().map(Self::Control);
        applications
            .chain(candidates)
            .chain(corrections)
            .chain(suspensions)
            .chain(accounts)
            .chain(prolongations)
            .chain(cancelled)
            .chain(campaigns)
            .chain(controls)
    }

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Account(mail) => mail.code(),
            Self::Application(mail) => mail.code(),
            Self::Candidate(mail) => mail.code(),
            Self::NirCorrection(mail) => mail.code(),
            Self::Suspension(mail) => mail.code(),
            Self::Prolongation(mail) => mail.code(),
            Self::Cancelled(mail) => mail.code(),
            Self::Campaign(mail) => mail.code(),
            Self::Control(mail) => mail.code(),
        }
    }

    /// Its name in the outbox and in preferences.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Account(mail) => mail.label(),
            Self::Application(mail) => mail.label(),
            Self::Candidate(mail) => mail.label(),
            Self::NirCorrection(mail) => mail.label(),
            Self::Suspension(mail) => mail.label(),
            Self::Prolongation(mail) => mail.label(),
            Self::Cancelled(mail) => mail.label(),
            Self::Campaign(mail) => mail.label(),
            Self::Control(mail) => mail.label(),
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
}

impl Mail {
    /// Its kind.
    pub const fn kind(self) -> EmailKind {
        match self {
            Self::Account(mail, _) => EmailKind::Account(mail),
            Self::Application(mail, _) => EmailKind::Application(mail),
            Self::Candidate(mail, _) => EmailKind::Candidate(mail),
            Self::NirCorrection(mail, _) => EmailKind::NirCorrection(mail),
            Self::Suspension(mail, _) => EmailKind::Suspension(mail),
            Self::Prolongation(mail, _) => EmailKind::Prolongation(mail),
            Self::Cancelled(mail, _) => EmailKind::Cancelled(mail),
            Self::Campaign(mail, _) => EmailKind::Campaign(mail),
            Self::Control(mail, _) => EmailKind::Control(mail),
        }
    }

    /// What it is about, as the outbox keeps it.
    pub const fn about(self) -> Subject {
        match self {
            Self::Account(_, id) => Subject { kind: "account", id: id.0 },
            Self::Application(_, id) => Subject { kind: "application", id: id.0 },
            Self::Candidate(_, id) => Subject { kind: "candidate", id: id.0 },
            Self::NirCorrection(_, id) => Subject { kind: "nir_correction", id: id.0 },
            Self::Suspension(_, id) => Subject { kind: "pass", id: id.0 },
            Self::Prolongation(_, id) | Self::Cancelled(_, id) => {
                Subject { kind: "prolongation_request", id: id.0 }
            }
            Self::Campaign(_, id) => Subject { kind: "control_campaign", id: id.0 },
            Self::Control(_, id) => Subject { kind: "control", id: id.0 },
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
    /// Whoever acts: the professional who accepted.
    Actor,
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
        Event::Application(event) => applications::notices(event),
        Event::Candidate(event) => candidates::notices(event),
        Event::Pass(event) => {
            [suspensions::notices(event), prolongations::notices(event), cancelled::notices(event)].concat()
        }
        Event::Campaign(event) => control::of_campaign(event),
        Event::Control(event) => control::of_control(event),
        Event::Organisation(_)
        | Event::Convention(_)
        | Event::Export(_)
        | Event::Email(_)
        | Event::Draft(_)
        | Event::Diagnosis(_) => vec![],
    }
}
