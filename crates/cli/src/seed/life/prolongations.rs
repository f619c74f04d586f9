//! Prolongations: declared, asked, reminded, handed over, answered.

use chrono::{DateTime, Utc};
use iae_domain::Event;
use iae_domain::actor::EmployerActor;
use iae_domain::ids::{OrganisationId, ProlongationId, ProlongationRequestId, UserId};
use iae_domain::pass::prolongation::{
    Addressed, Ask, AskFacts, Decided, Declaration, Denial, DenialReason, InterviewContact, MOST_COLLEAGUES,
    Prolongation, ProlongationReason, ProlongationRequest, Prolonged, ProposedAction, Reminded, Review,
    Wanted, delegate, remind,
};
use iae_domain::pass::{PassChange, PassEvent};
use iae_domain::text::{Email, Message, PhoneNumber};
use iae_domain::time::{add_days, paris_date};

use super::super::journal::actor;
use super::super::parcours::Member;
use super::super::random::Random;
use super::super::texts;
use super::super::world::World;
use super::{Asked, Life};

impl Life {
    /// Declares a prolongation, of so many days or of as many as there may be.
    pub(super) fn declare(
        &mut self,
        rng: &mut Random,
        world: &World,
        at: DateTime<Utc>,
        by: Member,
        asked: (ProlongationReason, u64),
    ) -> bool {
        let Some(employer) = employer(world, by) else { return false };
        let declaration = Declaration { id: ProlongationId(rng.id(at)), wanted: self.wanted(asked) };
        let (is_pending, when) = (self.pending().is_some(), (at, paris_date(at)));
        let declared = self.held.declare_prolongation(declaration, &employer, is_pending, when);
        let Ok(changed) = declared else { return false };
        let (Prolonged { pass, prolongation }, events) = changed.into_parts();
        self.held.pass = pass;
        self.prolongations.push(prolongation);
        self.keep(at, actor("employer", Some(by)), events);
        true
    }

    /// Asks a prescriber for one.
    pub(super) fn ask(
        &mut self,
        rng: &mut Random,
        world: &World,
        at: DateTime<Utc>,
        by: Member,
        to: Member,
        asked: (ProlongationReason, u64),
    ) -> bool {
        let (Some(employer), Some(review)) = (employer(world, by), review(rng)) else { return false };
        let ask = Ask {
            id: ProlongationRequestId(rng.id(at)),
            wanted: self.wanted(asked),
            review,
            contact: if rng.chance(350) { contact(rng) } else { None },
            addressed: Addressed { organisation: OrganisationId(to.organisation), assignee: UserId(to.user) },
        };
        // No file of a report is made up, so an AI, which owes one (X3), asks nothing.
        let facts = AskFacts { is_pending: self.pending().is_some(), is_authorised: true, has_report: false };
        let when = (at, paris_date(at));
        let Ok(changed) = self.held.ask_prolongation(ask, &employer, facts, when) else { return false };
        let (asked, events) = changed.into_parts();
        self.requests.push(Asked { sent: asked, processed: None, denial: None });
        self.keep(at, actor("employer", Some(by)), events);
        true
    }

    /// Until when, for so many days: no more than the reason has left.
    fn wanted(&self, (reason, days): (ProlongationReason, u64)) -> Wanted {
        let dates = self.dates();
        let end = add_days(dates.end(), days.min(dates.prolongation_allowance(reason)));
        Wanted { reason, end, seen: Some(dates.end()), is_certified: true }
    }

    /// Reminds the request that waits to its prescriber and to some colleagues.
    pub(super) fn remind(&mut self, world: &World, at: DateTime<Utc>) -> bool {
        let Some((place, request)) = self.waiting() else { return false };
        let addressed = request.parties.addressed;
        let members = world.prescribers.iter().find(|prescriber| prescriber.id == addressed.organisation.0);
        let colleagues =
            members.map_or(&[][..], |prescriber| &prescriber.members).iter().map(|user| UserId(*user));
        let told = std::iter::once(addressed.assignee)
            .chain(colleagues.filter(|user| *user != addressed.assignee).take(MOST_COLLEAGUES));
        let Some(changed) = remind(request, told.collect(), at) else { return false };
        let (Reminded { request }, events) = changed.into_parts();
        self.requests[place].sent.request = request;
        self.keep(at, actor("system", None), events);
        true
    }

