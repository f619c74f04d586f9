//! What moves from one organisation to another when the team merges them, or transfers what one of them has, by category (rule book 01
//! §13). The tables of each are listed in `iae_app::organisations::transfer`.

mod category;

use std::collections::BTreeSet;

use serde::Serialize;

use super::{CompanyKind, CompanySource, OrganisationChange, OrganisationEvent, PrescriberKind};
use crate::Changed;
use crate::code::code;
use crate::event::Event;
use crate::ids::OrganisationId;

pub use category::{Category, Fit};

code! {
    /// Why things move from one organisation to another.
    TransferKind {
        Merger = "merger", "Fusion";
        Transfer = "transfer", "Transfert de données";
    }
}

/// What an organisation is, as far as it decides what moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyKind {
    /// A company.
    Company {
        /// Its kind. EA and EATT are out of service: no company is one (D17).
        kind: CompanyKind,
        /// Where its record comes from.
        source: CompanySource,
    },
    /// A prescriber organisation.
    Prescriber(PrescriberKind),
}

/// The organisation things leave, or come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// Its id.
    pub id: OrganisationId,
    /// What it is.
    pub kind: PartyKind,
    /// Whether another one took its place.
    pub is_closed: bool,
    /// Whether the team disabled it, as it transferred what it had.
    pub is_disabled: bool,
}

impl Party {
    /// What a form says it saw of it (D32).
    fn seen(&self) -> String {
        let kind = match self.kind {
            PartyKind::Company { kind, source } => format!("{}.{}", kind.code(), source.code()),
            PartyKind::Prescriber(kind) => kind.code().to_owned(),
        };
        let stands = match (self.is_closed, self.is_disabled) {
            (true, _) => "closed",
            (false, true) => "disabled",
            (false, false) => "open",
        };
        format!("{kind}.{stands}")
    }
}

/// How many things of a category there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Which.
    pub category: Category,
    /// How many move.
    pub moved: u32,
    /// How many stay, because the target has the same: a member of both, an invitation sent by both…
    pub left: u32,
    /// Of those that move, how many are of people who left already: members alone have some. Said by pages, never kept.
    #[serde(skip)]
    pub gone: u32,
}

impl Count {
    /// Whether there is nothing of it.
    pub const fn is_none(&self) -> bool {
        self.moved == 0 && self.left == 0
    }
}

/// What a page showed, as its form says it (D32).
pub fn version(source: &Party, target: &Party, counts: &[Count]) -> String {
    let count = |one: &Count| format!("{}-{}-{}", one.category.code(), one.moved, one.left);
    let counts: Vec<String> = counts.iter().map(count).collect();
    format!("{} {} {}", source.seen(), target.seen(), counts.join(" "))
}

/// What is to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What it leaves.
    pub source: OrganisationId,
    /// What it comes to.
    pub target: OrganisationId,
    /// What moves.
    pub categories: BTreeSet<Category>,
    /// Whether nobody acts for the source any more, nor applies there: blocked, not searchable, memberships inactive.
    pub disable_source: bool,
}

impl AsRef<Self> for Plan {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// What a member of the team asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferCommand {
    /// What it comes to.
    pub target: OrganisationId,
    /// What the page showed ([`version`]).
    pub seen: String,
    /// What moves.
    pub categories: BTreeSet<Category>,
    /// Whether the source is disabled.
    pub disable_source: bool,
    /// Whether an operator says that a company of the ASP gives to an antenna: no page does.
    pub to_antenna: bool,
}

/// Why nothing moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransferRefused {
    /// To itself.
    #[error("an organisation transfers nothing to itself")]
    Same,
    /// One of them was replaced.
    #[error("one of the organisations is closed")]
    Closed,
    /// One of them is no company.
    #[error("only companies transfer to companies")]
    NotCompanies,
    /// What the State knows of a structure is not given to an antenna, which lives under another's convention.
    #[error("a company of the ASP transfers nothing to an antenna")]
    ToAntenna,
    /// What it had was transferred before, and it was disabled.
    #[error("the company is disabled, and has nothing to give")]
    Emptied,
    /// Nothing was chosen.
    #[error("nothing is to move")]
    Nothing,
    /// The target may not have this.
    #[error("the target may not have this category")]
    Unfit(Category),
    /// The first does not move without the second.
    #[error("this category does not move alone")]
    Apart(Category, Category),
    /// Something came, or left, since the page was read (D32).
    #[error("what would move changed meanwhile")]
    Overtaken,
}

