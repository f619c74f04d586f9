//! What an operator may ask for.

pub mod audit;
pub mod check_config;
pub mod connect;
pub mod control;
pub mod create_staff;
pub mod demo;
pub mod doctor;
pub mod end_sessions;
pub mod import;
pub mod inspect_pdf;
pub mod migrate;
pub mod purge;
pub mod seed;
pub mod serve;
pub mod staff;
pub mod transfer;
pub mod worker;

use std::error::Error;

use clap::{Parser, Subcommand};
use tracing::level_filters::LevelFilter;

/// The command line.
#[derive(Debug, Parser)]
#[command(version, about = "Parcours IAE, la plateforme de l’insertion par l’activité économique")]
pub struct Cli {
    /// What is asked.
    #[command(subcommand)]
    pub command: Command,
}

/// One command, in the file of its name.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the pages.
    Serve(serve::Serve),
    /// Runs the tasks.
    Worker(worker::Worker),
    /// Serves the identity provider.
    Connect(connect::Connect),
    /// Tells what keeps an instance from starting.
    CheckConfig(check_config::CheckConfig),
    /// Updates the schema and the reference data.
    Migrate(migrate::Migrate),
    /// Looks after the audit trail.
    Audit(audit::Audit),
    /// Computes every PASS again.
    Doctor(doctor::Doctor),
    /// Opens campaigns of control, draws, turns them.
    Control(control::Control),
    /// Brings in an official file.
    Import(import::Import),
    /// Opens an account of the team.
    CreateStaff(create_staff::CreateStaff),
    /// Looks after the groups of the team.
    Staff(staff::Staff),
    /// Gives what a company has to another one.
    Transfer(transfer::Transfer),
    /// Ends sessions of the platform.
    EndSessions(end_sessions::EndSessions),
    /// Tells whether a file is a PDF that opens: started by the platform itself.
    #[command(name = iae_app::gateways::pdf::COMMAND, hide = true)]
    InspectPdf,
    /// Deletes what has no more use.
    Purge(purge::Purge),
    /// Loads invented people and organisations.
    Seed(seed::Seed),
    /// Everything at once on this machine, with invented people.
    Demo(demo::Demo),
}

impl Command {
    /// What the log keeps: everything of the long-running parts, only what goes wrong of the rest.
    pub const fn log_level(&self) -> LevelFilter {
        match self {
            Self::Serve(_) | Self::Worker(_) | Self::Connect(_) => LevelFilter::INFO,
            Self::CheckConfig(_)
            | Self::Audit(_)
            | Self::Doctor(_)
            | Self::Control(_)
            | Self::Migrate(_)
            | Self::Import(_)
            | Self::CreateStaff(_)
            | Self::Staff(_)
            | Self::Transfer(_)
            | Self::EndSessions(_)
            | Self::InspectPdf
            | Self::Purge(_)
            | Self::Seed(_)
            | Self::Demo(_) => LevelFilter::WARN,
        }
    }

    /// Runs the command to its end.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        match self {
            Self::Serve(command) => command.run().await,
            Self::Worker(command) => command.run().await,
            Self::Connect(command) => command.run().await,
            Self::CheckConfig(check_config::CheckConfig) => check_config::CheckConfig::run(),
            Self::Audit(command) => command.run().await,
            Self::Doctor(command) => command.run().await,
            Self::Control(command) => command.run().await,
            Self::Migrate(command) => command.run().await,
            Self::Import(command) => command.run().await,
            Self::CreateStaff(command) => command.run().await,
            Self::Staff(command) => command.run().await,
            Self::Transfer(command) => command.run().await,
            Self::EndSessions(command) => command.run().await,
            Self::InspectPdf => inspect_pdf::run(),
            Self::Purge(command) => command.run().await,
            Self::Seed(command) => command.run().await,
            Self::Demo(command) => Box::pin(command.run()).await,
        }
    }
}
