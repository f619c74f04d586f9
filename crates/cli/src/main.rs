//! The `iae` binary: one file of `commands/` for each command.

mod commands;
mod config;

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Parcours IAE, the platform of the insertion par l'activité économique.
#[derive(Debug, Parser)]
#[command(version, about = "Parcours IAE, la plateforme de l'insertion par l'activité économique")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Migrate(commands::migrate::Migrate),
    Import(commands::import::Import),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", sentence(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Migrate(command) => command.run().await,
        Command::Import(command) => command.run().await,
    }
}

/// An error and what caused it, on one line.
fn sentence(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    let mut parts: Vec<String> = causes.map(ToString::to_string).collect();
    // A transparent error says the same as its cause.
    parts.dedup();
    parts.join(" : ")
}
