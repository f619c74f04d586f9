//! How much one may ask of a server, and for how long.

use std::time::Duration;

/// How much one may ask of a server, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The longest silence of a connection: while the head of a request comes, between two requests, and while an answer
    /// is not taken.
    pub silence: Duration,
    /// Connections open at once. Those that come after wait to be taken.
    pub connections: usize,
    /// Connections of one address among them: the next is told to come back. None when they all come from our own proxy,
    /// which has a bound of its own.
    pub connections_of_one: Option<usize>,
    /// Requests being answered at once. A request that is abandoned counts until it ends.
    pub requests: usize,
    /// Requests of one address among them.
    pub requests_of_one: usize,
    /// How long a request waits for a place. Abandoned meanwhile, it never begins.
    pub wait: Duration,
    /// How long a server that stops waits for what was begun.
    pub farewell: Duration,
}

impl Default for Bounds {
    /// An agency of fifty behind one address opens at most three hundred connections, of which few are at work at once. A
    /// process may have a thousand files open, unless its operator says otherwise.
    fn default() -> Self {
        Self {
            silence: Duration::from_secs(20),
            connections: 768,
            connections_of_one: Some(384),
            requests: 256,
            requests_of_one: 64,
            wait: Duration::from_secs(5),
            farewell: Duration::from_secs(30),
        }
    }
}
