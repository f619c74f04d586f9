//! The roles of the database: each part of the product acts under the one that may do its work and nothing more (ADR 27).

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};

use super::Db;

/// What `create` makes, one at a time in the whole cluster. From Postgres 16 on, who creates a role is a member of it that may
/// neither act under it nor use its rights: USAGE tells them apart.
const CREATE: &str = r"
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['iae_owner', 'iae_platform', 'iae_worker', 'iae_provider', 'iae_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
        IF NOT pg_has_role(session_user, role, 'USAGE') THEN
            EXECUTE format('GRANT %I TO %I', role, session_user);
        END IF;
    END LOOP;
END
$$";

/// Under which role statements run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Whose everything is: migrations, invented data.
    Owner,
    /// The pages.
    Platform,
    /// The tasks, among them the seals of the audit trail.
    Worker,
    /// The identity provider: its schema alone.
    Provider,
    /// Reads, and nothing else.
    Reader,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Platform, Self::Worker, Self::Provider, Self::Reader];

    /// Its name in Postgres.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "iae_owner",
            Self::Platform => "iae_platform",
            Self::Worker => "iae_worker",
            Self::Provider => "iae_provider",
            Self::Reader => "iae_reader",
        }
    }

    /// The same way to the database, under this role from the first statement. An account that is the role itself stays as it is:
    /// poolers, which share connections, let nobody change roles. The owner is whoever migrates.
    #[must_use]
    pub fn of(self, options: PgConnectOptions) -> PgConnectOptions {
        if self == Self::Owner || options.get_username() == self.name() {
            return options;
        }
        options.options([("role", self.name())])
    }
}

/// Creates the roles the cluster lacks, then gives each what it may do here: after the migrations, whose tables it covers.
pub async fn prepare(db: &Db) -> sqlx::Result<()> {
    if !are_there(db).await? {
        create(db.pool().connect_options().as_ref()).await?;
    }
    sqlx::raw_sql(include_str!("roles.sql")).execute(&mut *db.acquire().await?).await.map(drop)
}

/// Whether all exist, and this account may act under each.
async fn are_there(db: &Db) -> sqlx::Result<bool> {
    let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
    sqlx::query_scalar(
        "SELECT count(*) = cardinality($1) FROM pg_roles r
         WHERE r.rolname = ANY ($1) AND pg_has_role(session_user, r.oid, 'USAGE')",
    )
    .bind(names)
    .fetch_one(db)
    .await
}

/// Roles are the cluster's, locks a database's: the lock is taken in the one database every cluster has.
async fn create(options: &PgConnectOptions) -> sqlx::Result<()> {
    let mut connection = options.clone().database("postgres").connect().await?;
    let created = create_alone(&mut connection).await;
    connection.close().await.ok();
    created
}

async fn create_alone(connection: &mut PgConnection) -> sqlx::Result<()> {
    let mut tx = connection.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended('iae roles', 0))").execute(&mut *tx).await?;
    sqlx::raw_sql(CREATE).execute(&mut *tx).await?;
    tx.commit().await
}
