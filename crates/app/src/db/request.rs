//! The one connection of a request: taken at its first statement, kept for the next ones, given back when the request
//! ends or when it waits for a body ([`Db::rest`]). Outside of any request, each statement takes one of the reserve.

use std::future::Future;
use std::mem;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::PgConnection;

use super::Db;
use super::reserve::{Condition, Lent};

tokio::task_local! {
    static REQUEST: Slot;
}

/// Where a request keeps its connection between two statements.
#[derive(Debug, Clone, Default)]
struct Slot(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
enum Kept {
    #[default]
    Nothing,
    Idle(Lent),
    Lent,
}

impl Slot {
    fn replace(&self, kept: Kept) -> Kept {
        mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), kept)
    }
}

/// Runs a request: all it reads and writes goes through one connection.
pub async fn one_connection<F: Future>(request: F) -> F::Output {
    REQUEST.scope(Slot::default(), request).await
}

/// A connection in use. Dropped, it goes back to its request, or to the reserve when there is none.
#[derive(Debug)]
pub struct Connection {
    /// Taken away only as the value is dropped.
    lent: Option<Lent>,
    slot: Option<Slot>,
}

impl Db {
    /// The connection of this request, or one of the reserve outside of any.
    ///
    /// Asking for a second one while the first is in use is a defect, and fails: ten requests that each hold one and
    /// wait for another would wait for each other.
    pub async fn acquire(&self) -> sqlx::Result<Connection> {
        let Ok(slot) = REQUEST.try_with(Slot::clone) else {
            return Ok(Connection { lent: Some(self.reserve.take().await?), slot: None });
        };
        let kept = match slot.replace(Kept::Lent) {
            Kept::Idle(kept) => kept,
            Kept::Nothing => {
                slot.replace(Kept::Nothing);
                let taken = self.reserve.take().await?;
                slot.replace(Kept::Lent);
                taken
            }
            Kept::Lent => {
                return Err(sqlx::Error::Protocol(
                    "this request already uses its connection: pass it on".to_owned(),
                ));
            }
        };
        Ok(Connection { lent: Some(kept), slot: Some(slot) })
    }

    /// Gives the connection of this request back to the reserve while it waits for something slow: the body of the
    /// request, a file. The next statement takes one again.
    pub fn rest(&self) {
        if let Ok(slot) = REQUEST.try_with(Slot::clone)
            && let Kept::Lent = slot.replace(Kept::Nothing)
        {
            slot.replace(Kept::Lent);
        }
    }
}

impl Connection {
    /// Takes the connection out of its request: the next statement of the request takes another one.
    pub(super) fn detach(&mut self) -> Option<Lent> {
        if let Some(slot) = self.slot.take() {
            slot.replace(Kept::Nothing);
        }
        self.lent.take()
    }

    /// Says whether a transaction is open.
    pub(super) fn set_in_transaction(&mut self, is_open: bool) {
        if let Some(lent) = &mut self.lent {
            lent.in_transaction = is_open;
        }
    }
}

impl Deref for Connection {
    type Target = PgConnection;

    #[expect(clippy::expect_used, reason = "the connection leaves the value only when the value goes")]
    fn deref(&self) -> &PgConnection {
        self.lent.as_ref().expect("a connection in use")
    }
}

impl DerefMut for Connection {
    #[expect(clippy::expect_used, reason = "the connection leaves the value only when the value goes")]
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.lent.as_mut().expect("a connection in use")
    }
}

impl Drop for Connection {
    /// One that was abandoned in the middle of a statement, or lost, does not stay with the request either.
    fn drop(&mut self) {
        let (Some(slot), Some(mut lent)) = (self.slot.take(), self.lent.take()) else { return };
        let kept = match lent.condition() {
            Condition::Quiet => Kept::Idle(lent),
            Condition::Busy | Condition::Lost => Kept::Nothing,
        };
        slot.replace(kept);
    }
}
