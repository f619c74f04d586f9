//! Use cases, SQL, audit trail, outbox, jobs and gateways of Parcours IAE. Knows nothing of HTTP.
//!
//! A use case is one public async function in a file named by its verb. It loads and locks, asks the policy and
//! the rule of `iae-domain`, and writes everything in one transaction: see `applications::accept` for the model.

pub mod accounts;
pub mod admin;
pub mod applications;
pub mod audit;
pub mod candidates;
pub mod clock;
pub mod config;
pub mod ctx;
pub mod dashboard;
pub mod db;
pub mod directory;
pub mod documents;
pub mod eligibility;
pub mod error;
pub mod gateways;
pub mod imports;
pub mod jobs;
pub mod links;
pub mod notifications;
pub mod pagination;
pub mod pass;
pub mod reference;
pub mod self_prescriptions;

pub use clock::Clock;
pub use config::AppConfig;
pub use ctx::Ctx;
pub use db::{Db, Tx};
pub use error::{Error, Result};

use gateways::{files::Files, mailer::Mailer, oidc::OidcProviders};

/// Everything a use case may need: one value, shared by the server, the worker and the tests.
#[derive(Debug)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Where mails leave.
    pub mailer: Mailer,
    /// Where files are kept.
    pub files: Files,
    /// The identity providers people sign in with.
    pub oidc: OidcProviders,
    /// What the operator chose.
    pub config: AppConfig,
}
