//! Demonstration data: a whole département, or a région, invented from a seed and loaded with COPY.
//!
//! Everything follows from the seed and the day: organisations first ([`world`]), then the parcours of each candidate
//! ([`story`], [`scripted`]), what happens to their PASS ([`life`]), each from a stream of chance of its own and turned into
//! rows ([`write`]) by packets, so that memory stays flat. Dates are relative to the day of loading; one transaction holds it all.

mod accounts;
mod calendar;
mod checks;
mod companies;
pub mod controls;
mod copy;
mod institutions;
mod journal;
mod life;
mod members;
mod names;
mod parcours;
mod people;
mod personas;
mod place;
mod prescribers;
mod random;
mod scripted;
mod size;
mod store;
mod story;
mod tables;
#[cfg(test)]
mod tests;
mod texts;
mod trades;
mod world;
mod write;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_app::{AppConfig, Db, Tx, audit, directory};
use iae_domain::time::paris_date;
use uuid::Uuid;

use calendar::Calendar;
use size::Counts;
use store::Commune;
use tables::Tables;
use world::World;
use write::Writer;

pub use checks::check;
pub use personas::{PASSWORD, personas};
pub use size::Size;
pub use store::is_empty;

/// What everything is drawn from.
const SEED: u64 = 57;
/// Parcours sent to Postgres at once.
const PACKET: u32 = 2_000;

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The base is used.
    #[error(
        "la base contient déjà des comptes ou des organisations : rien n'est chargé (« --reset » les effacerait)"
    )]
    NotEmpty,
    /// The reference data is missing.
    #[error("les communes ne sont pas chargées : lancez d'abord « iae migrate »")]
    NoReference,
    /// More PASS than numbers.
    #[error(transparent)]
    PassNumber(#[from] iae_domain::pass::InvalidPassNumber),
    /// The platform refused.
    #[error(transparent)]
    App(#[from] iae_app::Error),
    /// The identity provider refused.
    #[error(transparent)]
    Connect(#[from] iae_connect::Error),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What was loaded: rows of each table.
#[derive(Debug)]
pub struct Summary {
    /// Tables and how many rows each received.
    pub tables: Vec<(&'static str, u64)>,
}

impl Summary {
    /// Rows of one table.
    fn rows_of(&self, table: &str) -> u64 {
        self.tables.iter().filter(|(name, _)| *name == table).map(|(_, rows)| rows).sum()
    }

    /// All rows together.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}

/// Where to load.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The base of the platform.
    pub db: &'a Db,
    /// The base of the identity provider, where accounts are opened under [`PASSWORD`].
    pub connect: Option<&'a Db>,
    /// What the operator chose: the prefix of PASS numbers, addresses.
    pub config: &'a AppConfig,
    /// The moment of loading: everything happened before that day.
    pub now: DateTime<Utc>,
}

/// What to load, and how.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How much.
    pub size: Size,
    /// Whether everything but the reference data is erased first.
    pub reset: bool,
}

/// Loads the data. `progress` is told what is done, how much of it, and out of how much.
pub async fn load(
    site: Site<'_>,
    options: Options,
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> Result<Summary, SeedError> {
    let counts = options.size.counts();
    if !options.reset && !store::is_empty(site.db).await? {
        return Err(SeedError::NotEmpty);
    }
    let communes = store::communes(site.db, counts.departments).await?;
    if communes.is_empty() {
        return Err(SeedError::NoReference);
    }
    let mut tx = site.db.begin().await?;
    store::stay_idle(&mut tx).await?;
    if options.reset {
        store::empty(&mut tx).await?;
    }
    let summary = fill(site, &mut tx, &counts, communes, progress).await?;
    tx.commit().await?;
    let events = summary.rows_of("audit_events");
    audit::seal_all(site.db, |done| progress("piste d’audit", done, events)).await?;
    progress("statistiques", 0, 1);
    directory::store::recompute_scores(site.db, site.now).await?;
    directory::store::recompute_usual_answers(site.db, site.now).await?;
    store::analyze(site.db).await?;
    progress("statistiques", 1, 1);
    if let Some(connect) = site.connect {
        accounts::open(site.db, connect, options.size, site.now, progress).await?;
    }
    Ok(summary)
}

async fn fill(
    site: Site<'_>,
    tx: &mut Tx,
    counts: &Counts,
    communes: Vec<Commune>,
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> Result<Summary, SeedError> {
    let mut tables = Tables::new();
    let total = u64::from(counts.candidates);
    let calendar = Calendar { today: paris_date(site.now) };
    progress("organisations", 0, 1);
    let world = World::build(SEED, calendar, counts, communes, &mut tables);
    tables.flush(tx).await?;
    progress("organisations", 1, 1);
    let scripted = scripted::tell(&world);
    let numbers = numbers(&world, counts.candidates, &scripted, progress);
    let last = i32::try_from(numbers.len()).unwrap_or(i32::MAX);
    let mut writer = Writer::new(&world, site.config, numbers);
    for (place, parcours) in scripted.into_iter().enumerate() {
        writer.write(total + u64::try_from(place).unwrap_or(0), parcours, &mut tables)?;
    }
    for index in 0..counts.candidates {
        writer.write(u64::from(index), story::tell(&world, index), &mut tables)?;
        if index % PACKET == PACKET - 1 {
            tables.flush(tx).await?;
            progress("candidats", u64::from(index), total);
        }
    }
    tables.flush(tx).await?;
    progress("candidats", total, total);
    store::set_counter(tx, &site.config.pass_prefix, last).await?;
    Ok(Summary { tables: tables.counts() })
}

/// The numbers of the PASS follow the dates of their issue: every parcours is told once to know these, then again to be
/// written.
fn numbers(
    world: &World,
    candidates: u32,
    scripted: &[parcours::Parcours],
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> HashMap<Uuid, u32> {
    let mut issued: Vec<(DateTime<Utc>, Uuid)> = Vec::new();
    let mut note = |parcours: &parcours::Parcours| {
        issued.extend(parcours.passes.iter().map(|pass| (pass.at, pass.id)));
    };
    scripted.iter().for_each(&mut note);
    for index in 0..candidates {
        note(&story::tell(world, index));
        if index % PACKET == 0 {
            progress("PASS IAE", u64::from(index), u64::from(candidates));
        }
    }
    progress("PASS IAE", 1, 1);
    issued.sort_unstable();
    issued.into_iter().zip(1..).map(|((_, pass), rank)| (pass, rank)).collect()
}
