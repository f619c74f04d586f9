//! What the team reads of the decision on a negative result: what is decided and when, neither the words nor who decided (rule book 04
//! §1.21).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{Sanction, Subsidy};
use iae_domain::time::paris_date;
use serde::Deserialize;

/// The decision in force on a negative result, in short.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DecidedInShort {
    at: DateTime<Utc>,
    /// What is decided; nothing when it annuls the one before.
    pub sanctions: Vec<Sanction>,
}

impl DecidedInShort {
    /// The day it was made.
    pub fn on(&self) -> NaiveDate {
        paris_date(self.at)
    }

    /// Whether it annuls the one before, and decides nothing instead.
    pub const fn is_annulment(&self) -> bool {
        self.sanctions.is_empty()
    }

    /// What becomes of the subsidy; nothing is decided of it by what annuls.
    pub fn subsidy(&self) -> Option<Subsidy> {
        let decided =
            if self.sanctions.contains(&Sanction::SubsidyCut) { Subsidy::Cut } else { Subsidy::Kept };
        (!self.is_annulment()).then_some(decided)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// §1.21: « aide au poste oui/non »; its day is that of Paris.
    #[test]
    fn the_subsidy_is_cut_by_one_sanction_alone() {
        for sanction in Sanction::ALL.iter().copied() {
            let at = "2027-01-31T23:30:00Z".parse().unwrap();
            let decided = DecidedInShort { at, sanctions: vec![sanction] };
            let is_cut = decided.subsidy() == Some(Subsidy::Cut);
            assert_eq!(is_cut, sanction == Sanction::SubsidyCut, "{sanction}");
            assert_eq!((decided.is_annulment(), decided.on().to_string()), (false, "2027-02-01".to_owned()));
            let annulled = DecidedInShort { sanctions: vec![], ..decided };
            assert!(annulled.is_annulment() && annulled.subsidy().is_none());
        }
    }
}
