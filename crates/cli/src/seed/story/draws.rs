//! Whom and what a candidate meets: drawn from their département.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::applications::SenderKind;
use iae_domain::organisations::CompanyKind;
use iae_domain::time::paris_date;
use uuid::Uuid;

use super::super::parcours::{Member, Sender};
use super::Teller;

impl Teller<'_> {
    pub(super) fn authorised(&mut self) -> (Member, usize) {
        let rank = self.world.territories[self.territory].authorised.draw(&mut self.rng);
        (self.member_of(rank), rank)
    }

    fn member_of(&mut self, rank: usize) -> Member {
        Member::of_prescriber(self.world, &mut self.rng, rank)
    }

    pub(super) fn receiver(&mut self, company: usize) -> Member {
        Member::of_company(self.world, &mut self.rng, company)
    }

    /// Who sends: people without address cannot sign in, orienteurs are one prescriber in seventeen.
    pub(super) fn sender(
        &mut self,
        home: (Member, usize),
        company: usize,
        kinds: &[(SenderKind, u32)],
    ) -> Sender {
        match self.rng.weighted(kinds) {
            SenderKind::Candidate if self.has_email => Sender::Candidate,
            SenderKind::Employer => Sender::Employer(self.receiver(company)),
            SenderKind::Candidate | SenderKind::Prescriber => {
                let territory = &self.world.territories[self.territory];
                if self.rng.chance(60) && !territory.orienters.is_empty() {
                    let rank = territory.orienters.draw(&mut self.rng);
                    return Sender::Prescriber(self.member_of(rank), rank);
                }
                let (member, rank) = if self.rng.chance(800) { home } else { self.authorised() };
                Sender::Prescriber(member, rank)
            }
        }
    }

    /// An employer of the département that took applications at that moment.
    pub(super) fn company(&mut self, at: DateTime<Utc>, wanted: impl Fn(CompanyKind) -> bool) -> usize {
        let companies = &self.world.territories[self.territory].companies;
        let mut rank = companies.draw(&mut self.rng);
        for _ in 0..40 {
            let company = &self.world.companies[rank];
            let open = company.refuses_since.is_none_or(|since| at + TimeDelta::days(60) < since);
            if open && wanted(company.kind) {
                break;
            }
            rank = companies.draw(&mut self.rng);
        }
        rank
    }

    pub(super) fn job(&mut self, company: usize, at: DateTime<Utc>) -> Option<Uuid> {
        let company = &self.world.companies[company];
        if company.spontaneous && self.rng.chance(280) {
            return None;
        }
        let recent = (self.world.calendar.today - paris_date(at)).num_days() < 90;
        let open = company.jobs.iter().filter(|job| job.created_at < at && (job.is_active || !recent));
        let open: Vec<Uuid> = open.map(|job| job.id).collect();
        if open.is_empty() { None } else { Some(*self.rng.pick(&open)) }
    }
}
