//! A structure is merged into another one, which takes everything of it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::transfer::{Category, Count, PartyKind, Plan};
use super::super::{CompanyKind, CompanySource, OrganisationChange, OrganisationEvent};
use super::{CompanyFacts, Moved, Structure, Succession, SuccessionKind, SuccessionRefused, effective};
use crate::Changed;
use crate::Event;
use crate::ids::{ConventionId, SuccessionId};
use crate::staff::SupportRemark;

/// A merger, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merger {
    /// The succession it is kept as.
    pub succession: Succession,
    /// What moves, with the source closed after it.
    pub plan: Plan,
    /// The convention its antennas had, and the one they take: both hold, or there is none.
    pub antennas: Option<(ConventionId, ConventionId)>,
}

impl AsRef<Succession> for Merger {
    fn as_ref(&self) -> &Succession {
        &self.succession
    }
}

impl AsRef<Plan> for Merger {
    fn as_ref(&self) -> &Plan {
        &self.plan
    }
}

impl CompanyFacts {
    /// The same, for what moves.
    pub const fn party(&self) -> PartyKind {
        PartyKind::Company { kind: self.kind, source: self.source }
    }
}

/// What the page of a merger showed, as its form says it (D32).
pub fn version_of_merger(source: &Structure, target: &Structure, counts: &[Count]) -> String {
    let count = |one: &Count| format!("{}-{}-{}", one.category.code(), one.moved, one.left);
    let counts: Vec<String> = counts.iter().map(count).collect();
    format!("{} {} {}", source.seen(), target.seen(), counts.join(" "))
}

impl From<&Count> for Moved {
    fn from(count: &Count) -> Self {
        Self {
            label: count.category.label().to_owned(),
            moved: i64::from(count.moved),
            left: i64::from(count.left),
        }
    }
}

/// What moves of a structure that is merged: everything, but what the one that remains says of itself, and controls. A control is of
/// the structure that hired, at the days it hired: the DDETS reads it under its name, and whoever replaced it answers.
pub fn merged_categories(source: &CompanyFacts, target: &CompanyFacts) -> BTreeSet<Category> {
    let mut categories = Category::fitting(source.party(), target.party());
    categories.retain(|category| match category {
        Category::Controls
        | Category::Brand
        | Category::Description
        | Category::Searchable
        | Category::Phone => false,
        Category::Members
        | Category::Invitations
        | Category::ApplicationsReceived
        | Category::ApplicationsSent
        | Category::Diagnoses
        | Category::Accompaniments
        | Category::Posts
        | Category::Prolongations
        | Category::Suspensions => true,
    });
    categories
}

/// Whether a company of a kind takes over one of another: one regime of eligibility, so that diagnoses and PASS hold (rule book 01
/// §3.1). The SIAE make one, GEIQ another, the bearers of social clauses have none.
pub const fn may_absorb(target: CompanyKind, source: CompanyKind) -> bool {
    match source {
        CompanyKind::Aci | CompanyKind::Ai | CompanyKind::Ei | CompanyKind::Eiti | CompanyKind::Etti => {
            target.is_siae()
        }
        CompanyKind::Geiq => matches!(target, CompanyKind::Geiq),
        CompanyKind::Opcs => matches!(target, CompanyKind::Opcs),
    }
}

impl Structure {
    /// Whether it may be merged into another one, and the conventions its antennas leave and take.
    pub fn may_merge_into(
        &self,
        target: &Self,
    ) -> Result<Option<(ConventionId, ConventionId)>, SuccessionRefused> {
        let company = self.company()?;
        if self.is_closed {
            return Err(SuccessionRefused::Closed);
        }
        if self.id == target.id {
            return Err(SuccessionRefused::SameStructure);
        }
        let into = target.takes_over()?;
        if !may_absorb(into.kind, company.kind) {
            return Err(SuccessionRefused::Kinds);
        }
        let (own, theirs) = (company.convention.as_ref(), into.convention.as_ref());
        if company.source == CompanySource::Asp && into.source == CompanySource::UserCreated {
            return Err(SuccessionRefused::IntoAntenna);
        }
        if company.source != CompanySource::Asp || company.antennas == 0 {
            return Ok(None);
        }
        match (own, theirs) {
            (Some((own, _)), Some((theirs, _))) if target.shares_convention_with(self, company.kind) => {
                Ok(Some((*own, *theirs)))
            }
            _ => Err(SuccessionRefused::AntennasStay(company.antennas)),
        }
    }

    /// Merges it into another one. Their events name each other: both histories say it.
    pub fn merge_into(
        &self,
        target: &Self,
        (id, effective_on, remark): (SuccessionId, NaiveDate, SupportRemark),
        today: NaiveDate,
    ) -> Result<Changed<Merger>, SuccessionRefused> {
        let antennas = self.may_merge_into(target)?;
        let categories = merged_categories(self.company()?, target.company()?);
        effective(effective_on, today)?;
        let (source, target) = (self.id, target.id);
        let closed = OrganisationChange::MergedInto { succession: id, target };
        let grown = OrganisationChange::TookOver { succession: id, source };
        let events: Vec<Event> = vec![
            OrganisationEvent { organisation: source, change: closed }.into(),
            OrganisationEvent { organisation: target, change: grown }.into(),
        ];
        let kind = SuccessionKind::Merger;
        let succession = Succession { id, kind, source, target, effective_on, remark };
        let plan = Plan { source, target, categories, disable_source: true };
        Ok(Changed::with(Merger { succession, plan, antennas }, events))
    }
}
