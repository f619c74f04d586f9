//! The parcours of a candidate drawn by chance: a pure function of the world and of the candidate's number.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use iae_domain::applications::{RefusalReason, SenderKind, StateCode};
use iae_domain::organisations::CompanyKind;
use iae_domain::time::{add_months, paris_date};
use uuid::Uuid;

use super::parcours::{Application, Hire, Member, Parcours, Sender, Step};
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
    /// Holds a PASS older than what the platform kept of applications.
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
            drawn if drawn < self.world.older_pass => Fate::OlderPass,
            drawn if drawn < self.world.older_pass + 460 => Fate::Hired,
            _ => Fate::Looking,
        };
        let home = self.authorised();
        let mut plans = Vec::new();
        if fate == Fate::Hired {
            self.plan_hires(home, &mut plans);
        }
        self.plan_others(home, fate, &mut plans);
        plans.sort_by_key(|plan| plan.at);

        let first_at = plans.first().map(|plan| plan.at);
        let creation = if fate == Fate::OlderPass {
            self.world.calendar.moment_ago(&mut self.rng, 2_000, 2_000)
        } else {
            let before = TimeDelta::minutes(self.rng.between(20, 4_000));
            let unknown = self.world.calendar.moment_ago(&mut self.rng, 1, 300);
            first_at.map_or(unknown, |at| at - before)
        };
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
        };
        if fate == Fate::OlderPass {
            self.older_pass(home, &mut parcours);
        }
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

    /// A PASS issued before what the platform kept of applications.
    fn older_pass(&mut self, home: (Member, usize), parcours: &mut Parcours) {
        let calendar = self.world.calendar;
        let started_ago = self.rng.between(HISTORY_DAYS + 40, 1_900);
        let at = calendar.moment(&mut self.rng, calendar.ago(started_ago + 10));
        let prescribed_at = at - TimeDelta::days(self.rng.between(2, 60));
        let diagnosis = parcours.prescribe(&mut self.rng, prescribed_at, home.0);
        let company = self.company(at, CompanyKind::is_siae);
        let sender = Sender::Prescriber(home.0, home.1);
        parcours.issue(&mut self.rng, at, calendar.ago(started_ago), diagnosis, company, sender);
    }

    fn plan_hires(&mut self, home: (Member, usize), plans: &mut Vec<Plan>) {
        let calendar = self.world.calendar;
        let (starts_on, accepted_on) = match self.rng.below(100) {
            // The wave: PASS that end in the coming weeks.
            0..=11 => {
                let starts_on = calendar.ago(729 - self.rng.between(1, 75));
                (starts_on, starts_on - TimeDelta::days(self.rng.between(0, 20)))
            }
            12..=16 => (calendar.ago(-self.rng.between(3, 60)), calendar.ago(self.rng.between(1, 15))),
            17..=21 => {
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

    fn plan_others(&mut self, home: (Member, usize), fate: Fate, plans: &mut Vec<Plan>) {
        let calendar = self.world.calendar;
        let count = match fate {
            Fate::Hired => self.rng.weighted(&[(0_usize, 28), (1, 29), (2, 23), (3, 20)]),
            Fate::OlderPass => self.rng.weighted(&[(0, 75), (1, 25)]),
            Fate::Looking => self.rng.weighted(&[(0, 4), (1, 18), (2, 22), (3, 22), (4, 18), (5, 16)]),
        };
        let eager = self.world.eager;
        let more =
            if fate == Fate::OlderPass { 0 } else { (0..2).filter(|_| self.rng.chance(eager)).count() };
        let around = plans.first().map(|plan| paris_date(plan.at));
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

    fn accept(
        &mut self,
        hire: &PlannedHire,
        acceptances: &[(DateTime<Utc>, Member)],
        application: &mut Application,
        parcours: &mut Parcours,
    ) {
        let company = &self.world.companies[application.company];
        let day = paris_date(hire.accepted_at);
        let by = acceptances.iter().find(|(at, _)| *at == hire.accepted_at).map(|(_, member)| *member);
        let by = by.unwrap_or_else(|| self.receiver(application.company));
        let studied_at = application.at + (hire.accepted_at - application.at) / 2;
        if hire.accepted_at - application.at > TimeDelta::days(1) && self.rng.chance(800) {
            application.steps.push(Step { at: studied_at, to: StateCode::Processing, by: Some(by) });
        }
        let mut ending = Hire {
            starts_on: hire.starts_on,
            ends_on: self
                .rng
                .chance(850)
                .then(|| hire.starts_on + TimeDelta::days(self.rng.between(110, 180))),
            diagnosis: None,
            pass: None,
            is_manual: false,
        };
        if company.kind.is_siae() {
            let valid = parcours.passes.iter().rposition(|pass| day <= pass.period.end);
            if let Some(pass) = valid {
                let siae_sees = |diagnosis: &super::parcours::Diagnosis| {
                    diagnosis.author_kind == iae_domain::eligibility::AuthorKind::Prescriber
                        || diagnosis.author.organisation == company.id
                };
                ending.diagnosis = parcours.diagnoses.iter().rposition(siae_sees);
                ending.pass = Some(pass);
            } else {
                let diagnosis = parcours.prescribed_on(day).unwrap_or_else(|| {
                    let at = hire.accepted_at - TimeDelta::minutes(2);
                    parcours.self_prescribe(&mut self.rng, at.max(application.at), by, company.kind)
                });
                ending.diagnosis = Some(diagnosis);
                if parcours.person.is_identified() {
                    let (at, sender) = (hire.accepted_at, application.sender);
                    ending.pass = Some(parcours.issue(
                        &mut self.rng,
                        at,
                        hire.starts_on,
                        diagnosis,
                        application.company,
                        sender,
                    ));
                } else {
                    ending.is_manual = true;
                }
            }
        }
        application.steps.push(Step { at: hire.accepted_at, to: StateCode::Accepted, by: Some(by) });
        application.hire = Some(ending);
    }

    /// What becomes of an application that leads to no hire.
    fn answer(&mut self, acceptances: &[(DateTime<Utc>, Member)], application: &mut Application) {
        let calendar = self.world.calendar;
        let kind = self.world.companies[application.company].kind;
        let by = self.receiver(application.company);
        let waited = (calendar.today - paris_date(application.at)).num_days();
        let end = match waited {
            0..=9 => self.rng.weighted(&[
                (StateCode::New, 62),
                (StateCode::Processing, 24),
                (StateCode::Postponed, 6),
                (StateCode::Refused, 8),
            ]),
            10..=35 => self.rng.weighted(&[
                (StateCode::New, 24),
                (StateCode::Processing, 24),
                (StateCode::Postponed, 17),
                (StateCode::Pool, 3),
                (StateCode::Refused, 32),
            ]),
            // Two months without news end by an automatic refusal (rule book 02 §7.3), except in the pool.
            60.. => self.rng.weighted(&[
                (StateCode::Pool, 5),
                (StateCode::Cancelled, 1),
                (StateCode::Refused, 94),
            ]),
            _ => self.rng.weighted(&[
                (StateCode::New, 4),
                (StateCode::Processing, 4),
                (StateCode::Postponed, 4),
                (StateCode::Pool, 5),
                (StateCode::Cancelled, 1),
                (StateCode::Refused, 82),
            ]),
        };
        let end =
            if kind == CompanyKind::Geiq && end == StateCode::Pool { StateCode::PriorToHire } else { end };
        let path: &[StateCode] = match end {
            StateCode::New => &[],
            StateCode::Processing => &[StateCode::Processing],
            StateCode::Postponed => &[StateCode::Processing, StateCode::Postponed],
            StateCode::Pool => &[StateCode::Processing, StateCode::Pool],
            StateCode::PriorToHire => &[StateCode::Processing, StateCode::PriorToHire],
            StateCode::Cancelled => &[StateCode::Processing, StateCode::Accepted, StateCode::Cancelled],
            _ if self.rng.chance(620) => &[StateCode::Processing, StateCode::Refused],
            _ => &[StateCode::Refused],
        };
        let mut at = application.at;
        for to in path {
            let longest = if *to == StateCode::Processing { 9 } else { 24 };
            let Some(next) = calendar.after(&mut self.rng, at, 0, longest) else { break };
            application.steps.push(Step { at: next, to: *to, by: Some(by) });
            at = next;
        }
        // A hire elsewhere ends what was still pending (rule book 02 §6.5).
        let hired = acceptances.iter().find(|(hired_at, _)| *hired_at > application.at);
        if let Some((hired_at, _)) = hired {
            application.steps.retain(|step| step.at < *hired_at);
        }
        // A hire that is not cancelled in the end would need its PASS.
        if application.state() == StateCode::Accepted {
            application.steps.pop();
        }
        if let Some((hired_at, member)) = hired.filter(|_| application.state().is_pending()) {
            application.steps.push(Step { at: *hired_at, to: StateCode::Obsolete, by: Some(*member) });
        }
        if application.state() == StateCode::Refused {
            application.refusal = Some(self.reason(kind, application));
        }
    }

    /// Nearly half of the refusals of people who apply alone come from the platform itself.
    fn reason(&mut self, kind: CompanyKind, application: &mut Application) -> RefusalReason {
        use RefusalReason::{
            Auto, DidNotCome, DidNotComeToInterview, Duplicate, HiredElsewhere, Incompatible, LackingSkills,
            NoPosition, NonEligible, NotInterested, NotMobile, Other, PreventObjectives, Training,
        };
        if application.sender == Sender::Candidate && self.rng.chance(478) {
            if let Some(last) = application.steps.last_mut() {
                last.by = None;
            }
            return Auto;
        }
        let reason = self.rng.weighted(&[
            (NoPosition, 26),
            (DidNotCome, 14),
            (DidNotComeToInterview, 10),
            (LackingSkills, 9),
            (NotInterested, 9),
            (Other, 8),
            (HiredElsewhere, 6),
            (Incompatible, 6),
            (NotMobile, 5),
            (NonEligible, 4),
            (Duplicate, 4),
            (Training, 3),
            (PreventObjectives, 2),
        ]);
        if reason.is_offered_to(kind) { reason } else { NoPosition }
    }

    fn authorised(&mut self) -> (Member, usize) {
        let rank = self.world.territories[self.territory].authorised.draw(&mut self.rng);
        (self.member_of(rank), rank)
    }

    fn member_of(&mut self, rank: usize) -> Member {
        let prescriber = &self.world.prescribers[rank];
        Member { user: *self.rng.pick(&prescriber.members), organisation: prescriber.id }
    }

    fn receiver(&mut self, company: usize) -> Member {
        let company = &self.world.companies[company];
        Member { user: *self.rng.pick(&company.members), organisation: company.id }
    }

    /// Who sends: people without address cannot sign in, orienteurs are one prescriber in seventeen.
    fn sender(&mut self, home: (Member, usize), company: usize, kinds: &[(SenderKind, u32)]) -> Sender {
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
    fn company(&mut self, at: DateTime<Utc>, wanted: impl Fn(CompanyKind) -> bool) -> usize {
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

    fn job(&mut self, company: usize, at: DateTime<Utc>) -> Option<Uuid> {
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
