//! What a use case that the rules may refuse fails with.

use iae_domain::accounts::{AccountMergerRefused, NewerTerms, OversightRefused, StaffRefused};
use iae_domain::announcements::AnnouncementRefused;
use iae_domain::applications::draft::TooManyEmployers;
use iae_domain::applications::{
    AcceptRefused, CancelRefused, DeliveryRefused, Overtaken, PostponeRefused, RefuseRefused, RemindRefused,
    SubmitRefused,
};
use iae_domain::candidates::consent::ConsentRefused;
use iae_domain::candidates::{
    CompleteRefused, CorrectionRefused, CreateRefused, DataTransferRefused, LookUpRefused, UpdateRefused,
};
use iae_domain::control::{ChoiceRefused, DecisionRefused, NotNow, StepRefused, ValidationRefused};
use iae_domain::documents::DocumentRefused;
use iae_domain::eligibility::DiagnosisRefused;
use iae_domain::habilitations::{AuthorisationRefused, HabilitationRefused};
use iae_domain::notifications::NotGivenUp;
use iae_domain::organisations::invitations::{
    AcceptInvitationRefused, InvitationChangeRefused, InviteRefused,
};
use iae_domain::organisations::members::{
    AdminRequestRefused, DepartureRefused, JoinRefused, LeavingRefused, MemberRefused,
};
use iae_domain::organisations::merger::MergerRefused;
use iae_domain::organisations::sign_up::{
    CompanyLinkRefused, FoundingRefused, JoinRequestRefused, SafirRefused,
};
use iae_domain::organisations::succession::SuccessionRefused;
use iae_domain::organisations::team::{ConventionRefused, SightRefused, TeamRefused};
use iae_domain::organisations::transfer::TransferRefused;
use iae_domain::organisations::{AlreadySo, AntennaRefused, AttachRefused, ProfileRefused};
use iae_domain::pass::NotCorrectable;
use iae_domain::pass::closure::NotClosable;
use iae_domain::pass::prolongation::{DecideRefused, ProlongRefused};
use iae_domain::pass::suspension::SuspensionRefused;
use iae_domain::policy::Denied;
use iae_domain::staff::{GroupRefused, ImpersonationRefused};

use crate::db::violates;
use crate::error::Error;

/// Why a use case did nothing: the rules refuse it, as `R` says, or anything else. `?` makes it of both.
#[derive(Debug, thiserror::Error)]
pub enum Failure<R> {
    /// Expected: whoever asked is told why, in words.
    #[error(transparent)]
    Refused(R),
    /// Anything else.
    #[error(transparent)]
    App(Error),
}

impl<R> Failure<R> {
    /// The same failure, of a larger use case that this one is a part of.
    pub fn within<S: From<R>>(self) -> Failure<S> {
        match self {
            Self::Refused(refused) => Failure::Refused(refused.into()),
            Self::App(error) => Failure::App(error),
        }
    }
}

/// What the constraint of this name says of a statement, when someone else wrote between our reading and our writing:
/// the rules would have said so, had they read a moment later.
pub(crate) fn refused_by<R>(constraint: &str, refused: R) -> impl FnOnce(sqlx::Error) -> Failure<R> {
    move |error| {
        if violates(&error, constraint) { Failure::Refused(refused) } else { error.into() }
    }
}

/// What a rule refuses with. Listed, so that `?` tells a refusal from an error.
pub trait RuleRefusal {}

macro_rules! refusals {
    ($($refused:ty),+ $(,)?) => { $( impl RuleRefusal for $refused {} )+ };
}

refusals! {
    AccountMergerRefused, DataTransferRefused, NewerTerms,
    AcceptInvitationRefused, AdminRequestRefused, AnnouncementRefused, DepartureRefused, InvitationChangeRefused, InviteRefused, JoinRefused,
    LeavingRefused, MemberRefused,
    AuthorisationRefused, HabilitationRefused,
    AlreadySo, AntennaRefused, AttachRefused, ProfileRefused,
    MergerRefused, SuccessionRefused, TransferRefused,
    ConventionRefused, SightRefused, TeamRefused,
    CompanyLinkRefused, FoundingRefused, JoinRequestRefused, SafirRefused,
    AcceptRefused, CancelRefused, CompleteRefused, ConsentRefused, CreateRefused, DeliveryRefused, DiagnosisRefused, DocumentRefused,
    LookUpRefused, Overtaken, OversightRefused, GroupRefused, NotClosable, NotCorrectable, NotGivenUp, PostponeRefused, RefuseRefused, RemindRefused, StaffRefused,
    SubmitRefused, CorrectionRefused, SuspensionRefused, TooManyEmployers, UpdateRefused, ProlongRefused,
    DecideRefused, DecisionRefused, ImpersonationRefused, StepRefused, ChoiceRefused, NotNow, ValidationRefused,
}

impl<R: From<S>, S: RuleRefusal> From<S> for Failure<R> {
    fn from(refused: S) -> Self {
        Self::Refused(refused.into())
    }
}

impl<R> From<Error> for Failure<R> {
    fn from(error: Error) -> Self {
        Self::App(error)
    }
}

impl<R> From<Denied> for Failure<R> {
    fn from(denied: Denied) -> Self {
        Self::App(denied.into())
    }
}

impl<R> From<iae_credentials::Error> for Failure<R> {
    fn from(error: iae_credentials::Error) -> Self {
        Self::App(error.into())
    }
}

impl<R> From<sqlx::Error> for Failure<R> {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}
