//! The candidates of the country, by packets: each is made apart, and loaded in transactions of its own by two connections side
//! by side. They end in any order and always say the same, since what is drawn follows from the seed and the number of the
//! candidate.
//!
//! Triggers stay: what they derive is what the schema says of it, whatever is added to it one day. Those of applications
//! write rows that packets share (the départements and the counts of an organisation), so packets take turns there. The trail
//! is sealed as it comes in, while it is in memory and what waits is short: `seal_audit_events` looks for it from the start.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use iae_app::{AppConfig, Db, applications, audit};
use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinSet, spawn_blocking};

use super::ranks::Ranks;
use super::tables::Tables;
use super::world::World;
use super::write::Writer;
use super::{SeedError, store, story};

/// Connections that load at once.
const AT_ONCE: usize = 2;
/// Candidates of a packet, at least.
const LEAST: u32 = 50;
/// Candidates of a packet, at most: some fifty megabytes of rows.
const MOST: u32 = 4_000;
/// Packets of a load that is big enough.
const PACKETS: u32 = 250;
/// Packets after which the counts of applications are folded.
const FOLDED: u32 = 16;

/// Packets to load.
pub struct Packets {
    db: Db,
    config: AppConfig,
    world: Arc<World>,
    ranks: Ranks,
    candidates: u32,
    /// Candidates of one.
    size: u32,
    /// The next to make.
    next: AtomicU32,
    /// Whose turn it is to load applications.
    applications: Mutex<()>,
    /// Whose turn it is to seal the trail.
    trail: Mutex<()>,
}

/// A packet that is there.
#[derive(Debug)]
pub struct Loaded {
    /// Its rank.
    rank: u32,
    /// Rows of each table.
    pub rows: Vec<(&'static str, u64)>,
    /// Fingerprint of its rows.
    pub fingerprint: [u8; 32],
}

/// Loads them all, and returns them in their order. The first error ends it; what was loaded stays.
pub async fn load(
    packets: Packets,
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> Result<Vec<Loaded>, SeedError> {
    let total = u64::from(packets.count());
    let packets = Arc::new(packets);
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        workers.spawn(Arc::clone(&packets).work(sender.clone()));
    }
    drop(sender);
    let (mut loaded, mut done) = (Vec::new(), 0);
    progress("candidats", done, total);
    while let Some(packet) = receiver.recv().await {
        loaded.push(packet);
        done += 1;
        progress("candidats", done, total);
    }
    while let Some(worker) = workers.join_next().await {
        worker??;
    }
    loaded.sort_unstable_by_key(|packet: &Loaded| packet.rank);
    Ok(loaded)
}

impl Packets {
    /// The packets of so many candidates.
    pub fn of(db: &Db, config: &AppConfig, world: Arc<World>, ranks: Ranks, candidates: u32) -> Self {
        Self {
            db: db.clone(),
            config: config.clone(),
            world,
            ranks,
            candidates,
            size: (candidates / PACKETS).clamp(LEAST, MOST),
            next: AtomicU32::new(0),
            applications: Mutex::new(()),
            trail: Mutex::new(()),
        }
    }

    const fn count(&self) -> u32 {
        self.candidates.div_ceil(self.size)
    }

    /// Loads packets as long as there are; when one fails, nobody takes another.
    async fn work(self: Arc<Self>, done: mpsc::UnboundedSender<Loaded>) -> Result<(), SeedError> {
        let worked = self.go_on(&done).await;
        if worked.is_err() {
            self.next.store(self.count(), Ordering::Relaxed);
        }
        worked
    }

    async fn go_on(self: &Arc<Self>, done: &mpsc::UnboundedSender<Loaded>) -> Result<(), SeedError> {
        loop {
            let rank = self.next.fetch_add(1, Ordering::Relaxed);
            if rank >= self.count() {
                return Ok(());
            }
            let packets = Arc::clone(self);
            let (mut tables, fingerprint) = spawn_blocking(move || packets.make(rank)).await??;
            self.send(&mut tables).await?;
            // Whoever counts them is there as long as packets are loaded.
            done.send(Loaded { rank, rows: tables.counts(), fingerprint }).ok();
            self.look_after(rank + 1).await?;
        }
    }

    /// The rows of a packet and their fingerprint.
    fn make(&self, rank: u32) -> Result<(Tables, [u8; 32]), SeedError> {
        let mut tables = Tables::new();
        let writer = Writer::new(&self.world, &self.config, &self.ranks);
        let first = rank * self.size;
        for index in first..(first + self.size).min(self.candidates) {
            writer.write(u64::from(index), story::tell(&self.world, index), &mut tables)?;
        }
        let fingerprint = tables.fingerprint();
        Ok((tables, fingerprint))
    }

    /// People, then their applications when it is their turn, then what follows from these.
    async fn send(&self, tables: &mut Tables) -> sqlx::Result<()> {
        let mut tx = self.db.begin().await?;
        tables.flush_people(&mut tx).await?;
        tx.commit().await?;
        let turn = self.applications.lock().await;
        let mut tx = self.db.begin().await?;
        tables.flush_applications(&mut tx).await?;
        tx.commit().await?;
        drop(turn);
        let mut tx = self.db.begin().await?;
        tables.flush(&mut tx).await?;
        tx.commit().await
    }

    /// What is best done while packets come in: so many were taken.
    async fn look_after(&self, taken: u32) -> Result<(), SeedError> {
        if taken.is_power_of_two() {
            store::analyze_parcours(&self.db).await?;
        }
        // Whoever seals meanwhile.
        if taken.is_multiple_of(FOLDED) {
            applications::counts::fold(&self.db).await?;
        }
        // What the other seals, or seals next, includes what just came in.
        if let Ok(_turn) = self.trail.try_lock() {
            audit::seal_all(&self.db, |_| ()).await?;
        }
        Ok(())
    }
}
