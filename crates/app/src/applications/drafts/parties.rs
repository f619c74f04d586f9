//! Those a draft is about: the employers, and the person.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::candidates::policy::{self, Standing};
use iae_domain::candidates::{Missing, Nir, PersonName};
use iae_domain::directory::ContractType;
use iae_domain::eligibility::Withdrawn;
use iae_domain::ids::{CandidateId, JobDescriptionId, OrganisationId, UserId};
use iae_domain::organisations::CompanyKind;
use serde::Deserialize;

/// The company an application is for.
#[derive(Debug, Clone)]
pub struct DraftCompany {
    /// Its id.
    pub id: OrganisationId,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its name as shown.
    pub name: String,
    /// Its town.
    pub city: String,
    /// It is in the directory (SUB-2).
    pub is_listed: bool,
    /// It takes no application.
    pub blocks: bool,
    /// It takes spontaneous applications.
    pub spontaneous_open: bool,
    /// Someone would receive the application.
    pub has_members: bool,
    /// Someone would be told by mail.
    pub is_told: bool,
    /// Posts open there.
    pub jobs: Vec<OpenJob>,
    /// The last application of the person there, by whoever (SUB-6).
    pub last_submitted_at: Option<DateTime<Utc>>,
    /// The days when it may not prescribe to itself: nobody but its own members are told.
    pub(super) withdrawals: Vec<Withdrawn>,
}

/// The person an application is for.
#[derive(Debug, Clone)]
pub struct DraftCandidate {
    /// Their id.
    pub id: CandidateId,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    /// E-mail.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Town.
    pub city: String,
    /// Who created the file.
    pub created_by: Option<UserId>,
    /// Whether the current organisation may deal with them (D4).
    pub related: bool,
    /// Whether the actor sent an application for them before (D30).
    pub has_applied: bool,
    /// Whether it is kept already that the actor read today who they are (D34).
    pub(super) is_noted: bool,
    /// What their file lacks.
    pub missing: Missing,
    /// Their NIR, which says when they were born.
    pub nir: Option<Nir>,
}

impl DraftCandidate {
    pub(super) fn standing(&self) -> Standing {
        Standing {
            candidate: self.id,
            created_by: self.created_by,
            is_related: self.related,
            has_applied: self.has_applied,
        }
    }

    /// Whether the actor may read who the person is.
    pub fn is_seen_by(&self, actor: &Actor) -> bool {
        policy::sees_identity(actor, &self.standing())
    }

    /// Whether the actor reads the name, if nothing else (D30).
    pub(super) fn is_named_to(&self, actor: &Actor) -> bool {
        policy::sees_name(actor, &self.standing())
    }

    /// Whether the file lacks what an application needs (SUB-30).
    pub const fn is_incomplete(&self) -> bool {
        !self.missing.suffices_to_apply()
    }

    /// The name as the actor may read it (PII-4, PII-5).
    pub fn name_for(&self, actor: &Actor) -> String {
        let name = PersonName::of(&self.first_name, &self.last_name);
        policy::shown_name(actor, &self.standing(), name).into()
    }
}

/// A post one may apply to.
#[derive(Debug, Clone, Deserialize)]
pub struct OpenJob {
    /// Its id.
    pub id: JobDescriptionId,
    /// Its name.
    pub name: String,
    /// Where the work is.
    pub place: String,
    /// Its contract.
    pub contract_type: ContractType,
    /// Its hours a week.
    pub weekly_hours: Option<i16>,
    /// The employer expects a CV.
    pub cv_required: bool,
    /// At most one application in three weeks (SUB-52).
    pub few_applications: bool,
}
