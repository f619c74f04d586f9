//! From what differs to what is written, each with its event.

use std::collections::BTreeMap;

use super::super::{
    AnnexNumber, CompanyKind, CompanySource, ConventionChange, ConventionEvent, OrganisationChange,
    OrganisationEvent, Siret,
};
use super::draft::Draft;
use super::{Annex, Base, FiledStructure, Plan, Stop, SyncedCompany, SyncedConvention, annexes};
use crate::Changed;
use crate::code::code;
use crate::ids::{ConventionId, OrganisationId};
use crate::imports::ImportCount;

code! {
    /// What the flow changes of a company.
    SyncedPart {
        Siret = "siret", "SIRET";
        AuthEmail = "auth_email", "Adresse e-mail officielle";
        Source = "source", "Origine";
        Convention = "convention", "Convention";
        Hidden = "hidden", "Retirée de la recherche";
        Shown = "shown", "Remise dans la recherche";
    }
}

code! {
    /// Why a company is deleted.
    EndReason {
        Expired = "expired", "Convention terminée, délai de grâce écoulé, jamais utilisée";
        Unconfirmed = "unconfirmed", "Créée par l’équipe, jamais confirmée par l’ASP, jamais utilisée";
        WithoutMember = "without_member", "Plus aucun membre, jamais utilisée";
    }
}

/// A company of the flow to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCompany {
    /// Its id.
    pub id: OrganisationId,
    /// Its convention.
    pub convention: ConventionId,
    /// Its line.
    pub line: u64,
    /// What the file says of it.
    pub filed: FiledStructure,
}

/// A company that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyChange {
    /// As it becomes.
    pub company: SyncedCompany,
    /// The SIRET it had, when it changes.
    pub former_siret: Option<Siret>,
}

/// A company to delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedCompany {
    /// Its id.
    pub id: OrganisationId,
    /// Its SIRET.
    pub siret: Siret,
    /// Its kind.
    pub kind: CompanyKind,
}

/// What changes of the annexes of a convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnexChanges {
    /// The convention.
    pub convention: ConventionId,
    /// Those that are new, or other than before.
    pub written: Vec<Annex>,
    /// Those that vanished.
    pub removed: Vec<AnnexNumber>,
}

/// How many of each thing.
#[derive(Default)]
struct Tally(BTreeMap<ImportCount, u64>);

impl Tally {
    fn one(&mut self, count: ImportCount) {
        self.add(count, 1);
    }

    fn add(&mut self, count: ImportCount, number: usize) {
        *self.0.entry(count).or_default() += u64::try_from(number).unwrap_or(u64::MAX);
    }
}

/// What differs, ready to be written.
pub(super) fn plan(base: &Base, draft: Draft<'_>, stop: Stop, falling: usize) -> Plan {
    let mut tally = Tally::default();
    if stop != Stop::Allowed {
        tally.add(ImportCount::ConventionsFalling, falling);
    }
    let (annexes, unused) = annexes::changes(base, &draft, stop);
    tally.add(ImportCount::AnnexesUnused, unused);
    let annexes = annexes.into_iter().map(|changes| synced_annexes(changes, &mut tally)).collect();
    let (conventions, left_conventions) = conventions(base, &draft, &mut tally);
    let companies = companies(base, &draft, &mut tally);
    let ended = ended(&draft, &mut tally);
    tally.add(ImportCount::CompaniesCreated, draft.created.len());
    Plan {
        stop,
        falling,
        conventions,
        companies,
        created: draft.created.into_iter().map(created).collect(),
        annexes,
        ended,
        left_conventions,
        remarks: draft.remarks,
        counts: tally.0.into_iter().filter(|(_, number)| *number > 0).collect(),
    }
}

