//! What a use case may fail with.
//!
//! What the rules may refuse fails with a [`crate::Failure`], which wraps this one for the rest. `NotFound` is also the answer for what belongs to another tenant (TEN-1).

use iae_domain::budget::Exhausted;
use iae_domain::pass::CancelledNotice;
use iae_domain::policy::Denied;

/// Why a use case stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The thing does not exist for this actor.
    #[error("not found")]
    NotFound,
    /// The PASS was cancelled; whoever asks read it while it was (rule book 03 §4.12).
    #[error("the PASS was cancelled")]
    PassCancelled(Box<CancelledNotice>),
    /// The actor sees the thing and may not do this to it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The actor asked all they may for now; nothing else was done.
    #[error(transparent)]
    Exhausted(Exhausted),
    /// What the actor read changed meanwhile: nothing was written (WF-8).
    #[error("changed meanwhile")]
    Conflict,
    /// The database, or what a use case cannot do without, does not answer now: nothing was written, trying again later is
    /// right.
    #[error("something is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Anything else: a defect or a broken dependency, logged once at the edge.
    #[error("{0}")]
    Internal(String, #[source] Option<Box<dyn std::error::Error + Send + Sync>>),
}

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An internal error with its cause.
    pub fn internal(what: &str, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(what.to_owned(), Some(cause.into()))
    }

    /// A row the schema should have made impossible.
    pub fn inconsistent(table: &str, column: &str, id: impl std::fmt::Display) -> Self {
        Self::Internal(format!("inconsistent {table}.{column} of row {id}"), None)
    }
}

impl From<iae_credentials::Error> for Error {
    fn from(error: iae_credentials::Error) -> Self {
        match error {
            iae_credentials::Error::Busy => Self::Unavailable(error.into()),
            iae_credentials::Error::Failed(_) | iae_credentials::Error::Task(_) => {
                Self::internal("credentials", error)
            }
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let unavailable = match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Tls(_) => true,
            sqlx::Error::Database(database) => database.code().is_some_and(|code| passes(&code)),
            _ => false,
        };
        if unavailable { Self::Unavailable(error.into()) } else { Self::internal("database", error) }
    }
}

/// Whether what Postgres answers passes by itself: the server shuts down or starts up (57P), lacks resources (53), is not
/// reached (08); a lock (55P03) or a statement (57014) took longer than its connection allows, a transaction was left
/// idle (25P03), or stood in the way of another (40).
pub(crate) fn passes(code: &str) -> bool {
    ["57P", "57014", "53", "08", "55P03", "25P03", "40"].iter().any(|class| code.starts_with(class))
}
