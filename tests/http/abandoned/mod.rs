//! What a browser abandons ends or never was: thousands of requests of each kind, their connections reset at every moment,
//! beside people who go about their business from other addresses (ADR 25).
//!
//! `make test` abandons 500 of each kind. `make abandoned` abandons 10,000 of each within a minute.

mod attack;
mod invariants;
mod journeys;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use iae_app::Db;
use iae_tests::{IdentityProvider, Persona, TestApp};
use tokio::task::JoinSet;

use attack::Attack;

/// Who abandons, from where.
const ATTACKER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 100));

/// Who else is there, each from an address of their own.
const HONEST: [Persona; 8] = [
    Persona::Employer,
    Persona::OtherEmployer,
    Persona::GeiqEmployer,
    Persona::Prescriber,
    Persona::OtherPrescriber,
    Persona::Orienter,
    Persona::Candidate,
    Persona::Inspector,
];

/// How many requests of each kind, within what time, beside how many journeys at least.
struct Scale {
    requests: usize,
    within: Duration,
    journeys: usize,
}

impl Scale {
    fn of_this_run() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "how much a run of the tests proves is said from outside"
        )]
        let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
        Self {
            requests: number("ABANDONED_REQUESTS").map_or(500, |requests| usize::try_from(requests).unwrap()),
            within: Duration::from_secs(number("ABANDONED_SECONDS").unwrap_or_default()),
            journeys: number("ABANDONED_JOURNEYS").map_or(1, |journeys| usize::try_from(journeys).unwrap()),
        }
    }
}

/// Both servers, over the network.
struct Servers {
    app: TestApp,
    platform: SocketAddr,
    provider: SocketAddr,
    /// The pools of both.
    pools: Vec<Db>,
    _running: IdentityProvider,
}

impl Servers {
    async fn start() -> Arc<Self> {
        let (app, running) = TestApp::with_identity_provider().await;
        app.ignore_jobs();
        let (platform, provider) = (app.listen().await, running.address());
        let pools = vec![app.db().clone(), app.app.exports.clone(), running.db.clone()];
        Arc::new(Self { app, platform, provider, pools, _running: running })
    }
}

/// Abandons requests of one kind beside honest people, then looks at everything.
async fn abandon(prepare: impl AsyncFnOnce(&Servers) -> Attack) {
    let scale = Scale::of_this_run();
    let servers = Servers::start().await;
    let attack = prepare(&servers).await;
    let over = Arc::<AtomicBool>::default();
    let mut people = JoinSet::new();
    for (lane, persona) in HONEST.into_iter().enumerate() {
        let (servers, over) = (Arc::clone(&servers), Arc::clone(&over));
        people.spawn(async move {
            let from = IpAddr::from([127, 0, 0, 2 + u8::try_from(lane).unwrap()]);
            let mut begun = 0;
            while !over.load(Ordering::Relaxed) {
                begun += 1;
                journeys::one(&servers, persona, from).await;
            }
            begun
        });
    }
    let abandoned = attack.run(&servers, &scale).await;
    over.store(true, Ordering::Relaxed);
    let journeys: usize = people.join_all().await.iter().sum();
    invariants::hold(&servers).await;
    let left = attack.left(&servers).await;
    println!("{abandoned} abandoned, which left {left}; {journeys} honest journeys meanwhile, none broken");
    assert_eq!(abandoned, scale.requests, "some never reached the server");
    assert!(left > 0, "nothing of what is abandoned was begun: this test proves nothing");
    assert!(journeys >= scale.journeys, "{journeys} journeys: too few to prove anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_read() {
    abandon(attack::reads).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_that_are_sent() {
    abandon(attack::writes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_sent() {
    abandon(attack::uploads).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins() {
    abandon(attack::sign_ins).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_outs() {
    abandon(attack::sign_outs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn exchanges_of_a_code() {
    abandon(attack::exchanges).await;
}
