//! What the flow makes of companies and conventions, one rule after the other. What differs from what was known in the end
//! is written, and nothing else.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::{CompanyKind, CompanySource, Siret, is_protected};
use super::{
    Base, ConventionKey, EndReason, FiledConvention, FiledStructure, Files, Moment, NewCompany, Remark,
    SyncedCompany, SyncedConvention,
};
use crate::ids::{ConventionId, OrganisationId};

/// Companies and conventions, as they will be.
pub(super) struct Draft<'a> {
    pub(super) files: &'a Files,
    pub(super) moment: Moment,
    pub(super) conventions: BTreeMap<ConventionId, SyncedConvention>,
    pub(super) companies: BTreeMap<OrganisationId, SyncedCompany>,
    pub(super) created: Vec<NewCompany>,
    pub(super) ended: BTreeMap<OrganisationId, EndReason>,
    pub(super) remarks: Vec<Remark>,
    filed: HashMap<ConventionKey, &'a FiledConvention>,
    by_key: HashMap<ConventionKey, ConventionId>,
    /// Where companies are.
    by_place: HashMap<(Siret, CompanyKind), OrganisationId>,
    /// Where those were that another replaced, and which one did.
    left_to: HashMap<(Siret, CompanyKind), Option<OrganisationId>>,
}

impl<'a> Draft<'a> {
    pub(super) fn of(base: &Base, files: &'a Files, moment: Moment) -> Self {
        let (closed, open): (Vec<_>, Vec<_>) = base.companies.iter().partition(|one| one.is_closed);
        Self {
            files,
            moment,
            conventions: base.conventions.iter().map(|one| (one.id, one.clone())).collect(),
            companies: base.companies.iter().map(|one| (one.id, one.clone())).collect(),
            created: Vec::new(),
            ended: BTreeMap::new(),
            remarks: Vec::new(),
            filed: files.conventions.iter().map(|one| (one.key, one)).collect(),
            by_key: base.conventions.iter().map(|one| (one.key, one.id)).collect(),
            by_place: open.into_iter().map(|one| (one.place(), one.id)).collect(),
            left_to: closed.into_iter().map(|one| (one.place(), one.heir)).collect(),
        }
    }

    pub(super) fn key_of(&self, convention: ConventionId) -> Option<ConventionKey> {
        self.conventions.get(&convention).map(|one| one.key)
    }

    /// The convention of this key.
    pub(super) fn convention_named(&self, key: ConventionKey) -> Option<ConventionId> {
        self.by_key.get(&key).copied()
    }

    /// Conventions that some company has in the end.
    pub(super) fn all_kept(&self) -> BTreeSet<ConventionId> {
        let created = self.created.iter().map(|one| one.convention);
        let staying = self.companies.values().filter(|one| !self.ended.contains_key(&one.id));
        created.chain(staying.filter_map(|one| one.convention)).collect()
    }

    /// Companies that stay under this convention.
    pub(super) fn of_convention(&self, convention: ConventionId) -> impl Iterator<Item = &SyncedCompany> {
        let stays = move |one: &&SyncedCompany| {
            one.convention == Some(convention) && !self.ended.contains_key(&one.id)
        };
        self.companies.values().filter(stays)
    }

    /// CMP-12: a structure that the paying agency numbers anew, at the same SIRET, keeps its convention. Only a number that the
    /// conventions have too is taken, so that no two conventions exchange theirs.
    pub(super) fn renumber(&mut self) {
        let files = self.files;
        for FiledStructure { key, siret, .. } in &files.structures {
            let is_signed =
                self.filed.get(key).is_some_and(|one| one.siret_signature.siren() == siret.siren());
            if !is_signed || self.by_key.contains_key(key) {
                continue;
            }
            let held = self.by_place.get(&(siret.clone(), key.kind)).and_then(|id| self.companies.get(id));
            let held = held.filter(|company| company.source == CompanySource::Asp);
            let Some(id) = held.and_then(|company| company.convention) else { continue };
            let Some(convention) = self.conventions.get_mut(&id) else { continue };
            if !self.filed.contains_key(&convention.key) {
                self.by_key.remove(&convention.key);
                self.by_key.insert(*key, id);
                convention.key = *key;
            }
        }
    }

