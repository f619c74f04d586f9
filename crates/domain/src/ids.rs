//! Every identifier has its own type, listed here. All are UUIDv7 made from the time of the request.

use std::sync::atomic::{AtomicU16, Ordering};

use chrono::{DateTime, Utc};
use uuid::{NoContext, Timestamp, Uuid};

/// Orders the ids made within one instant: the events of one action read in the order they happened.
static SEQUENCE: AtomicU16 = AtomicU16::new(0);

/// A UUIDv7 whose time part is `now`: sorting by id sorts by creation, down to a quarter of a microsecond, then by a
/// counter of this process (RFC 9562, §6.2, methods 3 and 1). 46 bits stay random.
pub fn uuid_at(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    let random = Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()));
    let fraction = now.timestamp_subsec_nanos() % 1_000_000 * 4096 / 1_000_000;
    let [_, _, fraction_high, fraction_low] = fraction.to_be_bytes();
    let [count_high, count_low] = SEQUENCE.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let mut bytes = random.into_bytes();
    bytes[6] = 0x70 | fraction_high;
    bytes[7] = fraction_low;
    bytes[8] = 0x80 | (count_high & 0x3f);
    bytes[9] = count_low;
    Uuid::from_bytes(bytes)
}

/// The smallest id that [`uuid_at`] may give at `moment` or later: what came before has a smaller one.
pub fn first_uuid_at(moment: DateTime<Utc>) -> Uuid {
    let milliseconds = u64::try_from(moment.timestamp_millis()).unwrap_or(0).to_be_bytes();
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&milliseconds[2..]);
    bytes[6] = 0x70;
    bytes[8] = 0x80;
    Uuid::from_bytes(bytes)
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
    /// A mail about an account, and its link.
    AccountLetterId,
    /// A request to administer a company that nobody administers.
    AdminRequestId,
    /// An announcement of the team.
    AnnouncementId,
    /// One wording of it: what a reader who hides it saw.
    AnnouncementEditionId,
    /// An application (candidature).
    ApplicationId,
    /// An application being written, step by step.
    ApplicationDraftId,
    /// An audit row.
    AuditEventId,
    /// A candidate: the same value as their account's `UserId`.
    CandidateId,
    /// A transfer of what a file holds to another one.
    CandidateTransferId,
    /// A recorded consent to share information.
    ConsentId,
    /// A campaign of control of a DDETS.
    ControlCampaignId,
    /// A criterion defended for a controlled hire.
    ControlCriterionId,
    /// A decision of a DDETS on a negative result.
    ControlDecisionId,
    /// A hire that was drawn.
    ControlHireId,
    /// The control of one SIAE in a campaign.
    ControlId,
    /// The State's licence of one or more SIAE.
    ConventionId,
    /// An eligibility diagnosis.
    DiagnosisId,
    /// A stored file.
    DocumentId,
    /// A proof that an SIAE keeps of a criterion it declared.
    EligibilityProofId,
    /// A mail of the outbox.
    EmailId,
    /// An export of a list.
    ExportId,
    /// A change of a part of a candidate's file.
    FieldChangeId,
    /// A request of habilitation by the prefect.
    HabilitationId,
    /// A file given with it.
    HabilitationPieceId,
    /// An invitation to join an organisation.
    InvitationId,
    /// A member of the team sees the platform as somebody.
    ImpersonationId,
    /// An import of official files.
    ImportId,
    /// A job description (fiche de poste).
    JobDescriptionId,
    /// A login under way at an identity provider.
    LoginAttemptId,
    /// The membership of a user in an organisation.
    MembershipId,
    /// A request to correct a NIR.
    NirCorrectionId,
    /// A company, a prescriber organisation or an institution.
    OrganisationId,
    /// A PASS IAE.
    PassId,
    /// A correction of the dates of a PASS by the team.
    PassCorrectionId,
    /// A prolongation of a PASS.
    ProlongationId,
    /// A request to prolong a PASS.
    ProlongationRequestId,
    /// One HTTP request or one run of a job.
    RequestId,
    /// A request made at sign-up: a link for the official address of a company, or to be let into an organisation.
    SignUpRequestId,
    /// A suspension of a PASS.
    SuspensionId,
    /// An application that gives codes, of an account.
    SecondFactorId,
    /// What became of a structure: another SIRET, a merger, a split.
    SuccessionId,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_instant_keep_their_order_and_an_earlier_time_sorts_before() {
        let now = DateTime::from_timestamp_millis(1_700_000_000_123).unwrap();
        let made: Vec<Uuid> = (0..100).map(|_| uuid_at(now)).collect();
        assert!(made.is_sorted(), "{made:?}");
        assert!(uuid_at(now - chrono::TimeDelta::microseconds(5)) < made[0]);
        assert!(
            made.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122)
        );
    }
}
