//! What chance brings to a PASS, about as often as it happens: one in four is suspended once, one in five of those that come
//! to their end is prolonged.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::pass::SuspensionReason;
use iae_domain::pass::closure::{CLOSURE_DAYS, ClosureReason};
use iae_domain::pass::prolongation::{DenialReason, ProlongationReason};
use iae_domain::pass::suspension::SuspendsAs;
use iae_domain::time::{add_days, age, paris_date, paris_midnight, sub_days};

use super::super::calendar::Calendar;
use super::super::parcours::{Deed, Member, Parcours, REMINDERS, Turn, UnderPass};
use super::super::random::Random;
use super::super::world::World;
use super::Life;

/// Most prolongations drawn for one PASS. Rows of a packet are written, then held against their caps: all of them together
/// stay within that of each, and a CDI, which has none, comes first or not at all.
const MOST_PROLONGATIONS: usize = 3;

/// Draws the life of a PASS. Nothing moves the end of one after which the person was seen again: what was decided then
/// rested on it.
pub fn draw(world: &World, rng: &mut Random, parcours: &mut Parcours, place: usize, life: &mut Life) {
    let issued_at = parcours.passes[place].at;
    if parcours.diagnoses.iter().any(|diagnosis| diagnosis.at > issued_at) {
        return;
    }
    let hires = parcours.hires_under(place);
    let mut chance = Chance { world, calendar: world.calendar, rng, life, parcours };
    for (rank, hire) in hires.iter().enumerate() {
        let next = hires.get(rank + 1);
        if rank > 0 {
            chance.life.hired(hire);
        }
        if let Some(next) = next
            && hire.ends_on.is_none_or(|end| end >= next.starts_on)
        {
            chance.leave(rank, hire, sub_days(next.starts_on, 1));
        }
        chance.suspension(rank, hire, next);
    }
    if let Some(last) = hires.last() {
        chance.prolongations(last);
    }
}

/// Why a PASS is suspended, as it comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Nothing,
    Suspended,
    Broken,
    Finished,
    Agreement,
    Passerelle,
}

struct Chance<'a> {
    world: &'a World,
    calendar: Calendar,
    rng: &'a mut Random,
    life: &'a mut Life,
    parcours: &'a mut Parcours,
}

