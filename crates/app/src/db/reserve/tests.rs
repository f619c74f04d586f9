use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use iae_test_database::{Database, migrated};
use sqlx::{Executor as _, PgPool};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::super::{Db, MIGRATOR, Purpose, one_connection};
use crate::Error;

/// Requests that are abandoned, and the connections they share.
const ABANDONED: i64 = 10_000;
const CONNECTIONS: u32 = 8;

async fn reserve_of(size: u32) -> (Db, PgPool, Database) {
    let (watching, database) = migrated(&MIGRATOR).await;
    (Db::connect(database.options(), size, Purpose::Pages), watching, database)
}

/// Reads its own number twice, the second time beside a setting of its transaction.
async fn request(db: &Db, number: i64) -> sqlx::Result<()> {
    let found: (i64, Option<String>) =
        sqlx::query_as("SELECT $1, nullif(current_setting('iae.number', true), '')")
            .bind(number)
            .fetch_one(db)
            .await?;
    assert_eq!(found, (number, None), "neither an answer nor a transaction of another");
    let mut tx = db.begin().await?;
    sqlx::query("SELECT set_config('iae.number', $1, true)")
        .bind(number.to_string())
        .execute(&mut *tx)
        .await?;
    let found: (i64, String) =
        sqlx::query_as("SELECT $1, current_setting('iae.number') FROM pg_sleep(0.0002)")
            .bind(number)
            .fetch_one(&mut *tx)
            .await?;
    assert_eq!(found, (number, number.to_string()));
    if number % 3 == 0 { tx.commit().await } else { Ok(()) }
}

/// After how long the request of this number is given up: anywhere between its beginning and its end.
fn patience(number: i64) -> Duration {
    let drawn = u64::try_from(number).unwrap().wrapping_mul(6_364_136_223_846_793_005).rotate_left(31);
    Duration::from_micros(drawn % 4_000)
}

/// Each connection can be had, and works.
async fn all_answer(db: &Db, size: u32) {
    let mut held = Vec::new();
    for _ in 0..size {
        let mut connection = db.acquire().await.expect("a place was lost");
        connection.execute("SELECT").await.unwrap();
        held.push(connection);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_a_request_abandoned_in_mid_statement_reaches_another() {
    let (db, watching, _database) = reserve_of(CONNECTIONS).await;
    let abandoned = Arc::new(AtomicUsize::new(0));
    let mut visitors = JoinSet::new();
    for visitor in 0..i64::from(CONNECTIONS) {
        let (db, abandoned) = (db.clone(), Arc::clone(&abandoned));
        visitors.spawn(async move {
            for number in (visitor..ABANDONED).step_by(8) {
                match timeout(patience(number), one_connection(request(&db, number))).await {
                    Ok(answered) => answered.unwrap(),
                    Err(_) => {
                        abandoned.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        });
    }
    while let Some(ended) = visitors.join_next().await {
        ended.unwrap();
    }
    assert!(abandoned.load(Ordering::Relaxed) > 1_000, "{abandoned:?} were abandoned");
    all_answer(&db, CONNECTIONS).await;
    let left = "SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&watching).await.unwrap();
    assert_eq!(left, 0);
}

/// Its connection is not handed on before Postgres is done with what it was asked.
#[tokio::test]
async fn a_statement_that_was_abandoned_keeps_its_place_while_it_runs() {
    let (db, _watching, _database) = reserve_of(1).await;
    let before: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&db).await.unwrap();
    let begun = Instant::now();
    let asked = sqlx::query("SELECT pg_sleep(1)").execute(&db);
    assert!(timeout(Duration::from_millis(100), asked).await.is_err());
    let after: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&db).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_millis(900), "{:?}", begun.elapsed());
    assert_ne!(before, after, "it was closed");
}

/// A refusal that ends a transaction before its commit is nothing out of the ordinary.
#[tokio::test]
async fn a_transaction_that_is_given_up_between_two_statements_keeps_its_connection() {
    let (db, _watching, _database) = reserve_of(1).await;
    let mut tx = db.begin().await.unwrap();
    let before: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *tx).await.unwrap();
    tx.execute("CREATE TABLE given_up ()").await.unwrap();
    drop(tx);
    let after: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&db).await.unwrap();
    assert_eq!(before, after);
    db.acquire().await.unwrap().execute("SELECT FROM given_up").await.unwrap_err();
}

/// A transaction that nobody said was one does not leave its connection to the next.
#[tokio::test]
async fn the_transactions_of_sqlx_are_known_too() {
    let (db, _watching, _database) = reserve_of(1).await;
    let before: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&db).await.unwrap();
    let mut connection = db.acquire().await.unwrap();
    // As if whoever began it forgot it.
    std::mem::forget(sqlx::Connection::begin(&mut *connection).await.unwrap());
    drop(connection);
    let after: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&db).await.unwrap();
    assert_ne!(before, after, "it was closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_postgres_restarted_one_request_at_most_is_told_to_come_back() {
    let (db, watching, _database) = reserve_of(CONNECTIONS).await;
    all_answer(&db, CONNECTIONS).await;
    restart(&watching).await;
    let mut refused = Vec::new();
    for number in 0..30 {
        if let Err(error) = request(&db, number).await {
            refused.push(Error::from(error));
        }
    }
    assert!(refused.len() <= 1, "{refused:?}");
    assert!(refused.iter().all(|error| matches!(error, Error::Unavailable(_))), "{refused:?}");
    // Once a moment has passed, nobody sees anything of it.
    all_answer(&db, CONNECTIONS).await;
    restart(&watching).await;
    sleep(Duration::from_millis(1_100)).await;
    for number in 0..30 {
        request(&db, number).await.unwrap();
    }
    all_answer(&db, CONNECTIONS).await;
}

/// What a restart does to those who are connected.
async fn restart(watching: &PgPool) {
    let all = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'parcours-iae'";
    watching.execute(all).await.unwrap();
}

#[tokio::test]
async fn once_closed_it_gives_no_connection() {
    let (db, _watching, _database) = reserve_of(2).await;
    all_answer(&db, 2).await;
    db.close().await;
    let refused = Error::from(db.acquire().await.unwrap_err());
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");
}
