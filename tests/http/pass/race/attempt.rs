//! One act on one person: what is seen first, and what is done.

use std::fmt::Debug;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use iae_app::applications::{accept, cancel};
use iae_app::pass::{close, correct, prolongation, suspensions};
use iae_app::{Ctx, Error, Failure};
use iae_domain::actor::{AuthorisedPrescriber, EmployerActor, HireCanceller, Professional, StaffActor};
use iae_domain::applications::{CancelSeen, PassFate, StateCode};
use iae_domain::ids::{
    ApplicationId, CandidateId, OrganisationId, PassId, ProlongationId, ProlongationRequestId,
};
use iae_domain::pass::closure::ClosureReason;
use iae_domain::pass::prolongation::{
    Addressed, Ask, Declaration, Denial, DenialReason, ProlongationReason, Review, Wanted,
};
use iae_domain::pass::suspension::{SuspensionAct, SuspensionTerms};
use iae_domain::pass::{Correct, CorrectionReason, SuspensionReason};
use iae_domain::text::Message;
use iae_domain::time::Period;
use iae_tests::{Persona, TestApp, world};
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;

use super::Kind;
use crate::applications::race::{NEW, application, contract};

/// What someone sees before they act.
struct Seen {
    pass: PassId,
    start: NaiveDate,
    end: NaiveDate,
    request: Option<ProlongationRequestId>,
    /// The last hire, and how many rest on the PASS.
    hire: ApplicationId,
    hires: i64,
    happened: i64,
}

/// One act on one person, drawn before it runs.
pub(super) struct Attempt {
    pub(super) kind: Kind,
    pub(super) on: CandidateId,
    pub(super) by: Ctx<EmployerActor>,
    pub(super) company: OrganisationId,
    pub(super) rng: ChaCha8Rng,
}

impl Attempt {
    /// Whether it was done; refused in words is not a fault.
    pub(super) async fn run(mut self, app: Arc<TestApp>) -> (Kind, bool) {
        let seen = match seen(&app, self.on).await {
            Some(seen) => seen,
            // Their PASS was cancelled: they are hired again, with another one.
            None => return (Kind::Hire, self.hire(&app).await),
        };
        let professional = Ctx {
            actor: Professional::Employer(self.by.actor.clone()),
            now: app.now(),
            request_id: self.by.request_id,
            impersonator: None,
        };
        let done = match self.kind {
            Kind::Hire => self.hire(&app).await,
            Kind::Suspend | Kind::Change | Kind::Lift | Kind::Remove => {
                let act = self.suspension(&app);
                done(suspensions::act(&app.app, &professional, seen.pass, seen.end, act).await)
            }
            Kind::Declare | Kind::Ask => self.prolong(&app, &seen).await,
            Kind::Grant | Kind::Deny => self.answer(&app, &seen).await,
            Kind::Close => {
                done(close(&app.app, &professional, seen.pass, seen.end, ClosureReason::Other).await)
            }
            Kind::Cancel => {
                let fate = if seen.hires > 1 { PassFate::Kept } else { PassFate::Deleted };
                let saw = CancelSeen {
                    state: Some(StateCode::Accepted),
                    pass: Some(fate),
                    pass_end: Some(seen.end),
                    happened: Some(seen.happened),
                };
                let by = self.by.with(HireCanceller::Employer(self.by.actor.clone()));
                done(cancel(&app.app, &by, seen.hire, saw).await)
            }
            Kind::Correct => self.correct(&app, &seen).await,
        };
        (self.kind, done)
    }

    async fn hire(&mut self, app: &TestApp) -> bool {
        let id = application(app, self.on, self.company).await;
        let terms = contract(app, self.rng.random_range(0..30));
        done(accept(&app.app, &self.by, id, NEW, terms.into()).await)
    }

    /// The team moves the first day by some days, one way or the other, of the dates it saw (D32).
    async fn correct(&mut self, app: &TestApp, seen: &Seen) -> bool {
        let command = Correct {
            starts_on: seen.start - Days::new(20) + Days::new(self.rng.random_range(0..40)),
            reason: CorrectionReason::TypingMistake,
            explanation: "Contrat relu.".to_owned(),
            seen: Some(Period { start: seen.start, end: seen.end }),
        };
        let team = self.by.with(StaffActor { user: world::STAFF, is_superuser: true, groups: vec![] });
        done(correct(&app.app, &team, seen.pass, command).await)
    }

