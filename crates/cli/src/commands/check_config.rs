//! `iae check-config`: whether an instance may start with these settings.

use std::error::Error;

use clap::Args;

use crate::config;

/// Reads every setting and says all that is wrong at once. Nothing is asked of the database nor of the network.
#[derive(Debug, Args)]
#[command(about = "Vérifie tous les réglages et dit d’un coup ce qui empêche de démarrer")]
pub struct CheckConfig;

impl CheckConfig {
    /// Prints a line for each setting to mend; that there are any is a failure.
    pub fn run() -> Result<(), Box<dyn Error>> {
        let wrong = config::everything();
        if wrong.is_empty() {
            println!("Réglages vérifiés : rien n’empêche de démarrer.");
            return Ok(());
        }
        for sentence in &wrong {
            println!("{sentence}");
        }
        Err(match wrong.len() {
            1 => "Un réglage est à revoir avant de démarrer.".into(),
            several => format!("{several} réglages sont à revoir avant de démarrer.").into(),
        })
    }
}
