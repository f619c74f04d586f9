//! A transaction on the connection of the request.

use std::ops::{Deref, DerefMut};

use sqlx::{AssertSqlSafe, Executor as _, PgConnection, SqlSafeStr as _, SqlStr};
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::reserve::{Condition, FAREWELL};
use super::{Connection, Db};

/// A transaction: dropped without `commit`, it never happened.
///
/// Our own rather than sqlx's, which cannot give its connection back to the request, and whose `begin`, given up in the
/// middle, forgets the transaction it began. Nothing else begins one on these connections: what is open is known without
/// asking Postgres (`reserve.rs`).
#[derive(Debug)]
pub struct Tx {
    connection: Connection,
    is_open: bool,
}

impl Db {
    /// Begins a transaction.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        self.begin_by("BEGIN").await
    }

    /// Begins one whose statements all read by key, as those of a unit of work do: each keeps the plan it was given once.
    /// Left to itself, Postgres plans those that take a list of ids at each run; for what mails say of an application,
    /// that takes ten times as long as to read it.
    pub async fn begin_keyed(&self) -> sqlx::Result<Tx> {
        self.begin_by("BEGIN; SET LOCAL plan_cache_mode = force_generic_plan").await
    }

    /// Begins one that reads the database as it is at this instant, however long that takes, and writes nothing.
    pub async fn begin_snapshot(&self) -> sqlx::Result<Tx> {
        // A reading by key of ten thousand rows is to stay one: the planner would rather read the table.
        self.begin_by(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL random_page_cost = 1; \
             SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0",
        )
        .await
    }

    async fn begin_by(&self, statement: &'static str) -> sqlx::Result<Tx> {
        // Open from before the statement: abandoned half-way, it is rolled back all the same.
        let mut tx = Tx { connection: self.acquire().await?, is_open: true };
        tx.connection.set_in_transaction(true);
        tx.connection.execute(statement).await?;
        Ok(tx)
    }
}

impl Tx {
    /// Makes everything since `begin` happen.
    pub async fn commit(self) -> sqlx::Result<()> {
        self.end("COMMIT".into_sql_str()).await
    }

    /// The same, this statement being the last of all: whatever waited for the end of the transaction is done before it, and
    /// the commit is sent with it. What it locks is locked while Postgres ends the transaction, and no longer. It takes no
    /// parameters: what it is written of must be ours.
    pub(crate) async fn commit_after(self, last: &str) -> sqlx::Result<()> {
        let statements = format!("SET CONSTRAINTS ALL IMMEDIATE; {last}; COMMIT");
        self.end(AssertSqlSafe(statements).into_sql_str()).await
    }

    /// Makes everything since `begin` not happen, locks included, before going on.
    pub async fn rollback(self) -> sqlx::Result<()> {
        self.end("ROLLBACK".into_sql_str()).await
    }

    async fn end(mut self, statement: SqlStr) -> sqlx::Result<()> {
        self.connection.execute(statement).await?;
        self.connection.set_in_transaction(false);
        self.is_open = false;
        Ok(())
    }
}

impl Deref for Tx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.connection
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.connection
    }
}

impl Drop for Tx {
    /// Rolls back at once, whether or not anyone waits, and gives the connection back only then. One abandoned in the middle of
    /// a statement is closed, as is one that cannot be rolled back: both roll back too.
    fn drop(&mut self) {
        if !self.is_open {
            return;
        }
        let Some(mut lent) = self.connection.detach() else { return };
        // Looked at as if its transaction were over already: what remains is whether an answer is due.
        lent.in_transaction = false;
        let is_answered = lent.condition() == Condition::Quiet;
        lent.in_transaction = true;
        if let (true, Ok(runtime)) = (is_answered, Handle::try_current()) {
            runtime.spawn(async move {
                // Whole: a field of it alone would be a copy.
                let mut lent = lent;
                // Nobody waits for it, nor gives it up: one that is never answered would keep its place for ever.
                let rolled_back = timeout(FAREWELL, lent.execute("ROLLBACK")).await;
                if matches!(rolled_back, Ok(Ok(_))) {
                    lent.in_transaction = false;
                }
            });
        }
    }
}
