//! What happens to a PASS once it is issued. Everyone acts through the rules of the domain, which refuse what nobody could do
//! and say what follows from the rest: no date is computed here.

mod deed;
mod draws;
mod prolongations;

use chrono::{DateTime, Utc};
use iae_domain::Event;
use iae_domain::actor::ActorRecord;
use iae_domain::ids::{CandidateId, DiagnosisId, OrganisationId, PassId, SuspensionId, UserId};
use iae_domain::pass::closure::{Closed, ClosureReason};
use iae_domain::pass::policy::PassRelation;
use iae_domain::pass::prolongation::{Denial, NewProlongationRequest, Prolongation, RequestState};
use iae_domain::pass::suspension::{Asker, Asking, Resuspended, SuspendsAs, SuspensionAct, SuspensionWrite};
use iae_domain::pass::{Counsellor, HeldPass, Parcours as Dates, Pass, PassNumber, SiaeHire, Suspension};
use iae_domain::time::paris_date;
use uuid::Uuid;

use super::journal::actor;
use super::parcours::{Parcours, Turn, UnderPass};
use super::random::Random;
use super::world::World;

/// Something that happened, as the audit trail and the mails tell it.
#[derive(Debug)]
pub struct Act {
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: ActorRecord,
    /// What.
    pub event: Event,
}

/// A suspension, and who touched it last.
#[derive(Debug)]
pub struct Suspended {
    /// The suspension.
    pub suspension: Suspension,
    /// Who changed, lifted or cut it, and when.
    pub updated: Option<(UserId, DateTime<Utc>)>,
}

/// A request to prolong, and its answer.
#[derive(Debug)]
pub struct Asked {
    /// The request.
    pub sent: NewProlongationRequest,
    /// Who answered, and when.
    pub processed: Option<(UserId, DateTime<Utc>)>,
    /// Why it was refused.
    pub denial: Option<Denial>,
}

/// A PASS from its issue to today.
#[derive(Debug)]
pub struct Life {
    held: HeldPass,
    hires: Vec<SiaeHire>,
    counsellor: Option<Counsellor>,
    /// All that happened, in order.
    pub acts: Vec<Act>,
    /// Its suspensions.
    pub suspensions: Vec<Suspended>,
    /// Its prolongations.
    pub prolongations: Vec<Prolongation>,
    /// What was asked of prescripteurs habilités.
    pub requests: Vec<Asked>,
    /// Its closure.
    pub closure: Option<(Closed, DateTime<Utc>)>,
    /// How many times the rules refused.
    #[cfg(test)]
    pub refused: usize,
}

/// Lives the PASS of that rank: what the story says happens to it, or else what chance brings.
pub fn live(
    world: &World,
    rng: &mut Random,
    parcours: &mut Parcours,
    place: usize,
    number: PassNumber,
) -> Life {
    let mut life = Life::of(world, parcours, place, number);
    match parcours.turns.clone() {
        Some(turns) => life.tell(rng, world, parcours, place, &turns),
        None => draws::draw(world, rng, parcours, place, &mut life),
    }
    life
}

impl Life {
    /// A PASS that was issued, to which nothing happened yet.
    fn of(world: &World, parcours: &Parcours, place: usize, number: PassNumber) -> Self {
        let issued = &parcours.passes[place];
        let pass = Pass {
            id: PassId(issued.id),
            number,
            candidate: CandidateId(parcours.id),
            parcours: Dates::issued(issued.period),
            diagnosis: DiagnosisId(parcours.diagnoses[issued.diagnosis].id),
            created_at: issued.at,
        };
        let counsellor = parcours.prescriber().map(|member| Counsellor {
            user: UserId(member.user),
            organisation: OrganisationId(member.organisation),
        });
        Self {
            held: HeldPass {
                passes: vec![pass.clone()],
                pass,
                hires: Vec::new(),
                running: None,
                relation: PassRelation::default(),
                birth_date: Some(parcours.person.birth_date),
            },
            hires: parcours.hires_under(place).iter().map(|hire| hire.known(world)).collect(),
            counsellor,
            acts: Vec::new(),
            suspensions: Vec::new(),
            prolongations: Vec::new(),
            requests: Vec::new(),
            closure: None,
            #[cfg(test)]
            refused: 0,
        }
    }

    /// What the story says, each hire in its place.
    fn tell(&mut self, rng: &mut Random, world: &World, parcours: &Parcours, place: usize, turns: &[Turn]) {
        let mut turns = turns.iter().peekable();
        for hire in &parcours.hires_under(place) {
            while let Some(turn) = turns.next_if(|turn| turn.at < hire.accepted_at) {
                self.play(rng, world, turn);
            }
            self.hired(hire);
        }
        for turn in turns {
            self.play(rng, world, turn);
        }
    }

    /// Its id.
    pub const fn id(&self) -> Uuid {
        self.held.pass.id.0
    }

