//! The columns of an application, and the state they make.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::applications::{
    Application, Hiring, PassDelivery, Refusal, RefusalReason, Sender, SenderKind, State, StateCode,
};
use iae_domain::ids::{
    ApplicationId, CandidateId, DiagnosisId, JobDescriptionId, OrganisationId, PassId, UserId,
};
use iae_domain::text::Message;

use crate::error::{Error, Result};

/// An application as its columns have it.
pub(super) struct Row {
    pub id: ApplicationId,
    pub candidate_id: CandidateId,
    pub company_id: OrganisationId,
    pub sender_id: Option<UserId>,
    pub sender_kind: SenderKind,
    pub sender_organisation_id: Option<OrganisationId>,
    pub state: StateCode,
    pub submitted_at: DateTime<Utc>,
    pub processed_at: Option<DateTime<Utc>>,
    pub resume_on: Option<NaiveDate>,
    pub answer: String,
    pub answer_to_prescriber: String,
    pub refusal_reason: Option<RefusalReason>,
    pub refusal_reason_shared: bool,
    pub hiring_starts_on: Option<NaiveDate>,
    pub hiring_ends_on: Option<NaiveDate>,
    pub hired_job_id: Option<JobDescriptionId>,
    pub diagnosis_id: Option<DiagnosisId>,
    pub pass_id: Option<PassId>,
    pub pass_delivery: Option<String>,
    pub pass_refused_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Application {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let inconsistent = |column| Error::inconsistent("applications", column, row.id);
        let processed_at = || row.processed_at.ok_or_else(|| inconsistent("processed_at"));
        let state = match row.state {
            StateCode::New => State::New,
            StateCode::Processing => State::Processing,
            StateCode::Postponed => State::Postponed { resume_on: row.resume_on },
            StateCode::Pool => State::Pool,
            StateCode::PriorToHire => State::PriorToHire,
            StateCode::Accepted => State::Accepted(Hiring {
                at: processed_at()?,
                starts_on: row.hiring_starts_on.ok_or_else(|| inconsistent("hiring_starts_on"))?,
                ends_on: row.hiring_ends_on,
                job: row.hired_job_id,
                diagnosis: row.diagnosis_id,
                delivery: match (row.pass_delivery.as_deref(), row.pass_id, row.pass_refused_at) {
                    (None, None, None) => PassDelivery::NotRequired,
                    (Some("automatic"), Some(pass), None) => PassDelivery::Automatic(pass),
                    (Some("manual"), None, None) => PassDelivery::Manual,
                    (Some("manual"), Some(pass), None) => PassDelivery::DeliveredByHand(pass),
                    (Some("manual"), None, Some(at)) => PassDelivery::RefusedByHand { at },
                    _ => return Err(inconsistent("pass_delivery")),
                },
            }),
            StateCode::Refused => State::Refused(Refusal {
                at: processed_at()?,
                reason: row.refusal_reason.ok_or_else(|| inconsistent("refusal_reason"))?,
                shared_with_candidate: row.refusal_reason_shared,
            }),
            StateCode::Cancelled => State::Cancelled { at: processed_at()? },
            StateCode::Obsolete => State::Obsolete { at: processed_at()? },
        };
        Ok(Self {
            id: row.id,
            candidate: row.candidate_id,
            company: row.company_id,
            sender: Sender {
                kind: row.sender_kind,
                user: row.sender_id,
                organisation: row.sender_organisation_id,
            },
            submitted_at: row.submitted_at,
            state,
            answer: Message::parse(&row.answer).ok(),
            answer_to_prescriber: Message::parse(&row.answer_to_prescriber).ok(),
        })
    }
}

/// The columns particular to a state; all empty in the others (MOD-4, MOD-6).
#[derive(Default)]
pub(super) struct StateColumns<'a> {
    pub processed_at: Option<DateTime<Utc>>,
    pub resume_on: Option<NaiveDate>,
    pub refusal: Option<&'a Refusal>,
    pub hiring: Option<&'a Hiring>,
    pub pass: Option<PassId>,
    pub delivery: Option<&'static str>,
    pub pass_refused_at: Option<DateTime<Utc>>,
}

impl<'a> StateColumns<'a> {
    pub(super) fn of(state: &'a State) -> Self {
        match state {
            State::New | State::Processing | State::Pool | State::PriorToHire => Self::default(),
            State::Postponed { resume_on } => Self { resume_on: *resume_on, ..Self::default() },
            State::Cancelled { at } | State::Obsolete { at } => {
                Self { processed_at: Some(*at), ..Self::default() }
            }
            State::Refused(refusal) => {
                Self { processed_at: Some(refusal.at), refusal: Some(refusal), ..Self::default() }
            }
            State::Accepted(hiring) => {
                let (pass, delivery, pass_refused_at) = match hiring.delivery {
                    PassDelivery::NotRequired => (None, None, None),
                    PassDelivery::Automatic(pass) => (Some(pass), Some("automatic"), None),
                    PassDelivery::Manual => (None, Some("manual"), None),
                    PassDelivery::DeliveredByHand(pass) => (Some(pass), Some("manual"), None),
                    PassDelivery::RefusedByHand { at } => (None, Some("manual"), Some(at)),
                };
                Self {
                    processed_at: Some(hiring.at),
                    hiring: Some(hiring),
                    pass,
                    delivery,
                    pass_refused_at,
                    ..Self::default()
                }
            }
        }
    }
}
