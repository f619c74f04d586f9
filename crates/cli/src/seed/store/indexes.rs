//! Indexes of the tables that the country fills most, put aside while they are and made again afterwards: an index made at once
//! takes a tenth of the time, and two thirds of the place, of one that each row goes into.

use iae_app::{Db, Tx};
use sqlx::AssertSqlSafe;
use tokio::sync::Mutex;

/// Those tables. As rows come in, neither triggers nor foreign keys look anything up in them but by their keys, which stay; the
/// indexes of `applications` and `passes`, by which triggers derive, are not touched.
const TABLES: &[&str] = &[
    "users",
    "candidates",
    "candidate_relations",
    "followed_people",
    "sharing_consents",
    "application_count_changes",
    "application_jobs",
    "application_transitions",
    "emails",
    "audit_events",
];

/// Puts them aside: what makes them is written in a table that lasts until they are there again, so that whoever stops the
/// load in the middle loses none.
pub async fn put_aside(db: &Db) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("CREATE TABLE seed_indexes (name text PRIMARY KEY, definition text NOT NULL)")
        .execute(&mut *tx)
        .await?;
    let names: Vec<String> = sqlx::query_scalar(
        r"
        INSERT INTO seed_indexes (name, definition)
        SELECT i.indexrelid::regclass::text
             , replace(pg_get_indexdef(i.indexrelid), 'CREATE INDEX ', 'CREATE INDEX IF NOT EXISTS ')
        FROM pg_index i
        WHERE i.indrelid IN (SELECT to_regclass(name) FROM unnest($1::text[]) AS name)
          AND NOT i.indisunique
          AND NOT i.indisexclusion
        ORDER BY i.indexrelid
        RETURNING name
        ",
    )
    .bind(TABLES)
    .fetch_all(&mut *tx)
    .await?;
    for name in names {
        sqlx::query(AssertSqlSafe(format!("DROP INDEX {name}"))).execute(&mut *tx).await?;
    }
    tx.commit().await
}

/// Makes again those that were put aside, two at once; `progress` is told how many are done, out of how many. Nothing to do
/// when there are none.
pub async fn put_back(db: &Db, progress: &(dyn Fn(u64, u64) + Sync)) -> sqlx::Result<()> {
    let are_aside: bool =
        sqlx::query_scalar("SELECT to_regclass('seed_indexes') IS NOT NULL").fetch_one(db).await?;
    if !are_aside {
        return Ok(());
    }
    // The biggest tables first, so that nobody waits for the last of them alone.
    let definitions: Vec<(String, String)> = sqlx::query_as(
        r"
        SELECT name
             , definition
        FROM seed_indexes
        ORDER BY (definition LIKE '% ON public.audit_events %') DESC, name DESC
        LIMIT 1000
        ",
    )
    .fetch_all(db)
    .await?;
    let total = u64::try_from(definitions.len()).unwrap_or(0);
    progress(0, total);
    let (left, done) = (Mutex::new(definitions.into_iter()), Mutex::new(0));
    let making = async || -> sqlx::Result<()> {
        loop {
            let Some((name, definition)) = left.lock().await.next() else { return Ok(()) };
            make(db, &name, definition).await?;
            let mut done = done.lock().await;
            *done += 1;
            progress(*done, total);
        }
    };
    tokio::try_join!(making(), making())?;
    sqlx::query("DROP TABLE seed_indexes").execute(db).await.map(drop)
}

async fn make(db: &Db, name: &str, definition: String) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    unhurried(&mut tx).await?;
    sqlx::query(AssertSqlSafe(definition)).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM seed_indexes WHERE name = $1").bind(name).execute(&mut *tx).await?;
    tx.commit().await
}

/// Memory to sort in, and time. Each connection has a core: it needs no help.
async fn unhurried(tx: &mut Tx) -> sqlx::Result<()> {
    for setting in [
        "SET LOCAL maintenance_work_mem = '256MB'",
        "SET LOCAL max_parallel_maintenance_workers = 0",
        "SET LOCAL statement_timeout = 0",
        "SET LOCAL lock_timeout = 0",
    ] {
        sqlx::query(setting).execute(&mut **tx).await?;
    }
    Ok(())
}