    /// Its number.
    pub fn number(&self) -> &str {
        self.held.pass.number.as_str()
    }

    /// Rank of the SIAE that hired last.
    pub fn company(&self, world: &World) -> Option<usize> {
        world.rank_of(self.hires.last()?.company.0)
    }

    /// All that makes its dates.
    pub const fn dates(&self) -> &Dates {
        &self.held.pass.parcours
    }

    /// When something last happened to it.
    pub fn last_at(&self) -> DateTime<Utc> {
        self.acts.last().map_or(self.held.pass.created_at, |act| act.at)
    }

    /// The person is hired: the suspension that runs ends (rule book 03 §5.7).
    fn hired(&mut self, UnderPass { application, accepted_at: at, starts_on, by, .. }: &UnderPass) {
        let lifted = self.held.pass.lifted_by_hire(*starts_on, paris_date(*at), *application);
        if let Some(lifted) = lifted {
            let (resuspended, events) = lifted.into_parts();
            self.resuspended(resuspended, by.map(|member| UserId(member.user)), *at);
            self.keep(*at, actor("employer", *by), events);
        }
    }

    fn suspend(&mut self, rng: &mut Random, at: DateTime<Utc>, by: Asker, act: SuspensionAct) -> bool {
        let asking = self.asking(rng, at, by);
        let Ok(changed) = self.held.decide_suspension(act, &asking) else { return false };
        let (resuspended, events) = changed.into_parts();
        self.resuspended(resuspended, Some(by.by.user), at);
        self.keep(at, record(by), events);
        true
    }

    fn close(&mut self, rng: &mut Random, at: DateTime<Utc>, by: Asker, reason: ClosureReason) -> bool {
        let asking = self.asking(rng, at, by);
        let Ok(changed) = self.held.close(reason, &asking) else { return false };
        let (closed, events) = changed.into_parts();
        let dates = &closed.pass.parcours;
        self.suspensions.retain_mut(|kept| {
            let left = dates.suspended_on(kept.suspension.period.start);
            if let Some(left) = left.filter(|left| left.end < kept.suspension.period.end) {
                kept.suspension.period = left;
                kept.updated = Some((by.by.user, at));
            }
            left.is_some()
        });
        self.prolongations.retain_mut(|kept| {
            let left = dates.prolongations().iter().find(|left| left.start == kept.period.start);
            kept.period = left.copied().unwrap_or(kept.period);
            left.is_some()
        });
        self.held.pass = closed.pass.clone();
        self.closure = Some((closed, at));
        self.keep(at, record(by), events);
        true
    }

    fn asking(&self, rng: &mut Random, at: DateTime<Utc>, asker: Asker) -> Asking {
        let new = SuspensionId(rng.id(at));
        Asking { asker, seen_end: None, new, counsellor: self.counsellor, at }
    }

    fn resuspended(
        &mut self,
        Resuspended { pass, write }: Resuspended,
        user: Option<UserId>,
        at: DateTime<Utc>,
    ) {
        self.held.pass = pass;
        let updated = user.map(|user| (user, at));
        match write {
            SuspensionWrite::Add(suspension) => {
                self.suspensions.push(Suspended { suspension, updated: None });
            }
            SuspensionWrite::Replace(suspension) => {
                self.suspensions.retain(|kept| kept.suspension.id != suspension.id);
                self.suspensions.push(Suspended { suspension, updated });
            }
            SuspensionWrite::End { start, end } => {
                for kept in &mut self.suspensions {
                    if kept.suspension.period.start == start {
                        kept.suspension.period.end = end;
                        kept.updated = updated;
                    }
                }
            }
            SuspensionWrite::Remove { start } => {
                self.suspensions.retain(|kept| kept.suspension.period.start != start);
            }
        }
    }

    /// What is known of the holder at that moment.
    fn look(&mut self, at: DateTime<Utc>) {
        let today = paris_date(at);
        self.held.hires = self.hires.iter().filter(|hire| hire.accepted_at <= at).cloned().collect();
        let runs = |kept: &&Suspended| kept.suspension.period.contains(today);
        self.held.running = self.suspensions.iter().find(runs).map(|kept| kept.suspension.clone());
        self.held.passes = vec![self.held.pass.clone()];
    }

    fn keep(&mut self, at: DateTime<Utc>, by: ActorRecord, events: Vec<Event>) {
        self.acts.extend(events.into_iter().map(|event| Act { at, by, event }));
    }

    /// The request that waits for its answer.
    fn pending(&self) -> Option<usize> {
        self.requests.iter().position(|kept| kept.sent.request.state == RequestState::Pending)
    }
}

/// Who suspends or closes, in the words of the audit trail.
const fn record(asker: Asker) -> ActorRecord {
    let kind = match asker.capacity {
        SuspendsAs::Company(_) => "employer",
        SuspendsAs::Prescriber => "prescriber",
    };
    ActorRecord { kind, user: Some(asker.by.user), organisation: Some(asker.by.organisation) }
}
