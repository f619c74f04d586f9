//! Where one goes from a hire: to those beside it, to its SIAE.

use iae_domain::control::ControlledHire;

use super::{ReviewPage, place};
use crate::control::origin;
use crate::paths::{ControlHirePath, ControlReviewPath};

impl ReviewPage {
    /// Where the control comes from.
    pub(super) fn origin(&self) -> (&'static str, String) {
        origin(self.page.of.control.campaign, self.page.of.campaign_in_view)
    }

    /// The page of its SIAE.
    pub(super) fn back(&self) -> String {
        ControlReviewPath { id: self.page.of.control.id }.to_string()
    }

    pub(super) fn count(&self) -> usize {
        self.page.of.hires().count()
    }

    pub(super) fn previous(&self) -> Option<String> {
        self.hire.rank.checked_sub(1).and_then(|rank| self.beside(rank))
    }

    pub(super) fn next(&self) -> Option<String> {
        self.beside(self.hire.rank + 1)
    }

    /// The first proof of the next one, which has the focus for who goes on with a key.
    pub(super) fn next_proof(&self) -> Option<String> {
        let next = self.hire_of(self.hire.rank + 1)?;
        next.criteria.first().map(|one| place(next.id, one.id))
    }

    fn beside(&self, rank: u16) -> Option<String> {
        self.hire_of(rank).map(|hire| ControlHirePath { id: hire.id }.to_string())
    }

    fn hire_of(&self, rank: u16) -> Option<&ControlledHire> {
        self.page.of.hires().map(|(hire, _)| hire).find(|hire| hire.rank == rank)
    }
}
