//! The hires that rest on a PASS.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::applications::StateCode;
use iae_domain::ids::{ApplicationId, OrganisationId};
use iae_domain::pass::SiaeHire;

use super::super::world::World;
use super::{Application, Member, Parcours};

/// A hire under a PASS.
#[derive(Debug, Clone, Copy)]
pub struct UnderPass {
    /// Its application.
    pub application: ApplicationId,
    /// Rank of the company.
    pub company: usize,
    /// When it was accepted.
    pub accepted_at: DateTime<Utc>,
    /// Who accepted it.
    pub by: Option<Member>,
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
}

impl UnderPass {
    fn of(application: &Application, place: usize) -> Option<Self> {
        let hire = application.hire.filter(|hire| hire.pass == Some(place))?;
        let accepted = application.steps.iter().find(|step| step.to == StateCode::Accepted)?;
        Some(Self {
            application: ApplicationId(application.id),
            company: application.company,
            accepted_at: accepted.at,
            by: accepted.by,
            starts_on: hire.starts_on,
            ends_on: hire.ends_on,
        })
    }

    /// As the rules of the PASS know it.
    pub fn known(&self, world: &World) -> SiaeHire {
        let company = &world.companies[self.company];
        SiaeHire {
            company: OrganisationId(company.id),
            kind: company.kind,
            accepted_at: self.accepted_at,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        }
    }
}

impl Parcours {
    /// The hires under the PASS of that rank, in the order they were accepted.
    pub fn hires_under(&self, place: usize) -> Vec<UnderPass> {
        let hires = self.applications.iter().filter_map(|application| UnderPass::of(application, place));
        let mut hires: Vec<_> = hires.collect();
        hires.sort_by_key(|hire| hire.accepted_at);
        hires
    }

    /// The contract of that application ends on this day.
    pub fn leave(&mut self, application: ApplicationId, day: NaiveDate) {
        let left = self.applications.iter_mut().filter(|other| other.id == application.0);
        for hire in left.filter_map(|application| application.hire.as_mut()) {
            hire.ends_on = Some(day);
        }
    }
}
