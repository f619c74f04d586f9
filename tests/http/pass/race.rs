//! Whatever comes to a PASS, drawn at random, several at once on the same people: each is done whole or refused in words, and
//! every date holds (rule book 03 §8). `RACE_ROUNDS` says for how long: docs/testing.md.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use iae_app::applications::{accept, cancel};
use iae_app::db::Role;
use iae_app::doctor::examine;
use iae_app::pass::{close, correct, prolongation, suspensions};
use iae_app::{Ctx, Error, Failure};
use iae_domain::actor::{AuthorisedPrescriber, EmployerActor, HireCanceller, Professional, StaffActor};
use iae_domain::applications::{CancelSeen, PassFate, StateCode};
use iae_domain::ids::{
    ApplicationId, CandidateId, OrganisationId, PassId, ProlongationId, ProlongationRequestId, RequestId,
    UserId,
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
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::task::JoinSet;

use crate::applications::race::{NEW, application, contract, employer, person};

/// People on whom the acts of a round fall.
const PEOPLE: u128 = 3;

/// Acts that come at once on each.
const AT_ONCE: usize = 3;

/// Rounds until other people come: by then these have reached their caps.
const GENERATION: u64 = 20;

/// Companies that hire them, each with who acts.
const COMPANIES: [(UserId, OrganisationId); 3] =
    [(world::EMPLOYER, world::ACI), (world::EMPLOYER_ADMIN, world::ACI), (world::OTHER_EMPLOYER, world::EI)];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Hire,
    Suspend,
    Change,
    Lift,
    Remove,
    Declare,
    Ask,
    Grant,
    Deny,
    Close,
    Cancel,
    Correct,
}

/// Each as often as it is drawn: what is refused most often is tried most often.
const DRAWN: [Kind; 22] = [
    Kind::Hire,
    Kind::Suspend,
    Kind::Suspend,
    Kind::Suspend,
    Kind::Suspend,
    Kind::Change,
    Kind::Change,
    Kind::Lift,
    Kind::Lift,
    Kind::Remove,
    Kind::Remove,
    Kind::Declare,
    Kind::Ask,
    Kind::Ask,
    Kind::Grant,
    Kind::Grant,
    Kind::Grant,
    Kind::Deny,
    Kind::Close,
    Kind::Cancel,
    Kind::Correct,
    Kind::Correct,
];

/// Those that are done even in a short run.
const DONE: [Kind; 6] = [Kind::Hire, Kind::Suspend, Kind::Declare, Kind::Ask, Kind::Cancel, Kind::Correct];

/// What someone sees before they act.
struct Seen {
    pass: PassId,
    end: NaiveDate,
    request: Option<ProlongationRequestId>,
    /// The last hire, and how many rest on the PASS.
    hire: ApplicationId,
    hires: i64,
    happened: i64,
}

/// One act on one person, drawn before it runs.
struct Attempt {
    kind: Kind,
    on: CandidateId,
    by: Ctx<EmployerActor>,
    company: OrganisationId,
    rng: ChaCha8Rng,
}

impl Attempt {
    /// Whether it was done; refused in words is not a fault.
    async fn run(mut self, app: Arc<TestApp>) -> (Kind, bool) {
        let seen = match seen(&app, self.on).await {
            Some(seen) => seen,
            // Their PASS was cancelled: they are hired again, with another one.
            None => return (Kind::Hire, self.hire(&app).await),
        };
        let professional = Ctx {
            actor: Professional::Employer(self.by.actor.clone()),
            now: app.now(),
            request_id: self.by.request_id,
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
            Kind::Correct => self.correct(&app, seen.pass).await,
        };
        (self.kind, done)
    }

    async fn hire(&mut self, app: &TestApp) -> bool {
        let id = application(app, self.on, self.company).await;
        let terms = contract(app, self.rng.random_range(0..30));
        done(accept(&app.app, &self.by, id, NEW, terms.into()).await)
    }

