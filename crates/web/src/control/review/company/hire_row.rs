//! A drawn hire, on the page of its SIAE.

use chrono::NaiveDate;
use iae_app::control::controls::queries::review::{ControlPage, HireCard};
use iae_domain::control::{Control, ControlledHire};

use super::super::badges;
use crate::applications::state_badge::StateBadge;
use crate::control::badge::of_control;
use crate::paths::ControlHirePath;

/// A line.
pub(super) struct HireRow {
    pub rank: u16,
    pub person: String,
    pub pass_number: String,
    pub starts_on: NaiveDate,
    pub href: String,
    pub badge: StateBadge,
    /// Each criterion that is defended, with what its proof is at.
    pub criteria: Vec<(&'static str, StateBadge)>,
    /// Whether the State certified it: the SIAE keeps a proof all the same.
    pub is_certified: bool,
    /// The hire was cancelled since the draw.
    pub cancelled: Option<StateBadge>,
}

impl HireRow {
    pub(super) fn all(of: &ControlPage, today: NaiveDate) -> Vec<Self> {
        of.hires().map(|(hire, card)| Self::of(&of.control, hire, card, today)).collect()
    }

    fn of(control: &Control, hire: &ControlledHire, card: &HireCard, today: NaiveDate) -> Self {
        let (stage, defended) = (control.stage(today), hire.defended());
        let is_over = control.reviewed.is_final(control.phase);
        let criteria = hire.criteria.iter();
        let criteria =
            criteria.map(|one| (one.criterion.label(), badges::of_criterion(one.defended, is_over)));
        Self {
            rank: hire.rank,
            person: card.masked.to_string(),
            pass_number: card.pass_number.to_string(),
            starts_on: card.starts_on,
            href: ControlHirePath { id: hire.id }.to_string(),
            badge: of_control(stage.badge_for_ddets(&defended)),
            criteria: criteria.collect(),
            is_certified: !defended.is_empty() && defended.iter().all(|one| one.is_certified),
            cancelled: card.is_cancelled.then_some(badges::CANCELLED),
        }
    }
}
