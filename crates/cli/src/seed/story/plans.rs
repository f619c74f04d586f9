//! Which applications a candidate will make, before anything is known of them but when, by whom and for what end.

use chrono::TimeDelta;
use iae_domain::applications::SenderKind;
use iae_domain::organisations::CompanyKind;
use iae_domain::time::paris_date;

use super::super::parcours::{Member, Sender};
use super::{Fate, HISTORY_DAYS, Plan, PlannedHire, Teller};

/// In how many days the PASS around the wave end, the first and the last of them.
const AROUND_THE_WAVE: (i64, i64) = (1, 89);

impl Teller<'_> {
    pub(super) fn plan_hires(&mut self, home: (Member, usize), plans: &mut Vec<Plan>) {
        let calendar = self.world.calendar;
        let wave = self.world.wave;
        let (starts_on, accepted_on) = match self.rng.below(1_000) {
            // PASS that end in the coming weeks, in the wave or around it.
            drawn @ 0..=149 => {
                let (first, last) =
                    if drawn < wave.share { (wave.first, wave.last) } else { AROUND_THE_WAVE };
                let starts_on = calendar.ago(729 - self.rng.between(first, last));
                (starts_on, starts_on - TimeDelta::days(self.rng.between(0, 20)))
            }
            150..=199 => (calendar.ago(-self.rng.between(3, 60)), calendar.ago(self.rng.between(1, 15))),
            200..=249 => {
                let starts_on = calendar.ago(self.rng.between(731, 900));
                (starts_on, starts_on - TimeDelta::days(self.rng.between(0, 20)))
            }
            _ => {
                let starts_on = calendar.busy_day(&mut self.rng, 1, 640);
                (starts_on, starts_on - TimeDelta::days(self.rng.between(0, 20)))
            }
        };
        let accepted_at = calendar.moment(&mut self.rng, accepted_on);
        let starts_on = starts_on.max(paris_date(accepted_at));
        let only_siae = self.rng.chance(970);
        let company = self.company(accepted_at - TimeDelta::days(60), |kind| kind.is_siae() == only_siae);
        let sender = self.sender(
            home,
            company,
            &[(SenderKind::Prescriber, 597), (SenderKind::Employer, 350), (SenderKind::Candidate, 33)],
        );
        let at = if matches!(sender, Sender::Employer(_)) {
            accepted_at - TimeDelta::minutes(self.rng.between(3, 12))
        } else {
            let day = accepted_on - TimeDelta::days(self.rng.between(3, 45));
            calendar.moment(&mut self.rng, day).min(accepted_at - TimeDelta::hours(2))
        };
        plans.push(Plan { at, company, sender, hire: Some(PlannedHire { accepted_at, starts_on }) });
        // Some change structure during their PASS.
        let months_later = paris_date(accepted_at) + TimeDelta::days(self.rng.between(120, 500));
        if self.rng.chance(70) && months_later < calendar.ago(3) && only_siae {
            let accepted_at = calendar.moment(&mut self.rng, months_later);
            let next = self.company(accepted_at, CompanyKind::is_siae);
            if next != company {
                let sender =
                    self.sender(home, next, &[(SenderKind::Prescriber, 500), (SenderKind::Employer, 500)]);
                let starts_on = paris_date(accepted_at) + TimeDelta::days(self.rng.between(0, 15));
                let at = accepted_at - TimeDelta::minutes(self.rng.between(3, 12));
                plans.push(Plan {
                    at,
                    company: next,
                    sender,
                    hire: Some(PlannedHire { accepted_at, starts_on }),
                });
            }
        }
    }

    /// A hire of before what most applications tell of.
    pub(super) fn plan_older_hire(&mut self, home: (Member, usize), plans: &mut Vec<Plan>) {
        let calendar = self.world.calendar;
        let started_ago = self.rng.between(HISTORY_DAYS + 40, 1_900);
        let accepted_at = calendar.moment(&mut self.rng, calendar.ago(started_ago + 10));
        let sent_ago = started_ago + self.rng.between(15, 55);
        let at = calendar.moment(&mut self.rng, calendar.ago(sent_ago));
        let company = self.company(accepted_at, CompanyKind::is_siae);
        let sender = Sender::Prescriber(home.0, home.1);
        let hire = PlannedHire { accepted_at, starts_on: calendar.ago(started_ago) };
        plans.push(Plan { at, company, sender, hire: Some(hire) });
    }

    pub(super) fn plan_others(&mut self, home: (Member, usize), fate: Fate, plans: &mut Vec<Plan>) {
        let calendar = self.world.calendar;
        let count = match fate {
            Fate::Hired => self.rng.weighted(&[(0_usize, 28), (1, 29), (2, 23), (3, 20)]),
            Fate::OlderPass => self.rng.weighted(&[(0, 75), (1, 25)]),
            Fate::Looking => self.rng.weighted(&[(0, 4), (1, 18), (2, 22), (3, 22), (4, 18), (5, 16)]),
        };
        let eager = self.world.eager;
        let more =
            if fate == Fate::OlderPass { 0 } else { (0..2).filter(|_| self.rng.chance(eager)).count() };
        let around = plans.first().filter(|_| fate == Fate::Hired).map(|plan| paris_date(plan.at));
        let oldest = if self.rng.chance(50) { 75 } else { HISTORY_DAYS };
        let searching = calendar.busy_day(&mut self.rng, 1, oldest);
        for _ in 0..count + more {
            let day = match around {
                Some(hired) => hired + TimeDelta::days(self.rng.between(-70, 25)),
                None => searching + TimeDelta::days(self.rng.between(0, 60)),
            };
            let day = if day > calendar.yesterday() { calendar.ago(self.rng.between(1, 45)) } else { day };
            let at = calendar.moment(&mut self.rng, day);
            let company = self.company(at, |_| true);
            if plans.iter().any(|plan| plan.company == company) {
                continue;
            }
            let senders =
                [(SenderKind::Prescriber, 815), (SenderKind::Candidate, 182), (SenderKind::Employer, 3)];
            // In their waiting period, only a prescripteur habilité proposes them (SUB-7).
            let sender = match fate {
                Fate::OlderPass => Sender::Prescriber(home.0, home.1),
                Fate::Hired | Fate::Looking => self.sender(home, company, &senders),
            };
            plans.push(Plan { at, company, sender, hire: None });
        }
    }
}