    /// The team moves the first day by some days, one way or the other.
    async fn correct(&mut self, app: &TestApp, pass: PassId) -> bool {
        let start: NaiveDate = sqlx::query_scalar("SELECT starts_on FROM passes WHERE id = $1")
            .bind(pass)
            .fetch_optional(app.db())
            .await
            .unwrap()
            .unwrap_or_else(|| app.today());
        let command = Correct {
            starts_on: start - Days::new(20) + Days::new(self.rng.random_range(0..40)),
            reason: CorrectionReason::TypingMistake,
            explanation: "Contrat relu.".to_owned(),
            seen: None,
        };
        let team = self.by.with(StaffActor { user: world::STAFF, is_superuser: false });
        done(correct(&app.app, &team, pass, command).await)
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
        let ctx = Ctx { actor, now: app.now(), request_id: self.by.request_id };
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

async fn seen(app: &TestApp, person: CandidateId) -> Option<Seen> {
    let seen: Option<(PassId, NaiveDate, Option<ProlongationRequestId>, ApplicationId, i64, i64)> =
        sqlx::query_as(
            "SELECT p.id, p.ends_on
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
    seen.map(|(pass, end, request, hire, hires, happened)| Seen { pass, end, request, hire, hires, happened })
}

/// People hired by the ACI a month ago, whose PASS ends in some months.
async fn generation(app: &TestApp, number: u128) -> Vec<CandidateId> {
    let mut people = vec![];
    for n in 0..PEOPLE {
        let person = person(app, number * PEOPLE + n).await;
        let pass = app.scenario().pass().of(person).insert().await;
        app.scenario().application().of(person).to(world::ACI).state(StateCode::Accepted).insert().await;
        crate::prolongations::move_to(app, pass, app.today() + Days::new(200)).await;
        sqlx::query(
            "UPDATE applications SET hiring_starts_on = hiring_starts_on - 60 WHERE candidate_id = $1",
        )
        .bind(person)
        .execute(app.db())
        .await
        .unwrap();
        people.push(person);
    }
    people
}

fn rounds() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "how much a run of the tests proves is said from outside")]
    let said = std::env::var("RACE_ROUNDS").ok();
    said.map_or(60, |rounds| rounds.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_comes_at_once_the_dates_hold() {
    let app = Arc::new(TestApp::new().await);
    let mut rng = ChaCha8Rng::seed_from_u64(20_261_128);
    let (mut people, mut tally) = (vec![], BTreeMap::<Kind, (u32, u32)>::new());
    for round in 0..rounds() {
        if round % GENERATION == 0 {
            people = generation(&app, u128::from(round / GENERATION)).await;
        }
        let mut running = JoinSet::new();
        for &on in &people {
            for _ in 0..AT_ONCE {
                let (kind, (user, company)) =
                    (*DRAWN.choose(&mut rng).unwrap(), *COMPANIES.choose(&mut rng).unwrap());
                let by = employer(&app, user, company).await;
                let by = Ctx { request_id: RequestId::at(app.now()), ..by };
                let attempt = Attempt { kind, on, by, company, rng: ChaCha8Rng::from_rng(&mut rng) };
                running.spawn(attempt.run(Arc::clone(&app)));
            }
        }
        for (kind, done) in running.join_all().await {
            let (yes, no) = tally.entry(kind).or_default();
            if done { *yes += 1 } else { *no += 1 }
        }
        if round % GENERATION == GENERATION - 1 {
            let mut found = vec![];
            examine(&app.db_as(Role::Reader), |finding| found.push(finding)).await.unwrap();
            assert!(found.is_empty(), "round {round}: {found:?}");
        }
    }
    println!("done and refused, of each kind: {tally:?}");
    for kind in DONE {
        assert!(tally.get(&kind).is_some_and(|(done, _)| *done > 0), "{kind:?} was never done: {tally:?}");
    }
    app.ignore_mails();
    app.ignore_jobs();
}
