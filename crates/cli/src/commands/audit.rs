//! `iae audit`: the trail of who did what, verified, and shortened when it is old.

use std::cell::Cell;
use std::error::Error;

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, Subcommand};
use iae_app::Clock;
use iae_app::audit;
use iae_app::audit::verify::{Anchor, Sound, verify};
use iae_app::db::{Purpose, Role};

use crate::config::DatabaseConfig;
use crate::progress;

/// Bytes of the hash of a seal: SHA-256.
const HASH_LENGTH: usize = 32;

/// Looks after the audit trail.
#[derive(Debug, Args)]
#[command(about = "Vérifie la piste d’audit, ou en supprime ce qui est ancien")]
pub struct Audit {
    /// What to do.
    #[command(subcommand)]
    what: What,
}

/// What may be asked of the trail.
#[derive(Debug, Subcommand)]
enum What {
    /// Holds every row against its seal.
    Verify(Verify),
    /// Deletes old rows.
    Purge(Purge),
}

/// Walks the whole chain. Fails at the first place that is not as it was sealed.
#[derive(Debug, Args)]
#[command(about = "Compare chaque ligne à son sceau et nomme la première qui a changé")]
struct Verify {
    /// A seal noted earlier.
    #[arg(long, value_name = "NUMÉRO:EMPREINTE", value_parser = anchor, help = "Un sceau noté plus tôt, qui doit être resté le même")]
    anchor: Option<Anchor>,
}

/// Deletes rows and keeps what proves the chain.
#[derive(Debug, Args)]
#[command(about = "Supprime les lignes d’avant cette date (un an au moins) et garde leurs empreintes")]
struct Purge {
    /// The first day that is kept.
    #[arg(long, value_name = "AAAA-MM-JJ", help = "Le premier jour gardé")]
    before: NaiveDate,
}

impl Audit {
    /// Does what is asked.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        match self.what {
            What::Verify(command) => command.run().await,
            What::Purge(command) => command.run().await,
        }
    }
}

impl Verify {
    async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = DatabaseConfig::from_env()?.connect(Role::Reader, Purpose::Commands);
        let bar = progress::bar("Piste d’audit");
        let read = Cell::new(0);
        let found = verify(&db, self.anchor.as_ref(), Clock::System.now(), |rows, length| {
            bar.set_length(length.unsigned_abs());
            bar.set_position(rows.unsigned_abs());
            read.set(rows);
        });
        let found = found.await?;
        bar.finish_and_clear();
        let seconds = bar.elapsed().as_secs_f64();
        match found {
            Ok(sound) => report(&sound, seconds),
            Err(broken) => {
                println!("{} lignes lues en {seconds:.1} s.", read.get());
                return Err(format!("La piste d’audit est rompue : {broken}.").into());
            }
        }
        Ok(())
    }
}

fn report(sound: &Sound, seconds: f64) {
    let Sound { rows, purged, waiting, seal } = sound;
    println!("Piste d’audit intacte : {rows} lignes vérifiées en {seconds:.1} s, dont {purged} purgées.");
    println!("{waiting} lignes attendent leur sceau.");
    if seal.number > 0 {
        println!("Dernier sceau, à noter ailleurs : {}:{}", seal.number, hex::encode(&seal.hash));
    }
}

impl Purge {
    async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = DatabaseConfig::from_env()?.connect(Role::Worker, Purpose::Commands);
        let rows = audit::purge(&db, self.before.and_time(NaiveTime::MIN).and_utc()).await?;
        println!("{rows} lignes supprimées, leurs empreintes gardées.");
        Ok(())
    }
}

fn anchor(text: &str) -> Result<Anchor, &'static str> {
    let parts =
        text.split_once(':').and_then(|(number, hash)| Some((number.parse().ok()?, hex::decode(hash).ok()?)));
    let parts = parts.filter(|(number, hash): &(i64, Vec<u8>)| *number > 0 && hash.len() == HASH_LENGTH);
    let (number, hash) = parts.ok_or("attendu : NUMÉRO:EMPREINTE, comme « iae audit verify » l’écrit")?;
    Ok(Anchor { number, hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_noted_as_it_was_printed() {
        let hash = "a0".repeat(HASH_LENGTH);
        let noted = Anchor { number: 12, hash: vec![0xa0; HASH_LENGTH] };
        assert_eq!(anchor(&format!("12:{hash}")), Ok(noted));
        for wrong in ["", "12", "0:00", "12:00", "12:", &format!("0:{hash}"), &format!("-1:{hash}"), &hash] {
            assert!(anchor(wrong).is_err(), "{wrong}");
        }
    }
}