impl Chance<'_> {
    /// What follows from a contract, before the next hire if there is one.
    fn suspension(&mut self, rank: usize, hire: &UnderPass, next: Option<&UnderPass>) {
        let latest =
            next.map_or_else(|| self.calendar.yesterday(), |next| sub_days(paris_date(next.accepted_at), 1));
        let causes: &[(Cause, u32)] = if next.is_some() {
            &[(Cause::Finished, 450), (Cause::Broken, 150), (Cause::Nothing, 400)]
        } else {
            &[
                (Cause::Suspended, 55),
                (Cause::Broken, 60),
                (Cause::Finished, 120),
                (Cause::Agreement, 10),
                (Cause::Passerelle, 10),
                (Cause::Nothing, 745),
            ]
        };
        let cause = self.rng.weighted(causes);
        let Some((first, recorded, reason)) = self.begins(cause, hire, latest) else { return };
        let at = self.calendar.moment(self.rng, recorded);
        if paris_date(at) > latest {
            return;
        }
        let end = self.ends(cause, first, self.life.hires[rank].ends_on);
        if cause == Cause::Broken {
            self.leave(rank, hire, sub_days(first, 1));
        }
        let by = self.suspends(hire, reason);
        if self.act(at, by, Deed::Suspend(first, end, reason)) && next.is_none() {
            self.after(cause, first, at, by);
        }
    }

    /// The first day, the day it is recorded and the reason.
    fn begins(
        &mut self,
        cause: Cause,
        hire: &UnderPass,
        latest: NaiveDate,
    ) -> Option<(NaiveDate, NaiveDate, SuspensionReason)> {
        let ended = hire.ends_on.filter(|end| *end < latest);
        let (base, later, delay, reason) = match cause {
            Cause::Nothing => return None,
            Cause::Suspended => (hire.starts_on, (20, 70), (15, 25), SuspensionReason::ContractSuspended),
            Cause::Broken => (hire.starts_on, (16, 100), (0, 20), SuspensionReason::ContractBroken),
            Cause::Finished => (ended?, (1, 20), (0, 25), SuspensionReason::ContractFinished),
            Cause::Agreement => (ended?, (1, 30), (0, 25), SuspensionReason::CtaAgreement),
            Cause::Passerelle => (ended?, (1, 5), (0, 10), SuspensionReason::ContratPasserelle),
        };
        let company = SuspendsAs::Company(self.world.companies[hire.company].kind);
        let reason = if reason.is_offered_to(company) { reason } else { SuspensionReason::ContractFinished };
        let first = self.later(base, later);
        let recorded = self.later(first, delay);
        (recorded <= latest).then_some((first, recorded, reason))
    }

    /// The last day; none when nobody knows it. A contract that is suspended takes up again before it ends.
    fn ends(&mut self, cause: Cause, first: NaiveDate, contract: Option<NaiveDate>) -> Option<NaiveDate> {
        if cause == Cause::Suspended {
            let end = self.later(first, (25, 90));
            return Some(contract.map_or(end, |contract| end.min(contract)));
        }
        (!self.rng.chance(550)).then(|| self.later(first, (45, 240)))
    }

    /// Who records it: a prescriber now and then, once the person works no more (D6).
    fn suspends(&mut self, hire: &UnderPass, reason: SuspensionReason) -> Member {
        let prescriber = self.parcours.prescriber().filter(|_| reason.is_offered_to(SuspendsAs::Prescriber));
        match prescriber {
            Some(member) if self.rng.chance(250) => member,
            Some(_) | None => self.member(hire.company),
        }
    }

    /// What becomes of a suspension that nothing else ends.
    fn after(&mut self, cause: Cause, first: NaiveDate, at: DateTime<Utc>, by: Member) {
        let closable = add_days(first, CLOSURE_DAYS + 1);
        let (day, deed) = match self.rng.below(100) {
            0..=27 => {
                let back_on =
                    self.later(paris_date(at), if cause == Cause::Suspended { (4, 40) } else { (20, 200) });
                (sub_days(back_on, 1), Deed::Lift(back_on))
            }
            28..=34 if cause != Cause::Suspended => {
                let known = self.later(paris_date(at), (5, 60));
                (known, Deed::Change(self.later(known, (10, 90))))
            }
            35..=64 => {
                let reason = *self.rng.pick(ClosureReason::ALL);
                (self.later(closable, (0, 90)), Deed::Close(reason))
            }
            _ => return,
        };
        let runs = self.life.dates().suspended_on(day);
        if day <= self.calendar.yesterday() && runs.is_some_and(|running| running.start == first) {
            let at = self.moment(day);
            self.act(at, by, deed);
        }
    }

    /// Prolongations, one after the other, as the PASS comes to its end.
    fn prolongations(&mut self, last: &UnderPass) {
        for _ in 0..MOST_PROLONGATIONS {
            let asked_on = sub_days(self.life.dates().end(), self.rng.between(12, 150).unsigned_abs());
            if asked_on > self.calendar.yesterday() || !self.rng.chance(220) {
                return;
            }
            let at = self.moment(asked_on);
            let is_open = self.life.dates().prolongation_possible(paris_date(at)).is_ok();
            if !is_open || !self.prolong(last, at) {
                return;
            }
        }
    }

    /// One prolongation; says whether it was given.
    fn prolong(&mut self, last: &UnderPass, at: DateTime<Utc>) -> bool {
        use ProlongationReason as R;
        let kind = self.world.companies[last.company].kind;
        let age = age(self.parcours.person.birth_date, paris_date(at));
        let is_first = self.life.prolongations.is_empty();
        let suits = |reason: &R| {
            reason.is_offered_to(kind)
                && reason.least_age().is_none_or(|least| age >= least)
                && (is_first || *reason != R::CdiOver57)
        };
        let often =
            [(R::CdiOver57, 15), (R::Training, 12), (R::Rqth, 25), (R::Over50, 50), (R::Difficulties, 30)];
        let suitable: Vec<(R, u32)> = often.into_iter().filter(|(reason, _)| suits(reason)).collect();
        let reason = self.rng.weighted(&suitable);
        let by = self.member(last.company);
        if self.life.dates().prolongation_allowance(reason) == 0 {
            return false;
        }
        if !reason.needs_prescriber() {
            let days = if reason == R::CdiOver57 { R::CdiOver57.longest() } else { self.days() };
            return self.act(at, by, Deed::Declare(reason, days));
        }
        let to = self.parcours.prescriber().unwrap_or_else(|| self.authorised());
        let days = self.days();
        self.act(at, by, Deed::Ask(reason, days, to)) && self.answer(at, to)
    }

    fn days(&mut self) -> u64 {
        *self.rng.pick(&[365, 365, 365, 182, 120, 273])
    }

    /// What the prescriber answers, reminded as often as it must; says whether it is granted.
    fn answer(&mut self, asked_at: DateTime<Utc>, by: Member) -> bool {
        let asked_on = paris_date(asked_at);
        let after = self.rng.weighted(&[((1, 9), 60), ((10, 19), 25), ((20, 45), 15)]);
        let answered_on = self.later(asked_on, after);
        let answered_at = self.moment(answered_on);
        for day in [10, 20, 30].map(|days| add_days(asked_on, days)) {
            let reminded_at = paris_midnight(day) + REMINDERS;
            if day <= self.calendar.yesterday() && reminded_at < answered_at {
                self.act(reminded_at, by, Deed::Remind);
            }
        }
        if answered_on > self.calendar.yesterday() {
            return false;
        }
        if self.rng.chance(800) {
            return self.act(answered_at, by, Deed::Grant);
        }
        let reason = *self.rng.pick(DenialReason::ALL);
        self.act(answered_at, by, Deed::Deny(reason));
        false
    }

    fn act(&mut self, at: DateTime<Utc>, by: Member, deed: Deed) -> bool {
        self.life.play(self.rng, self.world, &Turn { at, by, deed })
    }

    /// A contract ends on this day.
    fn leave(&mut self, rank: usize, hire: &UnderPass, day: NaiveDate) {
        self.life.hires[rank].ends_on = Some(day);
        self.parcours.leave(hire.application, day);
    }

    fn later(&mut self, day: NaiveDate, (least, most): (i64, i64)) -> NaiveDate {
        add_days(day, self.rng.between(least, most).unsigned_abs())
    }

    fn moment(&mut self, day: NaiveDate) -> DateTime<Utc> {
        self.calendar.moment(self.rng, day)
    }

    fn member(&mut self, company: usize) -> Member {
        Member::of_company(self.world, self.rng, company)
    }

    fn authorised(&mut self) -> Member {
        let rank = self.world.territories[self.parcours.person.territory].authorised.draw(self.rng);
        Member::of_prescriber(self.world, self.rng, rank)
    }
}
