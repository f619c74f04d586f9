//! Every identifier has its own type, listed here. All are UUIDv7 made from the time of the request.

use chrono::{DateTime, Utc};
use uuid::{NoContext, Timestamp, Uuid};

/// A UUIDv7 whose time part is `now`: sorting by id sorts by creation.
pub fn uuid_at(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
}

macro_rules! id {
    ($( $(#[$meta:meta])* $name:ident ),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id made at `now`.
            pub fn at(now: DateTime<Utc>) -> Self {
                Self(uuid_at(now))
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+ };
}

id! {
    /// An application (candidature).
    ApplicationId,
    /// An application being written, step by step.
    ApplicationDraftId,
    /// An audit row.
    AuditEventId,
    /// A candidate: the same value as their account's `UserId`.
    CandidateId,
    /// A recorded consent to share information.
    ConsentId,
    /// The State's licence of one or more SIAE.
    ConventionId,
    /// An eligibility diagnosis.
    DiagnosisId,
    /// A stored file.
    DocumentId,
    /// A mail of the outbox.
    EmailId,
    /// A job description (fiche de poste).
    JobDescriptionId,
    /// A login under way at an identity provider.
    LoginAttemptId,
    /// The membership of a user in an organisation.
    MembershipId,
    /// A company, a prescriber organisation or an institution.
    OrganisationId,
    /// A PASS IAE.
    PassId,
    /// One HTTP request or one run of a job.
    RequestId,
    /// An account.
    UserId,
}

impl From<CandidateId> for UserId {
    fn from(id: CandidateId) -> Self {
        Self(id.0)
    }
}

impl From<UserId> for CandidateId {
    fn from(id: UserId) -> Self {
        Self(id.0)
    }
}
