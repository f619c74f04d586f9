//! Use cases, SQL, audit trail, outbox, jobs and gateways of Parcours IAE. Knows nothing of HTTP.
//!
//! A use case is one public async function in a file named by its verb. It loads and locks, asks the policy and
//! the rule of `iae-domain`, and writes everything in one transaction: see `applications::accept` for the model.

pub mod access_log;
pub mod accounts;
pub mod admin;
pub mod announcements;
pub mod app;
pub mod applications;
pub mod audit;
mod authorisation;
pub mod board;
pub mod budgets;
pub mod candidates;
pub mod clock;
pub mod config;
pub mod control;
pub mod ctx;
pub mod dashboard;
pub mod db;
pub mod directory;
pub mod doctor;
pub mod documents;
pub mod eligibility;
pub mod error;
pub mod exports;
pub mod failure;
pub mod gateways;
pub mod habilitations;
pub mod imports;
pub mod jobs;
pub mod links;
pub mod list;
pub mod notifications;
pub mod organisations;
pub mod outbox;
pub mod pass;
pub mod queue;
pub mod reference;
pub mod running_exports;
pub mod secrets;
pub mod self_prescriptions;
pub mod staff;
pub mod work;

pub use app::App;
pub use clock::Clock;
pub use config::AppConfig;
pub use ctx::Ctx;
pub use db::{Db, Tx};
pub use error::{Error, Result};
pub use failure::Failure;
pub use secrets::Secrets;
pub use work::Work;
