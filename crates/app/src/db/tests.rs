use std::time::{Duration, Instant};

use iae_test_database::{Database, migrated};
use sqlx::{Executor as _, PgPool};
use tokio::time::{sleep, timeout};

use super::{Db, MIGRATOR, Purpose};
use crate::queue::DeleteFile;
use crate::{Error, queue};

/// A pool of one connection, and another to look at it from.
async fn one_connection() -> (Db, PgPool, Database) {
    let (watching, database) = migrated(&MIGRATOR).await;
    (Db::connect(database.options(), 1, Purpose::Pages), watching, database)
}

async fn left_inside(watching: &PgPool) -> i64 {
    let left = "SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    sqlx::query_scalar(left).fetch_one(watching).await.unwrap()
}

#[tokio::test]
async fn a_connection_comes_back_outside_of_any_transaction() {
    let (db, watching, _database) = one_connection().await;
    let mut connection = db.pool().acquire().await.unwrap();
    connection.execute("BEGIN; CREATE TABLE left_behind ()").await.unwrap();
    drop(connection);
    let mut connection = db.pool().acquire().await.unwrap();
    assert!(connection.execute("SELECT FROM left_behind").await.is_err(), "rolled back");
    // A transaction that failed, its connection in the state Postgres then refuses everything in.
    connection.execute("BEGIN").await.unwrap();
    connection.execute("SELECT 1 / 0").await.unwrap_err();
    drop(connection);
    db.pool().execute("CREATE TABLE kept ()").await.unwrap();
    watching.execute("SELECT FROM kept").await.unwrap();
    assert_eq!(left_inside(&watching).await, 0);
}

/// What sqlx 0.9.0 forgets: abandoned while the server answers, `begin` leaves its transaction open.
#[tokio::test]
async fn a_transaction_abandoned_as_it_begins_is_rolled_back() {
    let (db, watching, _database) = one_connection().await;
    for microseconds in 0..300 {
        let begun = timeout(Duration::from_micros(microseconds), db.pool().begin()).await;
        assert!(begun.is_err() || begun.unwrap().is_ok());
    }
    for microseconds in 0..300 {
        drop(timeout(Duration::from_micros(microseconds), db.begin()).await);
    }
    db.pool().execute("CREATE TABLE of_sqlx ()").await.unwrap();
    db.acquire().await.unwrap().execute("CREATE TABLE of_ours ()").await.unwrap();
    watching.execute("SELECT FROM of_sqlx, of_ours").await.unwrap();
    assert_eq!(left_inside(&watching).await, 0);
    assert_eq!(db.pool().size(), 1);
}

#[tokio::test]
async fn each_connection_is_bounded_for_what_it_does() {
    let (db, _watching, _database) = one_connection().await;
    for (purpose, expected) in [
        (Purpose::Tasks, ["10min", "30s", "5min"]),
        (Purpose::Exports, ["30min", "5s", "1min"]),
        (Purpose::Identities, ["10s", "2s", "10s"]),
        (Purpose::Commands, ["0", "5min", "0"]),
        (Purpose::Pages, ["15s", "2s", "10s"]),
    ] {
        let pool = db.for_purpose(purpose);
        let names = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];
        for (name, expected) in names.into_iter().zip(expected) {
            let said: String =
                sqlx::query_scalar("SELECT current_setting($1)").bind(name).fetch_one(&pool).await.unwrap();
            assert_eq!(said, expected, "{purpose:?}: {name}");
        }
    }
}

/// What another holds is waited for a moment, and asked again later: never a defect.
#[tokio::test]
async fn a_lock_and_a_statement_end_in_bounded_time_as_an_absence() {
    let (db, watching, _database) = one_connection().await;
    watching.execute("CREATE TABLE held ()").await.unwrap();
    let mut holder = watching.begin().await.unwrap();
    holder.execute("LOCK TABLE held").await.unwrap();
    let begun = Instant::now();
    let refused = Error::from(db.pool().execute("SELECT FROM held").await.unwrap_err());
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");
    assert!(begun.elapsed() < Duration::from_secs(4));

    db.pool().execute("SET statement_timeout = 50").await.unwrap();
    let refused = Error::from(db.pool().execute("SELECT pg_sleep(5)").await.unwrap_err());
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");

    let mut tx = db.begin().await.unwrap();
    tx.execute("SET idle_in_transaction_session_timeout = 50").await.unwrap();
    sleep(Duration::from_millis(300)).await;
    let refused = Error::from(tx.execute("SELECT").await.unwrap_err());
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");
    drop(tx);
    db.acquire().await.unwrap().execute("SELECT").await.unwrap();
}

/// The queue keeps nothing of why a statement failed but a code, which a lost connection has not.
#[tokio::test]
async fn a_connection_lost_as_tasks_are_enqueued_is_an_absence() {
    let (db, watching, _database) = one_connection().await;
    let mut tx = db.begin().await.unwrap();
    let backend: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *tx).await.unwrap();
    sqlx::query("SELECT pg_terminate_backend($1, 5000)").bind(backend).execute(&watching).await.unwrap();
    // Postgres says why it leaves, once.
    tx.execute("SELECT").await.unwrap_err();
    let task = DeleteFile { key: "0".to_owned() };
    let refused = queue::enqueue(&db, &mut tx, None, [task]).await.unwrap_err();
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");
}