    fn suspension(&mut self, app: &TestApp) -> SuspensionAct {
        let start = app.today() - Days::new(self.rng.random_range(0..25));
        let end = start + Days::new(self.rng.random_range(0..60));
        let period = Period { start, end };
        let terms = SuspensionTerms { period, reason: SuspensionReason::ContractBroken, explanation: None };
        match self.kind {
            Kind::Suspend => SuspensionAct::Suspend(terms),
            Kind::Change => SuspensionAct::Change(terms),
            Kind::Lift => SuspensionAct::Lift { back_on: app.today() },
            _ => SuspensionAct::Remove,
        }
    }

    async fn prolong(&mut self, app: &TestApp, seen: &Seen) -> bool {
        let days = Days::new(self.rng.random_range(1..120));
        let reason =
            if self.kind == Kind::Ask { ProlongationReason::Rqth } else { ProlongationReason::Training };
        let wanted = Wanted { reason, end: seen.end + days, seen: Some(seen.end), is_certified: true };
        let id = self.rng.random();
        if self.kind == Kind::Declare {
            let declaration = Declaration { id: ProlongationId(uuid::Uuid::from_u128(id)), wanted };
            return done(prolongation::declare(&app.app, &self.by, seen.pass, declaration).await);
        }
        let words = || Message::parse("Permis de conduire en cours.").unwrap();
        let review = Review { done: words(), obstacles: words(), planned: words() };
        let addressed = Addressed { organisation: world::MISSION_LOCALE, assignee: world::PRESCRIBER };
        let id = ProlongationRequestId(uuid::Uuid::from_u128(id));
        let ask = Ask { id, wanted, review, contact: None, addressed };
        done(prolongation::ask(&app.app, &self.by, seen.pass, ask).await)
    }

    async fn answer(&mut self, app: &TestApp, seen: &Seen) -> bool {
        let Some(request) = seen.request else { return false };
        let organisation = Persona::Prescriber.organisation();
        let actor = app.scenario().actor(world::PRESCRIBER, organisation).await;
        let actor = AuthorisedPrescriber::try_from(actor).unwrap();
        let ctx = Ctx { actor, now: app.now(), request_id: self.by.request_id, impersonator: None };
        if self.kind == Kind::Grant {
            return done(prolongation::grant(&app.app, &ctx, request, Some(seen.end)).await);
        }
        let explanation = Message::parse("Une autre durée.").unwrap();
        let denial = Denial { reason: DenialReason::Duration, explanation, proposed: None };
        done(prolongation::deny(&app.app, &ctx, request, denial).await)
    }
}

/// Neither a deadlock nor any fault: done, or refused.
fn done<T, R: Debug>(result: Result<T, Failure<R>>) -> bool {
    match result {
        Ok(_) => true,
        Err(
            Failure::Refused(_)
            | Failure::App(Error::NotFound | Error::Denied(_) | Error::Conflict | Error::PassCancelled(_)),
        ) => false,
        Err(fault) => panic!("{fault:?}"),
    }
}

/// The PASS, its days, the last request, the last hire, how many, and what happened to it.
type Row = (PassId, NaiveDate, NaiveDate, Option<ProlongationRequestId>, ApplicationId, i64, i64);

async fn seen(app: &TestApp, person: CandidateId) -> Option<Seen> {
    let seen: Option<Row> = sqlx::query_as(
        "SELECT p.id, p.starts_on, p.ends_on
              , (SELECT r.id FROM prolongation_requests r WHERE r.pass_id = p.id ORDER BY r.id DESC LIMIT 1)
              , (SELECT a.id FROM applications a WHERE a.pass_id = p.id ORDER BY a.id DESC LIMIT 1)
              , (SELECT count(*) FROM applications a WHERE a.pass_id = p.id)
              , (SELECT count(*) FROM suspensions s WHERE s.pass_id = p.id)
                + (SELECT count(*) FROM prolongations l WHERE l.pass_id = p.id)
                + (SELECT count(*) FROM prolongation_requests r WHERE r.pass_id = p.id AND r.state = 'pending')
         FROM passes p WHERE p.candidate_id = $1",
    )
    .bind(person)
    .fetch_optional(app.db())
    .await
    .unwrap();
    seen.map(|(pass, start, end, request, hire, hires, happened)| Seen {
        pass,
        start,
        end,
        request,
        hire,
        hires,
        happened,
    })
}
