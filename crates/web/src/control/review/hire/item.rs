//! A criterion that is defended, and what its DDETS may do of its proof.

use chrono::NaiveDate;
use iae_app::control::controls::queries::review::{CriterionCard, HirePage, to_review};
use iae_domain::control::{ControlledCriterion, ControlledHire, Decision};
use iae_domain::eligibility::Criterion;
use iae_domain::ids::ControlCriterionId;

use super::super::badges;
use super::anchor;
use crate::applications::state_badge::StateBadge;
use crate::eligibility::expected;
use crate::paths::{ControlDecisionPath, ProofPath, ProofPicturePath};

/// A criterion.
pub(super) struct Item {
    /// The id of its place in the page.
    pub anchor: String,
    /// Its official label.
    pub label: String,
    /// What proves it.
    pub proof: String,
    /// How old it may be.
    pub age: String,
    pub badge: StateBadge,
    pub is_certified: bool,
    /// Its proof is read: no other is.
    pub is_submitted: bool,
    /// Where it is decided of.
    pub action: String,
    /// What the form saw of it (D32).
    pub seen: &'static str,
    pub may_decide: bool,
    pub may_reset: bool,
    /// The first of this hire that waits.
    pub is_next: bool,
    /// The file.
    pub file: String,
    /// Each page of it, as a picture: what it is called, its address.
    pub pictures: Vec<(String, String)>,
    /// It has more pages than the reader may look at for now.
    pub is_cut: bool,
}

impl Item {
    pub(super) fn all(page: &HirePage, hire: &ControlledHire, today: NaiveDate) -> Vec<Self> {
        let next =
            to_review(&page.of.control, today).into_iter().map(|(_, id)| id).find(|id| is_of(hire, *id));
        let mut left = page.pictures.times;
        let item = |card: &CriterionCard| {
            let one = hire.criteria.iter().find(|one| one.id == card.id)?;
            let shown = card.pages.unwrap_or_default().min(u32::try_from(left).unwrap_or(u32::MAX));
            left -= i64::from(shown);
            Some(Self::of(page, hire, (card, one), shown, next, today))
        };
        page.criteria.iter().filter_map(item).collect()
    }

    fn of(
        page: &HirePage,
        hire: &ControlledHire,
        (card, one): (&CriterionCard, &ControlledCriterion),
        shown: u32,
        next: Option<ControlCriterionId>,
        today: NaiveDate,
    ) -> Self {
        let control = &page.of.control;
        let (stage, defended) = (control.stage(today), hire.defended());
        let may = |decision| stage.decide(one.defended, &defended, decision).is_some();
        let id = card.id;
        Self {
            anchor: anchor(id),
            label: card.label.clone(),
            proof: card.proof.clone(),
            age: age(one.criterion, card.max_age_months),
            badge: badges::of_criterion(one.defended, control.reviewed.is_final(control.phase)),
            is_certified: one.defended.is_certified,
            is_submitted: !one.defended.is_certified && one.defended.submitted_at.is_some(),
            action: ControlDecisionPath { id }.to_string(),
            seen: one.defended.review.code(),
            may_decide: may(Decision::Accept),
            may_reset: may(Decision::Reset),
            is_next: next == Some(id),
            file: ProofPath { id }.to_string(),
            pictures: pictures(card, shown),
            is_cut: card.pages.is_some_and(|pages| pages > shown),
        }
    }

    /// The kind of the button: one is the first thing to do.
    pub(super) const fn accepts_as(&self) -> &'static str {
        if self.is_next { "primary" } else { "secondary" }
    }
}

fn is_of(hire: &ControlledHire, id: ControlCriterionId) -> bool {
    hire.criteria.iter().any(|one| one.id == id)
}

/// How old a proof may be (order of 1 September 2021).
fn age(criterion: Criterion, months: Option<i16>) -> String {
    expected::age(criterion, months).unwrap_or_else(|| "Sans limite d’ancienneté".to_owned())
}

fn pictures(card: &CriterionCard, shown: u32) -> Vec<(String, String)> {
    let count = card.pages.unwrap_or_default();
    let picture = |page: u32| {
        let what = format!("Page {page} sur {count} du justificatif «\u{a0}{}\u{a0}»", card.label);
        (what, format!("{}?page={page}", ProofPicturePath { id: card.id }))
    };
    (1..=shown).map(picture).collect()
}
