//! What the template of these tests holds: the whole platform, and the people of the tests' world.

use chrono::{DateTime, Utc};
use iae_app::{Db, reference};
use iae_test_database::Database;
use sqlx::{AssertSqlSafe, ConnectOptions as _};

use crate::{growth, identity_provider, world};

/// Départements whose communes the template keeps: a copy of the whole country would slow every test down.
const DEPARTMENTS: &[&str] = &["54", "57"];

/// Communes it keeps besides, each for what people type: the largest towns and what begins like them, those merged or
/// called alike, those whose post code is of the département next door.
const COMMUNES: &[&str] = &[
    "03250", "13055", "13201", "34172", "37261", "50129", "59350", "59352", "69123", "69383", "75056",
    "75116", "79202", "89162", "91228", "91479", "97801",
];

/// A fresh copy of the template, named after the schema and the fixture (`build.rs`).
pub(crate) async fn database(now: DateTime<Utc>) -> Database {
    Database::new(env!("TEMPLATE_HASH"), async |pool| fill(&Db::from(pool.clone()), now).await).await
}

/// What every connection to a base that explains itself has: each statement comes with a notice, its plan and the rows it read.
const EXPLAINED: &[(&str, &str)] = &[
    ("session_preload_libraries", "auto_explain"),
    ("auto_explain.log_min_duration", "0"),
    ("auto_explain.log_analyze", "on"),
    ("auto_explain.log_timing", "off"),
    ("auto_explain.log_format", "json"),
    ("auto_explain.log_level", "notice"),
];

/// A fresh copy of a second template: the first one, grown. It explains each statement to whoever asks it, which a role that may not
/// load a library into Postgres cannot have it do.
pub(crate) async fn grown(now: DateTime<Utc>) -> Database {
    let database = Database::grown(
        concat!(env!("TEMPLATE_HASH"), "_grown"),
        env!("TEMPLATE_HASH"),
        async |pool| fill(&Db::from(pool.clone()), now).await,
        async |pool| growth::grow(&Db::from(pool.clone()), now).await,
    )
    .await;
    let mut connection = database.options().connect().await.unwrap();
    sqlx::query("LOAD 'auto_explain'").execute(&mut connection).await.expect("Postgres explains its plans");
    for (setting, value) in EXPLAINED {
        let set = format!("ALTER DATABASE {} SET {setting} = '{value}'", database.name());
        sqlx::query(AssertSqlSafe(set)).execute(&mut connection).await.unwrap();
    }
    database
}

/// Kinds of the tasks that wait in it.
pub(crate) async fn pending_jobs(database: &Database) -> Vec<String> {
    let Ok(mut connection) = database.options().connect().await else { return Vec::new() };
    sqlx::query_scalar(
        "SELECT t.identifier FROM graphile_worker._private_jobs j
         JOIN graphile_worker._private_tasks t ON t.id = j.task_id ORDER BY j.id",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap_or_default()
}

/// The schemas of the platform, the job queue and the identity provider; the reference data; the people of the tests.
async fn fill(db: &Db, now: DateTime<Utc>) {
    iae_app::db::migrate(db).await.expect("migrations run");
    iae_app::queue::migrate(db).await.expect("migrations of the queue run");
    iae_connect::migrate(db.pool()).await.expect("migrations of the identity provider run");
    iae_app::db::roles::prepare(db).await.expect("roles are given their rights");
    // The provider runs on the clock of the system, whatever the time is in the tests.
    let keyring = identity_provider::keyring(db);
    keyring.prepare(DateTime::UNIX_EPOCH).await.expect("the identity provider makes its key");
    reference::load(db, now).await.expect("reference data loads");
    for query in [
        "DELETE FROM commune_history h USING communes c
         WHERE c.insee_code = h.today_code AND c.department_code <> ALL ($1) AND c.insee_code <> ALL ($2)",
        "DELETE FROM communes WHERE department_code <> ALL ($1) AND insee_code <> ALL ($2)",
    ] {
        sqlx::query(query).bind(DEPARTMENTS).bind(COMMUNES).execute(db).await.unwrap();
    }
    let mut connection = db.acquire().await.unwrap();
    world::insert(&mut connection, now).await.expect("the world of the tests fits the schema");
    iae_app::directory::store::count_figures(db, now)
        .await
        .expect("the figures of the home page are counted");
    sqlx::query("VACUUM (FULL, ANALYZE)").execute(&mut *connection).await.unwrap();
}
