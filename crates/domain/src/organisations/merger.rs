//! Two prescriber organisations become one (rule book 01 §13): all that one has goes to the other, and it is closed.

use chrono::NaiveDate;

use super::transfer::{Category, Count, Party, Plan, of, told, version};
use super::{AuthorisationStatus, OrganisationChange, PrescriberKind};
use crate::Changed;
use crate::code::code;
use crate::habilitations::Authorisation;
use crate::ids::OrganisationId;

code! {
    /// Whose right the organisation that stays has from then on, when one is authorised and the other is not.
    KeptRight {
        Target = "target", "Celui de l’organisation qui reste";
        Source = "source", "Celui de l’organisation qui disparaît";
    }
}

/// One of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merging {
    /// As what moves sees it.
    pub party: Party,
    /// Whether it may prescribe.
    pub authorisation: Authorisation,
    /// Whether a DDETS instructs a request of habilitation of its.
    pub is_instructed: bool,
}

/// What a member of the team asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergerCommand {
    /// The organisation that stays.
    pub target: OrganisationId,
    /// What the page showed ([`seen`]).
    pub seen: String,
    /// Whose right stays.
    pub right: Option<KeptRight>,
}

/// What follows from a merger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// What moves, of the organisation that is closed to the one that has all it had.
    pub plan: Plan,
    /// Where the authorisation of the target stands from now on, when that changes.
    pub authorisation: Option<AuthorisationStatus>,
    /// Whether requests of prolongation that wait go back to those who asked: nobody may answer them there (D15).
    pub returns_requests: bool,
}

impl AsRef<Plan> for Merged {
    fn as_ref(&self) -> &Plan {
        &self.plan
    }
}

/// Why two organisations do not become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MergerRefused {
    /// With itself.
    #[error("an organisation is not merged with itself")]
    Same,
    /// One of them was replaced.
    #[error("one of the organisations is closed")]
    Closed,
    /// Agencies of France Travail come from their own directory: merged with each other only (PRE-17).
    #[error("an agency of France Travail is merged with agencies only")]
    FranceTravail,
    /// A DDETS instructs a request of the source: its decision comes first (D15).
    #[error("a request of habilitation of the source is instructed")]
    Instructed,
    /// One is authorised, the other is not: whose right stays has to be said.
    #[error("whose right stays is to be chosen")]
    RightToChoose,
    /// The order of a prefect names its organisation: it is neither handed over nor dropped here (guide P2 §1.1).
    #[error("the right rests on an order of the prefect")]
    OrderInForce,
    /// An organisation of kind « Autre » is never authorised: its kind is chosen first (PRE-7).
    #[error("the kind of the target is to be chosen first")]
    KindToChoose,
    /// The right that a prefect gives comes with its order (PRE-6).
    #[error("the order of the prefect is to be entered")]
    OrderToEnter,
    /// Something changed since the page was read (D32).
    #[error("what would move changed meanwhile")]
    Overtaken,
}

/// What a page showed, as its form says it (D32).
pub fn seen(source: &Merging, target: &Merging, counts: &[Count], today: NaiveDate) -> String {
    let right = |one: &Merging| {
        let is_on = one.authorisation.is_on(today);
        format!("{}.{is_on}.{}", one.authorisation.status.code(), one.is_instructed)
    };
    format!("{} {} {}", version(&source.party, &target.party, counts), right(source), right(target))
}

/// Whether whose right stays has to be said.
pub fn asks_for_right(source: &Merging, target: &Merging, today: NaiveDate) -> bool {
    source.authorisation.is_on(today) != target.authorisation.is_on(today)
}

/// Whether both may become one, whatever their rights.
pub fn may_merge(source: &Merging, target: &Merging) -> Result<(), MergerRefused> {
    let is_agency = |one: &Merging| one.authorisation.kind == PrescriberKind::Ft;
    if source.party.id == target.party.id {
        return Err(MergerRefused::Same);
    }
    if source.party.is_closed || target.party.is_closed {
        return Err(MergerRefused::Closed);
    }
    if is_agency(source) != is_agency(target) {
        return Err(MergerRefused::FranceTravail);
    }
    if source.is_instructed {
        return Err(MergerRefused::Instructed);
    }
    Ok(())
}

/// Makes one of both, when nothing changed since they were read.
pub fn merge(
    source: &Merging,
    target: &Merging,
    counts: &[Count],
    asked: &MergerCommand,
    today: NaiveDate,
) -> Result<Changed<Merged>, MergerRefused> {
    if source.party.id != target.party.id && asked.seen != seen(source, target, counts, today) {
        return Err(MergerRefused::Overtaken);
    }
    may_merge(source, target)?;
    let authorisation = right_of_target(source, target, asked.right, today)?;
    let is_authorised = authorisation
        .map_or_else(|| target.authorisation.is_on(today), |status| status == AuthorisationStatus::Validated);
    let (from, into) = (source.party.id, target.party.id);
    let categories = Category::fitting(source.party.kind, target.party.kind);
    let moved = of(counts, &categories);
    let plan = Plan { source: from, target: into, categories, disable_source: false };
    let merged = Merged { plan, authorisation, returns_requests: !is_authorised };
    let status = authorisation.unwrap_or(target.authorisation.status);
    let closed = OrganisationChange::MergedAway { into, moved: moved.clone() };
    let absorbed = OrganisationChange::Absorbed { former: from, moved, authorisation: status };
    Ok(Changed::with(merged, vec![told(from, closed), told(into, absorbed)]))
}

