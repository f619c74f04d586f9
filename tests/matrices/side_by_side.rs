//! What is proved of each persona is proved of all side by side, as many at a time as keep the cores busy. Each starts from a
//! copy of one prepared database: a new persona costs a copy, a new route costs its requests.

use std::num::NonZero;
use std::sync::Arc;

use iae_tests::{AtRest, TestApp};
use tokio::sync::Semaphore;

use crate::things::Things;

/// A platform that holds one of every thing.
pub struct World {
    at_rest: AtRest,
    /// What it holds.
    pub things: Things,
}

impl World {
    /// Makes the things.
    pub async fn new() -> Arc<Self> {
        let app = TestApp::new().await;
        let things = Things::new(&app).await;
        Arc::new(Self { at_rest: app.at_rest().await, things })
    }

    /// The platform as it was made, for one persona to do what they like with.
    pub async fn copy(&self) -> TestApp {
        self.at_rest.copy().await
    }
}

/// What a check says of each, in their order.
pub async fn side_by_side<Who, Said: Send + 'static, Check: Future<Output = Said> + Send + 'static>(
    everyone: impl IntoIterator<Item = Who>,
    check: impl Fn(Arc<World>, Who) -> Check,
) -> Vec<Said> {
    in_world(&World::new().await, everyone, check).await
}

/// The same in a world that is there already, for what is checked in several times.
pub async fn in_world<Who, Said: Send + 'static, Check: Future<Output = Said> + Send + 'static>(
    world: &Arc<World>,
    everyone: impl IntoIterator<Item = Who>,
    check: impl Fn(Arc<World>, Who) -> Check,
) -> Vec<Said> {
    // One more than there are cores, since each waits for Postgres now and then. No more: a request that waits for its
    // turn is a request that times out.
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let turns = Arc::new(Semaphore::new(cores + 1));
    let mut running = Vec::new();
    for who in everyone {
        let (turns, check) = (Arc::clone(&turns), check(Arc::clone(world), who));
        running.push(tokio::spawn(async move {
            let _turn = turns.acquire().await.unwrap();
            check.await
        }));
    }
    let mut said = Vec::new();
    for one in running {
        said.push(one.await.unwrap_or_else(|failure| std::panic::resume_unwind(failure.into_panic())));
    }
    said
}
