//! Whatever comes to a PASS, drawn at random, several at once on the same people: each is done whole or refused in words, and
//! every date holds (rule book 03 §8). `RACE_ROUNDS` says for how long: docs/testing.md.

mod attempt;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Days;
use iae_app::Ctx;
use iae_app::db::Role;
use iae_app::doctor::examine;
use iae_domain::applications::StateCode;
use iae_domain::ids::{CandidateId, OrganisationId, RequestId, UserId};
use iae_tests::{TestApp, world};
use rand::SeedableRng as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;
use tokio::task::JoinSet;

use self::attempt::Attempt;
use crate::applications::race::{employer, person};

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
