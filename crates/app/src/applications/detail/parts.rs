//! What the page of an application is made of.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::applications::{SenderKind, StateCode};
use iae_domain::candidates::{Identification, Missing, Nir, NirMissingReason, ShownName};
use iae_domain::eligibility::{Certification, Criterion, Diagnosis, is_valid_for, max_age};
use iae_domain::ids::{CandidateId, JobDescriptionId, OrganisationId, PassId, UserId};
use iae_domain::organisations::{CompanyKind, PrescriberKind};
use serde::Deserialize;

/// The person, masked when the reader may not see who it is.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their id.
    pub id: CandidateId,
    /// Their name, masked or not.
    pub name: ShownName,
    /// Where they live.
    pub city: String,
    /// What identifies them to the State.
    pub identification: Identification,
    /// What their file lacks, to be asked before a hire (rule book 02 §6.2).
    pub missing: Missing,
    /// Their NIR, which says where they were born (NIR-9); none when unknown or masked.
    pub nir: Option<Nir>,
    /// Why no NIR is known, when that was said.
    pub nir_missing_reason: Option<NirMissingReason>,
    /// How to reach them; none when masked (PII-4).
    pub contact: Option<Contact>,
}

/// How to reach a person.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Address of their account.
    pub email: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Street and number.
    pub address: String,
    /// Post code.
    pub post_code: Option<String>,
}

/// The receiving company.
#[derive(Debug, Clone)]
pub struct Company {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: CompanyKind,
    /// Where it is.
    pub city: String,
    /// Its phone.
    pub phone: Option<String>,
    /// Its address for mails.
    pub email: Option<String>,
}

/// When the employer may be reminded of an application, for whoever sent it.
#[derive(Debug, Clone, Copy)]
pub struct Reminder {
    /// When they were, the last time.
    pub last: Option<DateTime<Utc>>,
    /// From when they may be.
    pub from: DateTime<Utc>,
}

/// Who sent an application.
#[derive(Debug, Clone)]
pub struct SenderCard {
    /// In what capacity.
    pub kind: SenderKind,
    /// Their name, none when the account is gone.
    pub name: Option<String>,
    /// The organisation they sent it for.
    pub organisation: Option<String>,
    /// Kind of that organisation, when it prescribes.
    pub prescriber_kind: Option<PrescriberKind>,
    /// Whether that organisation is authorised today.
    pub authorised: bool,
    /// Whether they still belong to it.
    pub is_member: bool,
    /// Their address; never filled for the candidate (PII-7).
    pub email: Option<String>,
    /// Their phone; never filled for the candidate (PII-7).
    pub phone: Option<String>,
}

/// Who declined, for the prescriber to talk to (REF-9).
#[derive(Debug, Clone)]
pub struct DeclinedBy {
    /// Their name, none when the account is gone.
    pub name: Option<String>,
    /// Their address; that of the company when they have none any more.
    pub email: Option<String>,
}

/// The contract of an accepted application.
#[derive(Debug, Clone)]
pub struct HiringCard {
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day, indicative.
    pub ends_on: Option<NaiveDate>,
    /// The post kept.
    pub job: Option<String>,
    /// The PASS it rests on.
    pub pass: Option<PassId>,
    /// Whether the team still has to deliver the PASS (rule book 02 §6.7).
    pub awaits_manual_delivery: bool,
    /// When the team refused to (rule book 03 §4.10).
    pub pass_refused_at: Option<DateTime<Utc>>,
    /// When the team delivered it by hand.
    pub pass_delivered_at: Option<DateTime<Utc>>,
    /// How many of the criteria that its SIAE declared have a proof that holds: for the SIAE alone, when some need one.
    pub proofs: Option<ProofCount>,
}

/// The proofs that an SIAE keeps of a hire (rule book 03 §2.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofCount {
    /// Criteria that have one.
    pub kept: usize,
    /// Criteria that need one.
    pub needed: usize,
}

/// A criterion that needs a proof, and the days that the documents kept of it say.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ProvedCriterion {
    criterion: Criterion,
    max_age_months: Option<i16>,
    dated_on: Vec<NaiveDate>,
}

impl ProofCount {
    pub(super) fn of(criteria: &[ProvedCriterion], starts_on: NaiveDate) -> Self {
        let is_proved = |one: &&ProvedCriterion| {
            let max_age = max_age(one.criterion, one.max_age_months);
            one.dated_on.iter().any(|dated_on| is_valid_for(*dated_on, starts_on, max_age))
        };
        Self { kept: criteria.iter().filter(is_proved).count(), needed: criteria.len() }
    }
}

/// A diagnosis, as its card shows it.
#[derive(Debug, Clone)]
pub struct DiagnosisCard {
    /// What rules read of it.
    pub diagnosis: Diagnosis,
    /// Who made it.
    pub author: String,
    /// The organisation they made it for.
    pub organisation: String,
    /// Criteria, in display order.
    pub criteria: Vec<Criterion>,
    /// What the State answered of each of them, if it did.
    pub certified: Vec<Certification>,
}

/// Something that happened to an application.
#[derive(Debug, Clone)]
pub struct Transition {
    /// When.
    pub at: DateTime<Utc>,
    /// The state it came to.
    pub to: StateCode,
    /// Who did it; none for the system and for what happened elsewhere (LOG-1).
    pub author: Option<String>,
    /// Whether it was whoever reads: another tab of theirs.
    pub is_by_reader: bool,
    /// Whether it is a member of the team.
    pub is_by_team: bool,
    /// What the company answered as it put the application on hold: a later answer takes its place elsewhere.
    pub answer: String,
}

/// A post a hire may be for.
#[derive(Debug, Clone)]
pub struct Post {
    /// Its id.
    pub id: JobDescriptionId,
    /// Its name.
    pub name: String,
    /// Whether the application is for it.
    pub applied_for: bool,
    /// Whether it is open.
    pub is_active: bool,
}

/// A member of the company.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Their account.
    pub user: UserId,
    /// « DUPONT Marie ».
    pub name: String,
}
