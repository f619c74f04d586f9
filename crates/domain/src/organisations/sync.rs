//! The weekly flow of the paying agency: what it changes of companies, conventions and annexes (rule book 01, CMP-8 to
//! CMP-15).
//!
//! [`plan`] compares what the platform knows with what the files say, and answers each change with its event; it reads
//! nothing and writes nothing. Once it is written, the same files give an empty plan.

mod annexes;
mod draft;
mod ends;
mod facts;
mod remark;
mod stop;
#[cfg(test)]
mod tests;
mod write;

pub use facts::{
    Annex, Base, ConventionKey, FiledAnnex, FiledConvention, FiledStructure, Files, KnownAnnex, Moment,
    SyncedCompany, SyncedConvention,
};
pub use remark::Remark;
pub use stop::{Stop, may_confirm};
pub use write::{AnnexChanges, CompanyChange, EndReason, EndedCompany, NewCompany, SyncedPart};

use chrono::TimeDelta;

use crate::Changed;
use crate::ids::ConventionId;
use crate::imports::ImportCount;
use draft::Draft;

/// How long a company that the team created waits for the flow to confirm it (CMP-13).
pub const UNCONFIRMED_KEPT: TimeDelta = TimeDelta::days(90);

/// What to write, in the order of its fields.
#[derive(Debug)]
pub struct Plan {
    /// Whether conventions may fall. Nothing may be written when that is to be confirmed.
    pub stop: Stop,
    /// How many conventions should fall, those the team protects left out.
    pub falling: usize,
    /// Conventions to write, new or changed.
    pub conventions: Vec<Changed<SyncedConvention>>,
    /// Companies that change.
    pub companies: Vec<Changed<CompanyChange>>,
    /// Companies to create.
    pub created: Vec<Changed<NewCompany>>,
    /// Annexes to write or delete, by convention.
    pub annexes: Vec<Changed<AnnexChanges>>,
    /// Companies to delete.
    pub ended: Vec<Changed<EndedCompany>>,
    /// Conventions left without company.
    pub left_conventions: Vec<Changed<ConventionId>>,
    /// What could not be done.
    pub remarks: Vec<Remark>,
    /// What all this comes to.
    pub counts: Vec<(ImportCount, u64)>,
}

/// What the flow changes. `confirmed` is how many conventions a member of the team agreed to see fall.
pub fn plan(base: &Base, files: &Files, moment: Moment, confirmed: Option<usize>) -> Plan {
    let mut draft = Draft::of(base, files, moment);
    draft.renumber();
    let active = annexes::active(base, files, &draft, moment.today);
    draft.take_structures(&active);
    draft.take_signatures();
    draft.reactivate(&active);
    let falling = draft.falling(&active);
    let stop = Stop::of(falling.len(), moment, confirmed);
    if stop == Stop::Allowed {
        draft.deactivate(&falling);
    }
    draft.end_companies();
    draft.show_again();
    write::plan(base, draft, stop, falling.len())
}
