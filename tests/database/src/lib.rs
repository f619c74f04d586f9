//! One database per test, copied from a template that is prepared once for each state of what it holds. A crate of
//! its own, because the tests of `app` and of `connect`, which stand below `tests`, use it too.
//!
//! ```ignore
//! #[tokio::test]
//! async fn communes_enter_once() {
//!     let (db, _database) = migrated(&MIGRATOR).await;
//! ```

mod kept;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool};
use uuid::Uuid;

pub use kept::kept;

/// Databases of tests begin so; anything else of the server is left alone.
const PREFIX: &str = "iae_test_";

/// What a template begins as, when it is not another one.
const EMPTY: &str = "template0 ENCODING 'UTF8'";

/// A database left by a run that was killed goes after this long.
const STALE: Duration = Duration::from_hours(1);

/// A database of its own, dropped with the value, whoever is still connected.
pub struct Database {
    maintenance: PgConnectOptions,
    name: String,
}

/// A pool on a database as these migrations leave it, and what drops this database at the end of the test.
pub async fn migrated(migrator: &Migrator) -> (PgPool, Database) {
    let mut state = DefaultHasher::new();
    migrator.iter().for_each(|migration| (migration.version, &migration.checksum).hash(&mut state));
    let key = format!("{:016x}", state.finish());
    let database = Database::new(&key, async |db| migrator.run(db).await.expect("migrations run")).await;
    let pool = PgPoolOptions::new().max_connections(5).connect_lazy_with(database.options());
    (pool, database)
}

impl Database {
    /// A fresh copy of the template of this key, which names its content. The first test that finds none fills it.
    pub async fn new(key: &str, fill: impl AsyncFnOnce(&PgPool)) -> Self {
        let (maintenance, mut connection) = connected().await;
        let template = filled(&maintenance, &mut connection, (key, EMPTY), fill).await;
        copy(maintenance, connection, &template).await
    }

    /// A fresh copy of the template of this key: that of `base`, filled as [`Self::new`] fills it, with more in it.
    pub async fn grown(
        key: &str,
        base: &str,
        fill_base: impl AsyncFnOnce(&PgPool),
        fill: impl AsyncFnOnce(&PgPool),
    ) -> Self {
        let (maintenance, mut connection) = connected().await;
        let base = filled(&maintenance, &mut connection, (base, EMPTY), fill_base).await;
        let of_base = format!("{base} STRATEGY {}", strategy(&mut connection).await);
        let template = filled(&maintenance, &mut connection, (key, &of_base), fill).await;
        copy(maintenance, connection, &template).await
    }

    /// A copy of this one, which nobody may be connected to.
    pub async fn copy(&self) -> Self {
        let connection = self.maintenance.connect().await.expect("the server answers");
        copy(self.maintenance.clone(), connection, &self.name).await
    }

    /// How to reach it.
    pub fn options(&self) -> PgConnectOptions {
        self.maintenance.clone().database(&self.name)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    async fn remove(&self) {
        let Ok(mut connection) = self.maintenance.connect().await else { return };
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut connection).await.ok();
        connection.close().await.ok();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A runtime of its own: the one of the test may already be stopping, and cannot be blocked on from here.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.map(|runtime| runtime.block_on(self.remove())).ok();
            });
        });
    }
}

async fn copy(maintenance: PgConnectOptions, mut connection: PgConnection, source: &str) -> Database {
    let name = format!("{PREFIX}{}_{}", seconds(), random());
    let strategy = strategy(&mut connection).await;
    execute(&mut connection, &format!("CREATE DATABASE {name} TEMPLATE {source} STRATEGY {strategy}")).await;
    connection.close().await.ok();
    Database { maintenance, name }
}

/// The quicker way to copy a database: its files, unless the two checkpoints this takes wait for a disk. Then, as Postgres does
/// by itself, block by block through the log.
async fn strategy(connection: &mut PgConnection) -> &'static str {
    let is_throwaway: bool =
        sqlx::query_scalar("SELECT current_setting('fsync') = 'off'").fetch_one(connection).await.unwrap();
    if is_throwaway { "FILE_COPY" } else { "WAL_LOG" }
}

/// How to reach the server of the tests, and a connection to it.
async fn connected() -> (PgConnectOptions, PgConnection) {
    let maintenance = server();
    let connection = maintenance.connect().await.expect("DATABASE_URL names a server that answers");
    (maintenance, connection)
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

/// The name of the template of this key, which begins as a copy of `from`: filled, unless it is there already.
async fn filled(
    maintenance: &PgConnectOptions,
    connection: &mut PgConnection,
    (key, from): (&str, &str),
    fill: impl AsyncFnOnce(&PgPool),
) -> String {
    let template = format!("{PREFIX}template_{key}");
    if !exists(connection, &template).await {
        prepare(maintenance, connection, (&template, from), fill).await;
    }
    template
}

/// Builds the template under a temporary name, so that it exists only when it is complete. Two processes that both
/// find none wait for each other.
async fn prepare(
    maintenance: &PgConnectOptions,
    connection: &mut PgConnection,
    (template, from): (&str, &str),
    fill: impl AsyncFnOnce(&PgPool),
) {
    lock(connection, "SELECT pg_advisory_lock(hashtextextended($1, 0))", template).await;
    if !exists(connection, template).await {
        purge(connection).await;
        let building = format!("{template}_building");
        execute(connection, &format!("DROP DATABASE IF EXISTS {building} WITH (FORCE)")).await;
        execute(connection, &format!("CREATE DATABASE {building} TEMPLATE {from}")).await;
        let db = PgPool::connect_with(maintenance.clone().database(&building)).await.unwrap();
        fill(&db).await;
        db.close().await;
        execute(connection, &format!("ALTER DATABASE {building} RENAME TO {template}")).await;
    }
    lock(connection, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", template).await;
}

async fn lock(connection: &mut PgConnection, statement: &'static str, template: &str) {
    sqlx::query(statement).bind(template).execute(connection).await.unwrap();
}

/// Forgets the databases of runs that were killed.
async fn purge(connection: &mut PgConnection) {
    let names: Vec<String> =
        sqlx::query_scalar("SELECT datname FROM pg_database WHERE starts_with(datname, $1)")
            .bind(PREFIX)
            .fetch_all(&mut *connection)
            .await
            .unwrap();
    for name in names.iter().filter(|name| is_stale(name)) {
        // Another run may still use it: then it stays for now.
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
