//! Where the database is.

use iae_app::Db;
use iae_app::db::{Purpose, Role};
use sqlx::postgres::PgConnectOptions;

use super::{ConfigError, invalid, parsed, required};

/// Connections of one process, unless `IAE_DATABASE_CONNECTIONS` says otherwise.
const CONNECTIONS: u32 = 10;

/// The database of the platform.
#[derive(Debug)]
pub struct DatabaseConfig {
    options: PgConnectOptions,
    connections: u32,
}

impl DatabaseConfig {
    /// Reads `DATABASE_URL` and `IAE_DATABASE_CONNECTIONS`.
    pub fn from_env() -> Result<Self, ConfigError> {
        let url = required("DATABASE_URL")?;
        let options = url.parse().map_err(|_| invalid("DATABASE_URL", "postgres://compte@hôte:port/base"))?;
        let connections = parsed("IAE_DATABASE_CONNECTIONS", CONNECTIONS, "un nombre d’au moins 1")?;
        if connections == 0 {
            return Err(invalid("IAE_DATABASE_CONNECTIONS", "un nombre d’au moins 1"));
        }
        Ok(Self { options, connections })
    }

    /// A pool on it, for who acts under this role, and for what its connections will do.
    pub fn connect(&self, role: Role, purpose: Purpose) -> Db {
        Db::connect(role.of(self.options.clone()), self.connections, purpose)
    }
}
