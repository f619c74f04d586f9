//! A part of a structure leaves for another one, new or not: posts with what was applied for and hired on them, members, antennas.

use chrono::NaiveDate;

use super::super::{CompanySource, OrganisationChange, OrganisationEvent, OrganisationName, Siret};
use super::{CompanyFacts, Structure, Succession, SuccessionKind, SuccessionRefused, effective};
use crate::Changed;
use crate::Event;
use crate::ids::{ConventionId, JobDescriptionId, MembershipId, OrganisationId, SuccessionId};
use crate::staff::SupportRemark;

/// What leaves. Applications follow the posts they are for, hires their applications, diagnoses and parcours their hires.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SplitPart {
    /// Posts.
    pub posts: Vec<JobDescriptionId>,
    /// Memberships, and whether each administers.
    pub members: Vec<(MembershipId, bool)>,
    /// Antennas.
    pub antennas: Vec<OrganisationId>,
}

impl SplitPart {
    /// Whether nothing leaves.
    pub const fn is_empty(&self) -> bool {
        self.posts.is_empty() && self.members.is_empty() && self.antennas.is_empty()
    }
}

/// A structure that is created to take the part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    /// Its SIRET.
    pub siret: Siret,
    /// Its official name.
    pub name: OrganisationName,
}

/// A split, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitOff {
    /// The succession it is kept as.
    pub succession: Succession,
    /// What leaves.
    pub part: SplitPart,
    /// The convention the antennas take.
    pub convention: Option<ConventionId>,
}

impl AsRef<Succession> for SplitOff {
    fn as_ref(&self) -> &Succession {
        &self.succession
    }
}

impl Structure {
    /// The structure that would be created of a part of it, of its kind. Of its SIREN, it shares its convention as an antenna does
    /// (CMP-21); of another one, it has none yet, and is the team's until the State says it (CMP-13).
    pub fn founded(&self, id: OrganisationId, founded: &Founded) -> Result<Self, SuccessionRefused> {
        let company = self.company()?;
        let is_same = self.siren() == Some(founded.siret.siren());
        let convention = company.convention.clone().filter(|_| is_same);
        let source =
            if convention.is_some() { CompanySource::UserCreated } else { CompanySource::StaffCreated };
        let facts = CompanyFacts {
            kind: company.kind,
            source,
            is_active: convention.is_none() || company.is_active,
            convention,
            antennas: 0,
        };
        Ok(Self {
            id,
            family: self.family,
            name: founded.name.as_str().to_owned(),
            siret: Some(founded.siret.clone()),
            held_since: None,
            is_closed: false,
            version: self.version,
            company: Some(facts),
        })
    }

    /// Gives a part of it to another structure. `administrators` is how many it has: one stays, when there is any (MEM-6).
    pub fn split_off(
        &self,
        target: &Self,
        (id, effective_on, remark): (SuccessionId, NaiveDate, SupportRemark),
        (part, administrators): (SplitPart, usize),
        today: NaiveDate,
    ) -> Result<Changed<SplitOff>, SuccessionRefused> {
        let company = self.company()?;
        if self.is_closed {
            return Err(SuccessionRefused::Closed);
        }
        if self.id == target.id {
            return Err(SuccessionRefused::SameStructure);
        }
        let into = target.takes_over()?;
        if !super::may_absorb(into.kind, company.kind) {
            return Err(SuccessionRefused::Kinds);
        }
        if part.is_empty() {
            return Err(SuccessionRefused::NothingChosen);
        }
        let leaving = part.members.iter().filter(|(_, is_admin)| *is_admin).count();
        if leaving > 0 && leaving >= administrators {
            return Err(SuccessionRefused::NoAdministratorLeft);
        }
        let shares = target.shares_convention_with(self, company.kind);
        if !part.antennas.is_empty() && !shares {
            let left = i64::try_from(part.antennas.len()).unwrap_or(i64::MAX);
            return Err(SuccessionRefused::AntennasStay(left));
        }
        effective(effective_on, today)?;
        let convention = into.convention.as_ref().map(|(convention, _)| *convention);
        let (source, target) = (self.id, target.id);
        let lost = OrganisationChange::SplitInto { succession: id, target };
        let grown = OrganisationChange::TookPartOf { succession: id, source };
        let events: Vec<Event> = vec![
            OrganisationEvent { organisation: source, change: lost }.into(),
            OrganisationEvent { organisation: target, change: grown }.into(),
        ];
        let kind = SuccessionKind::Split;
        let succession = Succession { id, kind, source, target, effective_on, remark };
        Ok(Changed::with(SplitOff { succession, part, convention }, events))
    }
}
