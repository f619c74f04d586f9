//! The `iae` binary: one file of `commands/` for each command.

mod commands;
mod config;
mod logging;
mod platform;
mod progress;
mod seed;
mod stop;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser as _;

use commands::{Cli, Command};

/// Pages are made of small strings on two threads, and freed on either: ADR 46.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    // A second installation would be refused; this is the first.
    rustls::crypto::ring::default_provider().install_default().ok();
    match start().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", sentence(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn start() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    if !matches!(cli.command, Command::CheckConfig(_)) {
        config::check_names()?;
    }
    logging::start(cli.command.log_level());
    cli.command.run().await
}

/// An error and what caused it, on one line.
fn sentence(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    let mut parts: Vec<String> = causes.map(ToString::to_string).collect();
    // A transparent error says the same as its cause.
    parts.dedup();
    parts.join(" : ")
}
