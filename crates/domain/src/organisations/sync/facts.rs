//! What the platform knows and what the files say, as values.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::super::{
    Activity, ActivityFacts, AnnexNumber, AnnexState, CompanyKind, CompanySource, ConventionFacts, Siret,
    activity, annex_is_active,
};
use crate::ids::{ConventionId, OrganisationId};
use crate::text::Email;

/// What names a convention: the number of the structure at the paying agency, and its kind (CMP-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConventionKey {
    /// Number of the structure.
    pub asp_id: i32,
    /// Kind of the structure.
    pub kind: CompanyKind,
}

/// When a flow is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// What is written bears this time.
    pub now: DateTime<Utc>,
    /// The day annexes are compared with.
    pub today: NaiveDate,
}

/// A structure, as its file says it. Its name and address stay with whoever reads the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledStructure {
    /// Its line.
    pub line: u64,
    /// What names it.
    pub key: ConventionKey,
    /// Its SIRET today.
    pub siret: Siret,
    /// Its address, root of trust of the first sign-up.
    pub auth_email: Email,
}

/// A convention, as its file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledConvention {
    /// Its line.
    pub line: u64,
    /// What names it.
    pub key: ConventionKey,
    /// The SIRET that signed it.
    pub siret_signature: Siret,
}

/// A financial annex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// Its number.
    pub number: AnnexNumber,
    /// Its state.
    pub state: AnnexState,
    /// Its first day.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
}

impl Annex {
    /// Whether it makes its convention valid (CMP-9).
    pub fn is_active(&self, today: NaiveDate) -> bool {
        annex_is_active(self.state, self.last_day, today)
    }
}

/// An annex, as its file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledAnnex {
    /// The convention it belongs to.
    pub key: ConventionKey,
    /// The annex.
    pub annex: Annex,
}

/// What the three files say, no two rows of one thing.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Structures with an address.
    pub structures: Vec<FiledStructure>,
    /// Conventions.
    pub conventions: Vec<FiledConvention>,
    /// Annexes.
    pub annexes: Vec<FiledAnnex>,
    /// Numbers of the annexes whose row was rejected: they did not vanish.
    pub unread_annexes: HashSet<String>,
    /// Some row of the annexes could not be read at all: nobody knows which annexes vanished.
    pub has_unreadable_annex: bool,
}

/// A convention, as the platform knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncedConvention {
    /// Its id.
    pub id: ConventionId,
    /// What names it.
    pub key: ConventionKey,
    /// The SIRET that signed it.
    pub siret_signature: Siret,
    /// Whether it is in force.
    pub is_active: bool,
    /// Start of the days of grace.
    pub deactivated_at: Option<DateTime<Utc>>,
    /// When staff reactivated it.
    pub reactivated_at: Option<DateTime<Utc>>,
}

/// A company, as the platform knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncedCompany {
    /// Its id.
    pub id: OrganisationId,
    /// Its SIRET.
    pub siret: Siret,
    /// The SIRET that the team recorded it left: a flow that is late does not bring it back there.
    pub left: Vec<Siret>,
    /// Its kind.
    pub kind: CompanyKind,
    /// Where its record comes from.
    pub source: CompanySource,
    /// Its convention.
    pub convention: Option<ConventionId>,
    /// Its address in the official data.
    pub auth_email: Option<String>,
    /// Whether it may be found.
    pub is_searchable: bool,
    /// Since when the flow keeps it from being found (CMP-15).
    pub hidden_at: Option<DateTime<Utc>>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Whether someone is an active member.
    pub has_member: bool,
    /// Whether nothing was ever done with it (CMP-14).
    pub is_unused: bool,
    /// Whether another one took its place: the flow takes it for nothing any more, and nobody takes its SIRET but its heir.
    pub is_closed: bool,
    /// What took its place.
    pub heir: Option<OrganisationId>,
}

impl SyncedCompany {
    /// Its place among those that exist (CMP-4).
    pub(super) fn place(&self) -> (Siret, CompanyKind) {
        (self.siret.clone(), self.kind)
    }

    /// Whether it is neither active nor in grace, with this convention.
    pub(super) fn has_expired(&self, convention: &SyncedConvention, now: DateTime<Utc>) -> bool {
        let facts = ActivityFacts {
            kind: self.kind,
            source: self.source,
            is_searchable: self.is_searchable,
            convention: Some(ConventionFacts {
                is_active: convention.is_active,
                deactivated_at: convention.deactivated_at,
            }),
        };
        match activity(&facts, now) {
            Activity::Expired => true,
            Activity::Active | Activity::Grace { .. } => false,
        }
    }
}

/// An annex, as the platform knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAnnex {
    /// Its convention.
    pub convention: ConventionId,
    /// The annex.
    pub annex: Annex,
}

/// What the platform knows.
#[derive(Debug, Clone, Default)]
pub struct Base {
    /// Every convention.
    pub conventions: Vec<SyncedConvention>,
    /// Every company.
    pub companies: Vec<SyncedCompany>,
    /// Every annex.
    pub annexes: Vec<KnownAnnex>,
}