    /// SIRET, addresses, then creations and conversions (CMP-12): a place that is left may be taken.
    pub(super) fn take_structures(&mut self, active: &HashSet<ConventionKey>) {
        let of_asp: HashMap<ConventionId, OrganisationId> = self
            .companies
            .values()
            .filter(|one| one.source == CompanySource::Asp)
            .filter_map(|one| Some((one.convention?, one.id)))
            .collect();
        let files = self.files;
        let (mut moving, mut coming) = (Vec::new(), Vec::new());
        for filed in &files.structures {
            let Some(convention) = self.filed.get(&filed.key).copied() else {
                self.remarks.push(Remark::NoConvention { line: filed.line, key: filed.key });
                continue;
            };
            if filed.siret.siren() != convention.siret_signature.siren() {
                let (siret, signature) = (filed.siret.clone(), convention.siret_signature.clone());
                self.remarks.push(Remark::OtherSiren { line: filed.line, siret, signature });
                continue;
            }
            let known = self.by_key.get(&filed.key).and_then(|id| of_asp.get(id)).copied();
            match known {
                Some(company) if self.update(company, filed) => moving.push((company, filed)),
                None if active.contains(&filed.key) => coming.push((filed, convention)),
                // What is not in force is neither created nor taken over: a company of the team stays active (§3.4).
                Some(_) | None => {}
            }
        }
        self.relocate(moving);
        for (filed, convention) in coming {
            self.bring_in(filed, convention);
        }
    }

    /// Its address, and whether it is to move. Of another SIREN nothing is taken, its address less than anything: whoever reads
    /// it may sign up there.
    fn update(&mut self, id: OrganisationId, filed: &FiledStructure) -> bool {
        let company = self.companies.get_mut(&id).filter(|company| !company.is_closed);
        let Some(company) = company else { return false };
        if company.siret.siren() != filed.siret.siren() {
            let (before, after) = (company.siret.clone(), filed.siret.clone());
            self.remarks.push(Remark::SirenChanged { line: filed.line, before, after });
            return false;
        }
        company.auth_email = Some(filed.auth_email.as_str().to_owned());
        company.siret != filed.siret && !company.left.contains(&filed.siret)
    }

    /// Each goes where the file says once nobody is there any more, in whatever order the file says it. Those that would
    /// exchange their places stay, and are told.
    fn relocate(&mut self, mut moving: Vec<(OrganisationId, &FiledStructure)>) {
        let mut before = usize::MAX;
        while moving.len() < before {
            before = moving.len();
            moving.retain(|(id, filed)| !self.moves(*id, &filed.siret));
        }
        for (_, filed) in moving {
            let (line, siret, kind) = (filed.line, filed.siret.clone(), filed.key.kind);
            self.remarks.push(Remark::SiretTaken { line, siret, kind });
        }
    }

    /// Moves a company to this SIRET, unless another one is there, or was until one that is not this company replaced it.
    fn moves(&mut self, id: OrganisationId, to: &Siret) -> bool {
        let Some(company) = self.companies.get_mut(&id) else { return false };
        let (left, place) = (company.place(), (to.clone(), company.kind));
        let is_of_others = self.left_to.get(&place).is_some_and(|heir| *heir != Some(id));
        if is_of_others || self.by_place.contains_key(&place) {
            return false;
        }
        company.siret = to.clone();
        self.by_place.remove(&left);
        self.by_place.insert(place, id);
        true
    }