    /// Hands the request over to a colleague.
    pub(super) fn hand_over(&mut self, at: DateTime<Utc>, by: Member, to: UserId) -> bool {
        let Some((place, request)) = self.waiting() else { return false };
        let Ok(Some(changed)) = delegate(request, to, true, true) else { return false };
        let (request, events) = changed.into_parts();
        self.requests[place].sent.request = request;
        self.keep(at, actor("prescriber", Some(by)), events);
        true
    }

    /// Grants it.
    pub(super) fn grant(&mut self, rng: &mut Random, at: DateTime<Utc>, by: Member) -> bool {
        let Some((place, request)) = self.waiting() else { return false };
        let seen = Some(self.dates().end());
        let Ok(changed) = request.grant(&self.held.pass, seen, UserId(by.user), true, at) else {
            return false;
        };
        let (decided, mut events) = changed.into_parts();
        // The rule makes its id of the moment and of chance that does not repeat itself.
        let id = ProlongationId(rng.id(at));
        for event in &mut events {
            if let Event::Pass(PassEvent {
                change: PassChange::ProlongationGranted { prolongation, .. },
                ..
            }) = event
            {
                *prolongation = id;
            }
        }
        if let Some(Prolonged { pass, prolongation }) = decided.prolonged.clone() {
            self.held.pass = pass;
            self.prolongations.push(Prolongation { id, ..prolongation });
        }
        self.decided(place, decided);
        self.keep(at, actor("prescriber", Some(by)), events);
        true
    }

    /// Refuses it.
    pub(super) fn deny(
        &mut self,
        rng: &mut Random,
        at: DateTime<Utc>,
        by: Member,
        reason: DenialReason,
    ) -> bool {
        let (Some((place, request)), Some(denial)) = (self.waiting(), denial(rng, reason)) else {
            return false;
        };
        let Ok(changed) = request.deny(denial, UserId(by.user), true, at) else { return false };
        let (decided, events) = changed.into_parts();
        self.decided(place, decided);
        self.keep(at, actor("prescriber", Some(by)), events);
        true
    }

    fn decided(&mut self, place: usize, Decided { request, denial, by, at, .. }: Decided) {
        let kept = &mut self.requests[place];
        kept.sent.request = request;
        kept.processed = Some((by, at));
        kept.denial = denial;
    }

    fn waiting(&self) -> Option<(usize, ProlongationRequest)> {
        let place = self.pending()?;
        Some((place, self.requests[place].sent.request.clone()))
    }
}

fn employer(world: &World, by: Member) -> Option<EmployerActor> {
    let company = world.company_of(by.organisation)?;
    Some(EmployerActor {
        user: UserId(by.user),
        organisation: OrganisationId(company.id),
        kind: company.kind,
        is_admin: false,
    })
}

fn review(rng: &mut Random) -> Option<Review> {
    let [done, obstacles, planned] = texts::review(rng).map(Message::parse);
    Some(Review { done: done.ok()?, obstacles: obstacles.ok()?, planned: planned.ok()? })
}

fn contact(rng: &mut Random) -> Option<InterviewContact> {
    let email = Email::parse(&format!("encadrement.{}@siae.example", rng.below(900))).ok()?;
    let phone = PhoneNumber::parse(&format!("03{:08}", 72_000_000 + rng.below(999_999))).ok()?;
    Some(InterviewContact { email, phone })
}

fn denial(rng: &mut Random, reason: DenialReason) -> Option<Denial> {
    let [explanation, details] = texts::denied(rng, reason).map(Message::parse);
    let actions =
        if rng.chance(500) { vec![ProposedAction::JobSearch] } else { ProposedAction::ALL[..2].to_vec() };
    Denial::new(reason, explanation.ok()?, actions, details.ok()).ok()
}
