//! What an import did.

use iae_domain::Event;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{AuthorisationStatus, OrganisationChange, OrganisationEvent};

use super::Reason;

/// How many rows were written, by what happened to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that did not exist.
    pub inserted: u64,
    /// Rows that existed otherwise.
    pub updated: u64,
    /// Rows that already were as in the file.
    pub unchanged: u64,
}

impl Changes {
    /// Counts a batch: `written` says, for each row the database touched, whether it was inserted.
    pub(crate) fn count(batch: usize, written: &[bool]) -> Self {
        let inserted = written.iter().filter(|inserted| **inserted).count();
        Self {
            inserted: inserted as u64,
            updated: (written.len() - inserted) as u64,
            unchanged: batch.saturating_sub(written.len()) as u64,
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.inserted += other.inserted;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
    }
}

/// What a batch wrote, with what is kept of it in the audit trail. Reference data (communes, trades) leaves none.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub changes: Changes,
    pub events: Vec<Event>,
}

impl From<Changes> for Written {
    fn from(changes: Changes) -> Self {
        Self { changes, events: Vec::new() }
    }
}

impl Written {
    /// Counts a batch whose rows each leave an event: made from its id, and from whether it was inserted.
    pub(crate) fn trace<Id: Copy, E: Into<Event>>(
        batch: usize,
        written: &[(Id, bool)],
        event: impl Fn(Id, bool) -> E,
    ) -> Self {
        let inserted: Vec<bool> = written.iter().map(|(_, inserted)| *inserted).collect();
        let events = written.iter().map(|(id, inserted)| event(*id, *inserted).into()).collect();
        Self { changes: Changes::count(batch, &inserted), events }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.changes.add(other.changes);
        self.events.extend(other.events);
    }
}

/// What is kept of an organisation that a file brought in or changed.
pub(crate) const fn organisation_written(
    organisation: OrganisationId,
    inserted: bool,
    authorisation: Option<AuthorisationStatus>,
) -> OrganisationEvent {
    let change =
        if inserted { OrganisationChange::Created { authorisation } } else { OrganisationChange::Updated };
    OrganisationEvent { organisation, change }
}

/// A row that was not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Its line in the file, the header being line 1.
    pub line: u64,
    /// Why.
    pub reason: Reason,
}

/// The outcome of an import: every row read is inserted, updated, unchanged or rejected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the file, the header aside.
    pub read: u64,
    /// What became of the accepted ones.
    pub changes: Changes,
    /// The others, in the order of the file.
    pub rejected: Vec<Rejection>,
}