    /// A structure without company of the flow: one that exists here at its place becomes it, else it is created.
    fn bring_in(&mut self, filed: &FiledStructure, convention: &FiledConvention) {
        let place = (filed.siret.clone(), filed.key.kind);
        let (line, here) = (filed.line, self.by_place.get(&place).copied());
        let source = here.and_then(|id| self.companies.get(&id)).map(|company| company.source);
        match (here, source) {
            (Some(id), Some(CompanySource::UserCreated | CompanySource::StaffCreated)) => {
                let convention = self.convention_of(filed.key, convention);
                let Some(company) = self.companies.get_mut(&id) else { return };
                company.source = CompanySource::Asp;
                company.convention = Some(convention);
                company.auth_email = Some(filed.auth_email.as_str().to_owned());
            }
            // A place may also be that of a company this very file creates.
            (Some(_), Some(CompanySource::Asp | CompanySource::Geiq) | None) => {
                self.remarks.push(Remark::SiretTaken { line, siret: place.0, kind: place.1 });
            }
            // One that another replaced is never made again beside it.
            (None, _) if self.left_to.contains_key(&place) => {
                self.remarks.push(Remark::SiretTaken { line, siret: place.0, kind: place.1 });
            }
            (None, _) => {
                let convention = self.convention_of(filed.key, convention);
                let id = OrganisationId::at(self.moment.now);
                self.created.push(NewCompany { id, convention, line, filed: filed.clone() });
                self.by_place.insert(place, id);
            }
        }
    }

    /// The convention of this key, made when there is none.
    fn convention_of(&mut self, key: ConventionKey, filed: &FiledConvention) -> ConventionId {
        let now = self.moment.now;
        let id = *self.by_key.entry(key).or_insert_with(|| ConventionId::at(now));
        self.conventions.entry(id).or_insert_with(|| SyncedConvention {
            id,
            key,
            siret_signature: filed.siret_signature.clone(),
            is_active: true,
            deactivated_at: None,
            reactivated_at: None,
        });
        id
    }

    /// The SIRET that signed, within the SIREN of its companies (CMP-8, CMP-12).
    pub(super) fn take_signatures(&mut self) {
        let files = self.files;
        for FiledConvention { line, key, siret_signature } in &files.conventions {
            let id = self.by_key.get(key).copied();
            let is_other = |one: &&SyncedConvention| one.siret_signature != *siret_signature;
            let Some(id) = id.and_then(|id| self.conventions.get(&id)).filter(is_other).map(|one| one.id)
            else {
                continue;
            };
            let signature = siret_signature.clone();
            if self.of_convention(id).any(|company| company.siret.siren() != signature.siren()) {
                self.remarks.push(Remark::SignatureOfOthers { line: *line, signature });
            } else if let Some(convention) = self.conventions.get_mut(&id) {
                convention.siret_signature = signature;
            }
        }
    }

    /// A convention with an annex in force is in force again (CMP-9, CMP-10).
    pub(super) fn reactivate(&mut self, active: &HashSet<ConventionKey>) {
        for convention in self.conventions.values_mut() {
            if !convention.is_active && active.contains(&convention.key) {
                convention.is_active = true;
                convention.deactivated_at = None;
            }
        }
    }

    /// Conventions of a company that no annex makes valid any more, those the team protects left out (CMP-9, CMP-10).
    pub(super) fn falling(&mut self, active: &HashSet<ConventionKey>) -> Vec<ConventionId> {
        let kept = self.all_kept();
        let mut falling = Vec::new();
        for convention in self.conventions.values() {
            let stands = !convention.is_active || active.contains(&convention.key);
            if stands || !kept.contains(&convention.id) {
                continue;
            }
            if is_protected(convention.reactivated_at, self.moment.now) {
                self.remarks.push(Remark::Protected { key: convention.key });
            } else {
                falling.push(convention.id);
            }
        }
        falling
    }

    /// They fall: their days of grace begin (CMP-10).
    pub(super) fn deactivate(&mut self, falling: &[ConventionId]) {
        for id in falling {
            if let Some(convention) = self.conventions.get_mut(id) {
                convention.is_active = false;
                convention.deactivated_at = Some(self.moment.now);
            }
        }
    }
}
