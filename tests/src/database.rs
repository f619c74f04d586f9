//! One database per test, copied from a template that is prepared once for each state of the schema and the fixture.

use std::str::FromStr as _;
use std::time::Duration;

use chrono::{DateTime, Utc};
use iae_app::{Db, reference};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};
use uuid::Uuid;

use crate::{identity_provider, world};

/// Départements whose communes the template keeps: a copy of the whole country would slow every test down.
const DEPARTMENTS: &[&str] = &["54", "57"];

/// Databases of tests begin so; anything else of the server is left alone.
const PREFIX: &str = "iae_test_";

/// Two runs that both find no template wait for each other here.
const LOCK: i64 = 0x1ae_7e57;

/// A database left by a run that was killed goes after this long.
const STALE: Duration = Duration::from_hours(1);

/// A database of its own, dropped with the value.
pub(crate) struct Database {
    maintenance: PgConnectOptions,
    name: String,
}

impl Database {
    /// A fresh copy of the template.
    pub(crate) async fn new(now: DateTime<Utc>) -> Self {
        let maintenance = server();
        let mut connection = maintenance.connect().await.expect("DATABASE_URL names a server that answers");
        let template = format!("{PREFIX}template_{}", env!("TEMPLATE_HASH"));
        if !exists(&mut connection, &template).await {
            prepare(&maintenance, &mut connection, &template, now).await;
        }
        let name = format!("{PREFIX}{}_{}", seconds(), random());
        execute(&mut connection, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        connection.close().await.ok();
        Self { maintenance, name }
    }

    /// How to reach it.
    pub(crate) fn options(&self) -> PgConnectOptions {
        self.maintenance.clone().database(&self.name)
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Kinds of the tasks that wait in it.
    pub(crate) async fn pending_jobs(&self) -> Vec<String> {
        let Ok(mut connection) = self.options().connect().await else { return Vec::new() };
        sqlx::query_scalar(
            "SELECT t.identifier FROM graphile_worker._private_jobs j
             JOIN graphile_worker._private_tasks t ON t.id = j.task_id ORDER BY j.id",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap_or_default()
    }

    /// Drops it, whoever is still connected.
    pub(crate) async fn drop_now(&self) {
        let Ok(mut connection) = self.maintenance.connect().await else { return };
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut connection).await.ok();
        connection.close().await.ok();
    }
}

/// The server of the tests: any database of a server where databases may be created.
fn server() -> PgConnectOptions {
    #[expect(clippy::disallowed_methods, reason = "tests are told where Postgres is by the environment")]
    let url = std::env::var("DATABASE_URL")
        .expect("DATABASE_URL names a Postgres server where databases may be created");
    PgConnectOptions::from_str(&url)
        .expect("DATABASE_URL is a Postgres URL")
        .application_name("parcours-iae-tests")
}

/// Builds the template under a temporary name, so that it exists only when it is complete.
async fn prepare(
    maintenance: &PgConnectOptions,
    connection: &mut PgConnection,
    template: &str,
    now: DateTime<Utc>,
) {
    sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut *connection).await.unwrap();
    if !exists(connection, template).await {
        purge(connection).await;
        let building = format!("{template}_building");
        execute(connection, &format!("DROP DATABASE IF EXISTS {building} WITH (FORCE)")).await;
        execute(connection, &format!("CREATE DATABASE {building} TEMPLATE template0 ENCODING 'UTF8'")).await;
        let pool = sqlx::PgPool::connect_with(maintenance.clone().database(&building)).await.unwrap();
        fill(&Db::from(pool.clone()), now).await;
        pool.close().await;
        execute(connection, &format!("ALTER DATABASE {building} RENAME TO {template}")).await;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(LOCK).execute(connection).await.unwrap();
}

/// The schemas of the platform, the job queue and the identity provider; the reference data; the people of the tests.
async fn fill(db: &Db, now: DateTime<Utc>) {
    iae_app::db::migrate(db).await.expect("migrations run");
    iae_app::queue::migrate(db).await.expect("migrations of the queue run");
    iae_connect::migrate(db.pool()).await.expect("migrations of the identity provider run");
    // The provider runs on the clock of the system, whatever the time is in the tests.
    let keyring = identity_provider::keyring(db);
    keyring.prepare(DateTime::UNIX_EPOCH).await.expect("the identity provider makes its key");
    reference::load(db, now).await.expect("reference data loads");
    sqlx::query("DELETE FROM communes WHERE department_code <> ALL ($1)")
        .bind(DEPARTMENTS)
        .execute(db)
        .await
        .unwrap();
    let mut connection = db.acquire().await.unwrap();
    world::insert(&mut connection, now).await.expect("the world of the tests fits the schema");
    sqlx::query("VACUUM (FULL, ANALYZE)").execute(&mut *connection).await.unwrap();
}

/// Forgets the templates of former states and the databases of runs that were killed.
async fn purge(connection: &mut PgConnection) {
    let names: Vec<String> =
        sqlx::query_scalar("SELECT datname FROM pg_database WHERE starts_with(datname, $1)")
            .bind(PREFIX)
            .fetch_all(&mut *connection)
            .await
            .unwrap();
    for name in names.iter().filter(|name| is_stale(name)) {
        // Another run may still copy this template: then it stays for now.
        sqlx::query(sqlx::AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}")))
            .execute(&mut *connection)
            .await
            .ok();
    }
}

fn is_stale(name: &str) -> bool {
    let made_at = name
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.split('_').next())
        .and_then(|at| at.parse::<u64>().ok());
    made_at.is_some_and(|made_at| made_at + STALE.as_secs() < seconds())
}

async fn exists(connection: &mut PgConnection, name: &str) -> bool {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(connection)
        .await
        .unwrap()
}

async fn execute(connection: &mut PgConnection, statement: &str) {
    sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()))
        .execute(connection)
        .await
        .unwrap_or_else(|error| panic!("{statement}: {error}"));
}

#[expect(clippy::disallowed_methods, reason = "names a database of this run, nothing a test sees")]
fn seconds() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

#[expect(clippy::disallowed_methods, reason = "names a database of this run, nothing a test sees")]
fn random() -> String {
    Uuid::new_v4().simple().to_string()[..12].to_owned()
}
