//! Demonstration data: a whole département, a région or the country, invented from a seed and loaded with COPY.
//!
//! Everything follows from the seed and the day: organisations first ([`world`]), then the parcours of each candidate
//! ([`story`], [`scripted`]), what happens to their PASS ([`life`]), each from a stream of chance of its own and turned into
//! rows ([`write`]) by packets, so that memory stays flat. Dates are relative to the day of loading. One transaction holds a
//! département or a région; the country is loaded by packets, side by side ([`packets`]): stopped in the middle, it is to be
//! erased and loaded again.

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
mod packets;
mod parcours;
mod people;
mod personas;
mod place;
mod prescribers;
mod random;
mod ranks;
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

use std::sync::Arc;

use chrono::{DateTime, Utc};
use iae_app::{AppConfig, Db, Tx, applications, audit, directory};
use iae_domain::time::paris_date;
use sha2::{Digest as _, Sha256};

use calendar::Calendar;
use packets::Packets;
use ranks::Ranks;
use size::Counts;
use store::{Commune, Department};
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
    /// What makes rows was stopped.
    #[error("la fabrication des données a été interrompue")]
    Stopped(#[from] tokio::task::JoinError),
}

/// What was loaded: rows of each table.
#[derive(Debug)]
pub struct Summary {
    /// Tables and how many rows each received.
    pub tables: Vec<(&'static str, u64)>,
    /// What was loaded in a few characters: the same for the same seed, day, size and settings.
    pub fingerprint: String,
}

impl Summary {
    /// Of these rows, whose packets have these fingerprints.
    fn of(tables: Vec<(&'static str, u64)>, packets: &[[u8; 32]]) -> Self {
        let hash = packets.iter().fold(Sha256::new(), |hash, packet| hash.chain_update(packet));
        Self { tables, fingerprint: hex::encode(hash.finalize()) }
    }

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
    /// One in so many of these people, for tests: 1 loads them all.
    pub one_in: u32,
}

/// Loads the data. `progress` is told what is done, how much of it, and out of how much.
pub async fn load(
    site: Site<'_>,
    options: Options,
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> Result<Summary, SeedError> {
    let counts = options.size.counts().one_in(options.one_in);
    store::indexes::put_back(site.db, &|done, total| progress("index", done, total)).await?;
    if !options.reset && !store::is_empty(site.db).await? {
        return Err(SeedError::NotEmpty);
    }
    let communes = store::communes(site.db, counts.departments).await?;
    if communes.is_empty() {
        return Err(SeedError::NoReference);
    }
    let departments = store::departments(site.db, counts.departments).await?;
    let drawn = draw(site, &counts, (departments.as_slice(), communes), progress).await?;
    let mut tx = site.db.begin().await?;
    store::stay_idle(&mut tx).await?;
    if options.reset {
        store::empty(&mut tx).await?;
    }
    let last = i32::try_from(drawn.ranks.passes()).unwrap_or(i32::MAX);
    store::set_counter(&mut tx, &site.config.pass_prefix, last).await?;
    let summary = if counts.is_country {
        country(site, tx, &counts, drawn, progress).await?
    } else {
        region(site, tx, &counts, drawn, progress).await?
    };
    let events = summary.rows_of("audit_events");
    audit::seal_all(site.db, |done| progress("piste d’audit", done, events)).await?;
    progress("statistiques", 0, 1);
    directory::store::recompute_scores(site.db, site.now).await?;
    directory::store::recompute_usual_answers(site.db, site.now).await?;
    applications::counts::fold(site.db).await?;
    directory::store::count_figures(site.db, site.now).await?;
    store::analyze(site.db).await?;
    progress("statistiques", 1, 1);
    if let Some(connect) = site.connect {
        accounts::open(site.db, connect, options.size, site.now, progress).await?;
    }
    Ok(summary)
}

/// What is known before anyone is written.
struct Drawn {
    world: Arc<World>,
    ranks: Ranks,
    /// The rows of organisations and of those of the story, on their way.
    tables: Tables,
}

async fn draw(
    site: Site<'_>,
    counts: &Counts,
    places: (&[Department], Vec<Commune>),
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> Result<Drawn, SeedError> {
    let mut tables = Tables::new();
    let calendar = Calendar { today: paris_date(site.now) };
    progress("organisations", 0, 1);
    let world = Arc::new(World::build(SEED, calendar, counts, places, &mut tables));
    progress("organisations", 1, 1);
    let scripted = scripted::tell(&world);
    let ranks = ranks::give(&world, counts.candidates, &scripted, progress).await?;
    let writer = Writer::new(&world, site.config, &ranks);
    for (number, parcours) in (u64::from(counts.candidates)..).zip(scripted) {
        writer.write(number, parcours, &mut tables)?;
    }
    Ok(Drawn { world, ranks, tables })
}

/// Everyone, packet after packet, in one transaction.
async fn region(
    site: Site<'_>,
    mut tx: Tx,
    counts: &Counts,
    drawn: Drawn,
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> Result<Summary, SeedError> {
    let Drawn { world, ranks, mut tables } = drawn;
    let total = u64::from(counts.candidates);
    let writer = Writer::new(&world, site.config, &ranks);
    let mut packets = vec![tables.fingerprint()];
    tables.flush(&mut tx).await?;
    for index in 0..counts.candidates {
        writer.write(u64::from(index), story::tell(&world, index), &mut tables)?;
        if index % PACKET == PACKET - 1 || index + 1 == counts.candidates {
            packets.push(tables.fingerprint());
            tables.flush(&mut tx).await?;
            progress("candidats", u64::from(index) + 1, total);
        }
    }
    tx.commit().await?;
    Ok(Summary::of(tables.counts(), &packets))
}

/// Organisations first, then packets of candidates side by side, without the indexes that nothing needs meanwhile.
async fn country(
    site: Site<'_>,
    mut tx: Tx,
    counts: &Counts,
    drawn: Drawn,
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> Result<Summary, SeedError> {
    let Drawn { world, ranks, mut tables } = drawn;
    let mut fingerprints = vec![tables.fingerprint()];
    tables.flush(&mut tx).await?;
    tx.commit().await?;
    store::indexes::put_aside(site.db).await?;
    let packets = Packets::of(site.db, site.config, world, ranks, counts.candidates);
    let loaded = packets::load(packets, progress).await;
    // Whatever happened: nobody is to find a base without them. What ended the load says more than what this then stumbles on.
    let are_back = store::indexes::put_back(site.db, &|done, total| progress("index", done, total)).await;
    let packets = loaded?;
    are_back?;
    let mut rows = tables.counts();
    for packet in packets {
        fingerprints.push(packet.fingerprint);
        rows.iter_mut().zip(packet.rows).for_each(|(row, more)| row.1 += more.1);
    }
    Ok(Summary::of(rows, &fingerprints))
}