/// Transfers what a company has to another one, when nothing changed since it was read.
pub fn transfer(
    source: &Party,
    target: &Party,
    counts: &[Count],
    asked: &TransferCommand,
) -> Result<Changed<Plan>, TransferRefused> {
    match may_transfer(source, target) {
        Err(TransferRefused::ToAntenna) if asked.to_antenna => {}
        allowed => allowed?,
    }
    if asked.categories.is_empty() && (!asked.disable_source || source.is_disabled) {
        return Err(TransferRefused::Nothing);
    }
    for category in &asked.categories {
        if category.fit(source.kind, target.kind) != Fit::Fits {
            return Err(TransferRefused::Unfit(*category));
        }
        let needed = category.needs().filter(|needed| needed.fit(source.kind, target.kind) == Fit::Fits);
        let needed = needed.filter(|needed| has_any(counts, *needed));
        if let Some(needed) = needed.filter(|needed| !asked.categories.contains(needed)) {
            return Err(TransferRefused::Apart(*category, needed));
        }
    }
    if asked.seen != version(source, target, counts) {
        return Err(TransferRefused::Overtaken);
    }
    if is_emptied(source, counts) {
        return Err(TransferRefused::Emptied);
    }
    // That it is found no more is of its own end, and says nothing of the target.
    if source.is_disabled && asked.categories.contains(&Category::Searchable) {
        return Err(TransferRefused::Unfit(Category::Searchable));
    }
    let plan = Plan {
        source: source.id,
        target: target.id,
        categories: asked.categories.clone(),
        disable_source: asked.disable_source,
    };
    let moved = of(counts, &plan.categories);
    let given = OrganisationChange::DataGiven {
        to: target.id,
        moved: moved.clone(),
        is_disabled: plan.disable_source,
    };
    let received = OrganisationChange::DataReceived { from: source.id, moved };
    let events = vec![told(source.id, given), told(target.id, received)];
    Ok(Changed::with(plan, events))
}

/// Whether there is anything of a category; what was not counted may be there.
fn has_any(counts: &[Count], category: Category) -> bool {
    counts.iter().find(|count| count.category == category).is_none_or(|count| !count.is_none())
}

/// Whether a company was disabled, and has nothing more to give: what it says of itself aside.
pub fn is_emptied(source: &Party, counts: &[Count]) -> bool {
    source.is_disabled && counts.iter().all(|count| count.category.is_said() || count.moved == 0)
}

/// Whether a company may transfer anything to another one. A source of the ASP gives nothing to an antenna: operators alone may say
/// otherwise, at the command line ([`TransferCommand::to_antenna`]).
pub fn may_transfer(source: &Party, target: &Party) -> Result<(), TransferRefused> {
    if source.id == target.id {
        return Err(TransferRefused::Same);
    }
    if source.is_closed || target.is_closed {
        return Err(TransferRefused::Closed);
    }
    match (source.kind, target.kind) {
        (
            PartyKind::Company { source: CompanySource::Asp, .. },
            PartyKind::Company { source: CompanySource::UserCreated, .. },
        ) => Err(TransferRefused::ToAntenna),
        (PartyKind::Company { .. }, PartyKind::Company { .. }) => Ok(()),
        (PartyKind::Company { .. } | PartyKind::Prescriber(_), PartyKind::Prescriber(_))
        | (PartyKind::Prescriber(_), PartyKind::Company { .. }) => Err(TransferRefused::NotCompanies),
    }
}

/// The counts of what moves.
pub fn of(counts: &[Count], categories: &BTreeSet<Category>) -> Vec<Count> {
    counts.iter().copied().filter(|count| categories.contains(&count.category)).collect()
}

/// What happened to one of both.
pub(super) fn told(organisation: OrganisationId, change: OrganisationChange) -> Event {
    OrganisationEvent { organisation, change }.into()
}

#[cfg(test)]
mod tests;
