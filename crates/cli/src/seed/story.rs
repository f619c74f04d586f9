//! The parcours of a candidate drawn by chance: a pure function of the world and of the candidate's number.

mod draws;
mod ends;
mod plans;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use iae_domain::time::{add_months, paris_date};

use super::parcours::{Application, Member, Parcours, Sender};
use super::people::person;
use super::random::Random;
use super::world::{FIRST_CANDIDATE_STREAM, World};

/// How far back applications go, in days.
const HISTORY_DAYS: i64 = 720;

/// What the candidate's parcours is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Hired at least once.
    Hired,
    /// Hired once, long ago.
    OlderPass,
    /// Still looking.
    Looking,
}

/// An application to come, before anything is known of it but when, by whom and for what end.
struct Plan {
    at: DateTime<Utc>,
    company: usize,
    sender: Sender,
    hire: Option<PlannedHire>,
}

/// The hire an application will lead to.
struct PlannedHire {
    accepted_at: DateTime<Utc>,
    starts_on: NaiveDate,
}

/// Tells the parcours of candidate number `index`.
pub fn tell(world: &World, index: u32) -> Parcours {
    let rng = Random::stream(world.seed, FIRST_CANDIDATE_STREAM + u64::from(index));
    let person = person(world, index);
    Teller { world, rng, territory: person.territory, has_email: person.email.is_some() }.tell(person)
}

struct Teller<'a> {
    world: &'a World,
    rng: Random,
    territory: usize,
    has_email: bool,
}

impl Teller<'_> {
    fn tell(mut self, person: super::people::Person) -> Parcours {
        let fate = match self.rng.below(1_000) {
            drawn if drawn < self.world.older_pass && person.is_identified() => Fate::OlderPass,
            drawn if drawn < self.world.older_pass + 460 => Fate::Hired,
            _ => Fate::Looking,
        };
        let home = self.authorised();
        let mut plans = Vec::new();
        match fate {
            Fate::Hired => self.plan_hires(home, &mut plans),
            Fate::OlderPass => self.plan_older_hire(home, &mut plans),
            Fate::Looking => (),
        }
        self.plan_others(home, fate, &mut plans);
        plans.sort_by_key(|plan| plan.at);

        let first_at = plans.first().map(|plan| plan.at);
        let before = TimeDelta::minutes(self.rng.between(20, 4_000));
        let unknown = self.world.calendar.moment_ago(&mut self.rng, 1, 300);
        let creation = first_at.map_or(unknown, |at| at - before);
        let alone = plans.first().is_some_and(|plan| plan.sender == Sender::Candidate);
        let created_by = match plans.first().map(|plan| plan.sender) {
            Some(sender) if !alone => sender.member(),
            Some(_) => None,
            None => Some(home.0),
        };
        let mut parcours = Parcours {
            id: self.rng.id(creation),
            person,
            created_at: creation,
            created_by,
            diagnoses: Vec::new(),
            passes: Vec::new(),
            applications: Vec::new(),
            turns: None,
        };
        self.live(plans, &mut parcours);
        if fate == Fate::Looking {
            self.renew(&mut parcours);
        }
        parcours
    }

    /// Someone still looking is seen again when their eligibility comes to its end.
    fn renew(&mut self, parcours: &mut Parcours) {
        let Some(last) = parcours.diagnoses.last() else { return };
        let (author, day) = (last.author, last.expires_on + TimeDelta::days(self.rng.between(0, 40)));
        if day < self.world.calendar.ago(3) && self.rng.chance(550) {
            let at = self.world.calendar.moment(&mut self.rng, day);
            parcours.prescribe(&mut self.rng, at, author);
        }
    }

    fn live(&mut self, plans: Vec<Plan>, parcours: &mut Parcours) {
        let mut acceptances: Vec<(DateTime<Utc>, Member)> = Vec::new();
        for plan in &plans {
            if let Some(hire) = &plan.hire {
                let member = self.receiver(plan.company);
                acceptances.push((hire.accepted_at, member));
            }
        }
        acceptances.sort_by_key(|(at, _)| *at);
        for plan in plans {
            let id = self.rng.id(plan.at);
            let job = self.job(plan.company, plan.at);
            let mut application = Application {
                id,
                at: plan.at,
                company: plan.company,
                sender: plan.sender,
                job,
                steps: Vec::new(),
                hire: None,
                refusal: None,
            };
            self.diagnose(&plan, &acceptances, parcours);
            match plan.hire {
                Some(hire) => self.accept(&hire, &acceptances, &mut application, parcours),
                None => self.answer(&acceptances, &mut application),
            }
            parcours.applications.push(application);
        }
    }

    /// A prescripteur habilité who sends has usually validated eligibility first.
    fn diagnose(&mut self, plan: &Plan, acceptances: &[(DateTime<Utc>, Member)], parcours: &mut Parcours) {
        let Sender::Prescriber(member, rank) = plan.sender else { return };
        let day = paris_date(plan.at);
        let held = parcours.prescribed_on(day);
        let must_hold_on = plan.hire.as_ref().map_or(day, |hire| paris_date(hire.accepted_at));
        let holds = held.is_some_and(|held| must_hold_on < parcours.diagnoses[held].expires_on);
        if holds || parcours.has_pass_on(day) || !self.world.prescribers[rank].is_authorised {
            return;
        }
        // An SIAE that is about to validate eligibility by itself finds no diagnosis (rule book 03 §2.2).
        let before_self = plan.hire.is_none()
            && acceptances.iter().any(|(at, _)| *at >= plan.at && paris_date(*at) <= add_months(day, 6));
        if before_self || (plan.hire.is_none() && self.rng.chance(60)) {
            return;
        }
        let at = (plan.at - TimeDelta::minutes(self.rng.between(4, 15))).max(parcours.created_at);
        parcours.prescribe(&mut self.rng, at, member);
    }
}
