//! Imports of official files, as they are kept: who, when, which files, what came of them.

mod event;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use event::{ImportChange, ImportEvent};

use crate::Changed;
use crate::code::code;
use crate::event::Event;
use crate::ids::{ImportId, UserId};

code! {
    /// What an import brings in.
    ImportKind {
        Structures = "structures", "Structures, conventions et annexes de l’ASP";
        Prescribers = "prescribers", "Organisations prescriptrices";
        Institutions = "institutions", "Institutions";
        Communes = "communes", "Communes";
        Rome = "rome", "ROME";
        Zrr = "zrr", "Zones de revitalisation rurale";
    }
}

code! {
    /// What became of an import.
    ImportOutcome {
        Done = "done", "Fait";
        /// CMP-11: written, but for what would have deactivated conventions.
        HeldBack = "held_back", "Fait, désactivations retenues";
        /// Nothing was written: so many deactivations wait for a member of the team.
        Refused = "refused", "Refusé, à confirmer";
    }
}

code! {
    /// What is counted of an import.
    ImportCount {
        Inserted = "inserted", "Lignes ajoutées";
        Updated = "updated", "Lignes modifiées";
        Unchanged = "unchanged", "Lignes inchangées";
        CompaniesCreated = "companies_created", "Structures créées";
        CompaniesConverted = "companies_converted", "Structures reprises du flux, déjà créées ici";
        SiretsChanged = "sirets_changed", "SIRET modifiés";
        AddressesChanged = "addresses_changed", "Adresses e-mail officielles modifiées";
        CompaniesHidden = "companies_hidden", "Structures retirées de la recherche";
        CompaniesShown = "companies_shown", "Structures remises dans la recherche";
        CompaniesDeleted = "companies_deleted", "Structures supprimées";
        ConventionsCreated = "conventions_created", "Conventions ajoutées";
        ConventionsChanged = "conventions_changed", "Conventions dont la signature ou le numéro change";
        ConventionsReactivated = "conventions_reactivated", "Conventions réactivées";
        ConventionsDeactivated = "conventions_deactivated", "Conventions désactivées";
        ConventionsFalling = "conventions_falling", "Désactivations retenues";
        ConventionsDeleted = "conventions_deleted", "Conventions sans structure supprimées";
        AnnexesWritten = "annexes_written", "Annexes ajoutées ou modifiées";
        AnnexesDeleted = "annexes_deleted", "Annexes disparues supprimées";
        AnnexesUnused = "annexes_unused", "Annexes sans structure, laissées";
        Prison = "prison", "Lignes de mesures en détention, laissées";
        Rejected = "rejected", "Lignes rejetées";
    }
}

impl ImportCount {
    /// Whether it counts something written.
    pub const fn is_change(self) -> bool {
        match self {
            Self::Inserted
            | Self::Updated
            | Self::CompaniesCreated
            | Self::CompaniesConverted
            | Self::SiretsChanged
            | Self::AddressesChanged
            | Self::CompaniesHidden
            | Self::CompaniesShown
            | Self::CompaniesDeleted
            | Self::ConventionsCreated
            | Self::ConventionsChanged
            | Self::ConventionsReactivated
            | Self::ConventionsDeactivated
            | Self::ConventionsDeleted
            | Self::AnnexesWritten
            | Self::AnnexesDeleted => true,
            Self::Unchanged
            | Self::ConventionsFalling
            | Self::AnnexesUnused
            | Self::Prison
            | Self::Rejected => false,
        }
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// Its name, without its folder.
    pub name: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Rows read, the header aside.
    pub rows: u64,
}

/// An import that was run, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// What it brought in.
    pub kind: ImportKind,
    /// What became of it.
    pub outcome: ImportOutcome,
    /// The member of the team in whose name; none for the operator's own.
    pub by: Option<UserId>,
    /// When.
    pub at: DateTime<Utc>,
    /// The day annexes were compared with.
    pub as_of: NaiveDate,
    /// The files it read.
    pub files: Vec<ImportedFile>,
    /// What was counted, zeros left out.
    pub counts: Vec<(ImportCount, u64)>,
}

impl Import {
    /// How many of these.
    pub fn count(&self, of: ImportCount) -> u64 {
        self.counts.iter().find(|(count, _)| *count == of).map_or(0, |(_, number)| *number)
    }

    /// The same, so many of these less: what was planned and could not be done.
    #[must_use]
    pub fn less(self, of: ImportCount, number: usize) -> Self {
        let number = u64::try_from(number).unwrap_or(u64::MAX);
        let less = |(count, had): (ImportCount, u64)| {
            (count, if count == of { had.saturating_sub(number) } else { had })
        };
        let counts = self.counts.into_iter().map(less).filter(|(_, left)| *left > 0).collect();
        Self { counts, ..self }
    }

    /// Whether anything was written.
    pub fn has_changed(&self) -> bool {
        self.outcome != ImportOutcome::Refused
            && self.counts.iter().any(|(count, number)| count.is_change() && *number > 0)
    }

    /// Keeps it. What changed nothing leaves no row in the audit trail: its report says that it ran.
    pub fn kept(self) -> Changed<Self> {
        let falling = self.count(ImportCount::ConventionsFalling);
        let change = match self.outcome {
            ImportOutcome::HeldBack => Some(ImportChange::HeldBack { falling }),
            ImportOutcome::Refused => Some(ImportChange::Refused { falling }),
            ImportOutcome::Done if self.has_changed() => Some(ImportChange::Done { kind: self.kind }),
            ImportOutcome::Done => None,
        };
        let events = change.map(|change| Event::from(ImportEvent { import: self.id, change }));
        Changed::with(self, events.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(outcome: ImportOutcome, counts: Vec<(ImportCount, u64)>) -> Import {
        Import {
            id: ImportId(uuid::Uuid::from_u128(1)),
            kind: ImportKind::Structures,
            outcome,
            by: None,
            at: DateTime::UNIX_EPOCH,
            as_of: NaiveDate::default(),
            files: vec![],
            counts,
        }
    }

    #[test]
    fn only_an_import_that_changed_something_or_stopped_is_in_the_trail() {
        use ImportCount::{ConventionsFalling, Inserted, Rejected, Unchanged};
        use ImportOutcome::{Done, HeldBack, Refused};
        for (outcome, counts, traced) in [
            (Done, vec![], false),
            (Done, vec![(Unchanged, 3), (Rejected, 2)], false),
            (Done, vec![(Inserted, 1)], true),
            (HeldBack, vec![(ConventionsFalling, 200)], true),
            (Refused, vec![(ConventionsFalling, 3676)], true),
        ] {
            let (_, events) = import(outcome, counts.clone()).kept().into_parts();
            assert_eq!(!events.is_empty(), traced, "{outcome:?} {counts:?}");
        }
    }
}
