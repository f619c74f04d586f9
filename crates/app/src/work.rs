//! The unit of work: one transaction, the events of all it saves, and their traces written once at its end.
//!
//! ```ignore
//! let mut work = app.begin(ctx).await?;
//! let application = store::lock_for_employer(&mut work, ctx.actor.organisation, id).await?.ok_or(Error::NotFound)?;
//! policy::refuse(&ctx.actor, &application)?;
//! store::save(&mut work, application.refuse(command, work.now())?).await?;
//! work.commit().await?;
//! ```

use chrono::{DateTime, NaiveDate, Utc};
use graphile_worker::TaskHandler;
use iae_domain::actor::ActorRecord;
use iae_domain::ids::{EmailId, PassId, RequestId, UserId};
use iae_domain::time::paris_date;
use iae_domain::{Changed, Event};
use sqlx::PgConnection;

use crate::db::{Tx, ensure_alive};
use crate::error::Result;
use crate::{App, Ctx, audit, notifications, pass, queue};

/// A transaction and what happened in it. Dropped without [`Work::commit`], nothing happened.
#[derive(Debug)]
pub struct Work<'a> {
    /// The application it is done for.
    pub app: &'a App,
    /// Who does it.
    pub by: ActorRecord,
    request_id: RequestId,
    impersonator: Option<UserId>,
    now: DateTime<Utc>,
    tx: Tx,
    events: Vec<Event>,
    /// PASS that wait for their number.
    unnumbered: Vec<PassId>,
}

impl App {
    /// Begins a unit of work for whoever acts.
    pub async fn begin<A: Clone + Into<ActorRecord>>(&self, ctx: &Ctx<A>) -> Result<Work<'_>> {
        Ok(Work {
            app: self,
            by: ctx.actor.clone().into(),
            request_id: ctx.request_id,
            impersonator: ctx.impersonator,
            now: ctx.now,
            tx: self.db.begin_keyed().await?,
            events: Vec::new(),
            unnumbered: Vec::new(),
        })
    }
}

impl Work<'_> {
    /// Where statements run.
    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// The time of what happens: that of the request, then that of the last lock ([`Work::locked`]).
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The calendar day in Paris.
    pub fn today(&self) -> NaiveDate {
        paris_date(self.now)
    }

    /// Reads the time again. Every function that locks calls it once the lock is held: of two people who decide about
    /// one thing, the second decides later than the first, however long it waited.
    pub fn locked(&mut self) {
        self.now = self.now.max(self.app.clock.now());
    }

    /// Takes the value to be written, and keeps its events for the end.
    pub fn keep<T>(&mut self, changed: Changed<T>) -> T {
        let (value, events) = changed.into_parts();
        self.events.extend(events);
        value
    }

    /// Has this PASS numbered as the last thing before the work commits, so that others wait for its number no longer than
    /// that (ADR 45).
    pub(crate) fn number_at_commit(&mut self, pass: PassId) {
        self.unnumbered.push(pass);
    }

    /// Adds tasks to the queue: they exist if and only if the work commits.
    pub async fn enqueue<T: TaskHandler + Clone>(
        &mut self,
        tasks: impl IntoIterator<Item = T>,
    ) -> Result<()> {
        queue::enqueue(&self.app.db, &mut self.tx, None, tasks).await
    }

    /// The same in a queue whose tasks run one after the other.
    pub async fn enqueue_in<T: TaskHandler + Clone>(
        &mut self,
        queue: &str,
        tasks: impl IntoIterator<Item = T>,
    ) -> Result<()> {
        queue::enqueue(&self.app.db, &mut self.tx, Some(queue), tasks).await
    }

    /// Writes the audit rows, the history and the mails of everything that happened, in the order in which it did, and
    /// makes it all happen.
    pub async fn commit(mut self) -> Result<()> {
        let events = std::mem::take(&mut self.events);
        if events.is_empty() {
            ensure_alive(&mut self.tx).await?;
        }
        let Self { by, now: at, request_id, impersonator, .. } = self;
        let stamp = audit::Stamp { by, at, request_id, impersonator };
        audit::record(&mut self.tx, &stamp, &events).await?;
        let mails = notifications::queue(&self.app.config, &mut self.tx, &self.by, self.now, &events).await?;
        let sent: Vec<EmailId> = mails.iter().map(|mail| mail.email).collect();
        self.enqueue(mails).await?;
        if self.unnumbered.is_empty() {
            self.tx.commit().await?;
        } else {
            self.tx.commit_after(&pass::store::numbering::statement(&self.unnumbered, &sent)).await?;
        }
        Ok(())
    }

    /// Gives everything up, locks included.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.tx.rollback().await?)
    }
}