/// Where the authorisation of the one that stays stands, when that changes.
fn right_of_target(
    source: &Merging,
    target: &Merging,
    asked: Option<KeptRight>,
    today: NaiveDate,
) -> Result<Option<AuthorisationStatus>, MergerRefused> {
    if !asks_for_right(source, target, today) {
        return Ok(None);
    }
    match asked.ok_or(MergerRefused::RightToChoose)? {
        KeptRight::Target => Ok(None),
        KeptRight::Source
            if source.authorisation.rests_on_orders() || target.authorisation.rests_on_orders() =>
        {
            Err(MergerRefused::OrderInForce)
        }
        KeptRight::Source if target.authorisation.is_on(today) => Ok(Some(AuthorisationStatus::NotSet)),
        KeptRight::Source if target.authorisation.kind == PrescriberKind::Other => {
            Err(MergerRefused::KindToChoose)
        }
        KeptRight::Source if target.authorisation.kind == PrescriberKind::Ohpd => {
            Err(MergerRefused::OrderToEnter)
        }
        KeptRight::Source => Ok(Some(AuthorisationStatus::Validated)),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::organisations::transfer::PartyKind;

    fn today() -> NaiveDate {
        "2026-05-04".parse().unwrap()
    }

    fn of_kind(n: u128, kind: PrescriberKind, status: AuthorisationStatus) -> Merging {
        Merging {
            party: Party {
                id: OrganisationId(Uuid::from_u128(n)),
                kind: PartyKind::Prescriber(kind),
                is_closed: false,
                is_disabled: false,
            },
            authorisation: Authorisation { kind, status, days: None },
            is_instructed: false,
        }
    }

    const COUNTS: [Count; 1] = [Count { category: Category::Members, moved: 2, left: 1, gone: 0 }];

    fn asked(source: &Merging, target: &Merging, right: Option<KeptRight>) -> MergerCommand {
        MergerCommand { target: target.party.id, seen: seen(source, target, &COUNTS, today()), right }
    }

    /// Rule book 01 §13; PRE-5 to PRE-8, PRE-17, D15.
    #[test]
    fn a_right_is_never_gained_nor_lost_without_being_said() {
        use AuthorisationStatus::{NotRequired, NotSet, Refused, Validated};
        use KeptRight::{Source, Target};
        use MergerRefused as No;
        use PrescriberKind::{Ccas, Chrs, Ft, Ohpd, Other};
        for (source, target, right, expected, rule) in [
            ((Ccas, Validated), (Chrs, Validated), None, Ok((None, false)), "both authorised"),
            ((Ccas, NotSet), (Other, NotRequired), None, Ok((None, true)), "none authorised"),
            ((Ccas, Validated), (Chrs, NotSet), None, Err(No::RightToChoose), "one of both"),
            ((Ccas, Refused), (Chrs, Validated), None, Err(No::RightToChoose), "one of both"),
            ((Ccas, NotSet), (Chrs, Validated), Some(Target), Ok((None, false)), "the right stays"),
            ((Ccas, NotSet), (Chrs, Validated), Some(Source), Ok((Some(NotSet), true)), "PRE-7 anew"),
            ((Ccas, Validated), (Chrs, NotSet), Some(Target), Ok((None, true)), "the right goes"),
            ((Ccas, Validated), (Chrs, NotSet), Some(Source), Ok((Some(Validated), false)), "PRE-7"),
            ((Ccas, Validated), (Other, NotRequired), Some(Source), Err(No::KindToChoose), "PRE-5"),
            ((Ccas, Validated), (Ohpd, NotSet), Some(Source), Err(No::OrderToEnter), "PRE-6"),
            ((Ohpd, Validated), (Ccas, NotSet), Some(Source), Err(No::OrderInForce), "the order names it"),
            ((Ccas, NotSet), (Ohpd, Validated), Some(Source), Err(No::OrderInForce), "a prefect revokes it"),
            ((Ohpd, Validated), (Ccas, NotSet), Some(Target), Ok((None, true)), "the order ends with it"),
            ((Ft, Validated), (Ccas, Validated), None, Err(No::FranceTravail), "PRE-17"),
            ((Ft, Validated), (Ft, Validated), None, Ok((None, false)), "PRE-17"),
        ] {
            let (source, target) = (of_kind(1, source.0, source.1), of_kind(2, target.0, target.1));
            let merged = merge(&source, &target, &COUNTS, &asked(&source, &target, right), today());
            let merged = merged.map(|merged| (merged.value().authorisation, merged.value().returns_requests));
            assert_eq!(merged, expected, "{rule}");
        }
    }

    #[test]
    fn what_changed_meanwhile_is_read_again() {
        use AuthorisationStatus::Validated;
        let (source, target) =
            (of_kind(1, PrescriberKind::Ccas, Validated), of_kind(2, PrescriberKind::Ccas, Validated));
        let command = asked(&source, &target, None);
        let merge = |source: &Merging, target: &Merging, counts: &[Count]| {
            merge(source, target, counts, &command, today()).map(drop)
        };
        let one_more = [Count { moved: 3, ..COUNTS[0] }];
        assert_eq!(merge(&source, &target, &one_more), Err(MergerRefused::Overtaken), "D32");
        let closed = Merging { party: Party { is_closed: true, ..source.party }, ..source.clone() };
        assert_eq!(merge(&closed, &target, &COUNTS), Err(MergerRefused::Overtaken), "merged by a colleague");
        let unsure = of_kind(2, PrescriberKind::Ccas, AuthorisationStatus::NotSet);
        assert_eq!(merge(&source, &unsure, &COUNTS), Err(MergerRefused::Overtaken), "its right changed");
        assert_eq!(merge(&source, &source, &COUNTS), Err(MergerRefused::Same));
        let instructed = Merging { is_instructed: true, ..source };
        let asked = asked(&instructed, &target, None);
        let refused = super::merge(&instructed, &target, &COUNTS, &asked, today()).map(drop);
        assert_eq!(refused, Err(MergerRefused::Instructed), "D15");
    }
}