/// Conventions that are new or changed, and those that no company has.
fn conventions(
    base: &Base,
    draft: &Draft<'_>,
    tally: &mut Tally,
) -> (Vec<Changed<SyncedConvention>>, Vec<Changed<ConventionId>>) {
    let before: BTreeMap<ConventionId, &SyncedConvention> =
        base.conventions.iter().map(|one| (one.id, one)).collect();
    let kept = draft.all_kept();
    let (mut written, mut left) = (Vec::new(), Vec::new());
    for convention in draft.conventions.values() {
        let (id, is_active) = (convention.id, convention.is_active);
        let known = before.get(&id).copied();
        let change = match known {
            Some(known) if !kept.contains(&id) => {
                tally.one(ImportCount::ConventionsDeleted);
                let change = ConventionChange::Deleted { asp_id: known.key.asp_id, kind: known.key.kind };
                left.push(Changed::new(id, ConventionEvent { convention: id, change }));
                continue;
            }
            Some(known) if known == convention => continue,
            Some(known) => {
                tally.one(match (known.is_active, is_active) {
                    (true, false) => ImportCount::ConventionsDeactivated,
                    (false, true) => ImportCount::ConventionsReactivated,
                    (true, true) | (false, false) => ImportCount::ConventionsChanged,
                });
                ConventionChange::Updated { is_active }
            }
            None => {
                tally.one(ImportCount::ConventionsCreated);
                ConventionChange::Created { is_active }
            }
        };
        written.push(Changed::new(convention.clone(), ConventionEvent { convention: id, change }));
    }
    (written, left)
}

fn companies(base: &Base, draft: &Draft<'_>, tally: &mut Tally) -> Vec<Changed<CompanyChange>> {
    let before: BTreeMap<OrganisationId, &SyncedCompany> =
        base.companies.iter().map(|one| (one.id, one)).collect();
    let staying = draft.companies.values().filter(|one| !draft.ended.contains_key(&one.id));
    let changed = staying.filter_map(|company| {
        let known = before.get(&company.id).copied()?;
        let changes = parts(known, company, tally);
        if changes.is_empty() {
            return None;
        }
        let former_siret = (known.siret != company.siret).then(|| known.siret.clone());
        let change = OrganisationChange::Synced { changes };
        let event = OrganisationEvent { organisation: company.id, change };
        Some(Changed::new(CompanyChange { company: company.clone(), former_siret }, event))
    });
    changed.collect()
}

fn parts(before: &SyncedCompany, after: &SyncedCompany, tally: &mut Tally) -> Vec<SyncedPart> {
    let mut parts = Vec::new();
    let mut part = |differs: bool, part, count| {
        if differs {
            parts.push(part);
            tally.one(count);
        }
    };
    let is_converted = before.source != after.source && after.source == CompanySource::Asp;
    part(before.siret != after.siret, SyncedPart::Siret, ImportCount::SiretsChanged);
    part(before.auth_email != after.auth_email, SyncedPart::AuthEmail, ImportCount::AddressesChanged);
    part(is_converted, SyncedPart::Source, ImportCount::CompaniesConverted);
    part(before.is_searchable && !after.is_searchable, SyncedPart::Hidden, ImportCount::CompaniesHidden);
    part(!before.is_searchable && after.is_searchable, SyncedPart::Shown, ImportCount::CompaniesShown);
    if before.convention != after.convention {
        parts.push(SyncedPart::Convention);
    }
    parts
}

fn created(company: NewCompany) -> Changed<NewCompany> {
    let event = OrganisationEvent { organisation: company.id, change: OrganisationChange::CompanyImported };
    Changed::new(company, event)
}

/// Antennas first: the company of the flow stays with one that cannot be deleted (CMP-14).
fn ended(draft: &Draft<'_>, tally: &mut Tally) -> Vec<Changed<EndedCompany>> {
    let is_of_flow =
        |id: &OrganisationId| draft.companies.get(id).is_some_and(|one| one.source == CompanySource::Asp);
    let (last, first): (Vec<_>, Vec<_>) = draft.ended.iter().partition(|(id, _)| is_of_flow(id));
    let ended = first.into_iter().chain(last).filter_map(|(id, because)| {
        let company = draft.companies.get(id)?;
        let (id, siret, kind) = (*id, company.siret.clone(), company.kind);
        let change =
            OrganisationChange::Deleted { siret: siret.as_str().to_owned(), kind, because: *because };
        tally.one(ImportCount::CompaniesDeleted);
        Some(Changed::new(EndedCompany { id, siret, kind }, OrganisationEvent { organisation: id, change }))
    });
    ended.collect()
}

fn synced_annexes(changes: AnnexChanges, tally: &mut Tally) -> Changed<AnnexChanges> {
    tally.add(ImportCount::AnnexesWritten, changes.written.len());
    tally.add(ImportCount::AnnexesDeleted, changes.removed.len());
    let change = ConventionChange::AnnexesSynced {
        written: changes.written.iter().map(|annex| annex.number.to_string()).collect(),
        removed: changes.removed.iter().map(ToString::to_string).collect(),
    };
    let event = ConventionEvent { convention: changes.convention, change };
    Changed::new(changes, event)
}
