//! The whole trail, verified: every seal, every row, and nothing outside of the chain.

use chrono::{DateTime, Utc};

use super::chain::{Broken, Walk};
use super::queries::{self, Seal};
use crate::db::{Db, Tx};
use crate::error::Result;

/// Places read at once, beside those of the last seal among them.
const AT_ONCE: i64 = 10_000;

/// Seals read at once.
const SEALS: i64 = 1_000;

/// A seal as an operator wrote it down elsewhere: that it is still there proves what it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Its number.
    pub number: i64,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// A sound trail.
#[derive(Debug, Clone)]
pub struct Sound {
    /// Rows the chain holds, the purged ones too.
    pub rows: i64,
    /// Of these, those retention deleted.
    pub purged: u64,
    /// Rows that wait for their seal.
    pub waiting: i64,
    /// The last seal; 0 when there is none.
    pub seal: Anchor,
}

/// Walks the trail as it is at this instant, which the caller's clock says. `progress` is told how many rows were read, out of how many.
pub async fn verify(
    db: &Db,
    anchor: Option<&Anchor>,
    now: DateTime<Utc>,
    progress: impl Fn(i64, i64),
) -> Result<std::result::Result<Sound, Broken>> {
    let mut tx = db.begin_snapshot().await?;
    let length = queries::length(&mut tx).await?;
    let mut walk = Walk::begin(now);
    loop {
        let seals = queries::seals_after(&mut tx, walk.number(), SEALS).await?;
        if seals.is_empty() {
            break;
        }
        for stretch in stretches(&seals) {
            if let Err(broken) = step(&mut tx, &mut walk, stretch, anchor).await? {
                return Ok(Err(broken));
            }
            progress(walk.position(), length);
        }
    }
    if let Some(broken) = outside(&mut tx, &walk, length, anchor).await? {
        return Ok(Err(broken));
    }
    let waiting = queries::waiting(&mut tx).await?;
    tx.rollback().await?;
    let seal = Anchor { number: walk.number(), hash: walk.hash().to_vec() };
    Ok(Ok(Sound { rows: walk.position(), purged: walk.purged(), waiting, seal }))
}

/// Seals whose places are read together.
fn stretches(seals: &[Seal]) -> impl Iterator<Item = &[Seal]> {
    let mut places = 0;
    seals.chunk_by(move |seal, _| {
        places += seal.last_position - seal.first_position + 1;
        let fits = places < AT_ONCE;
        if !fits {
            places = 0;
        }
        fits
    })
}

async fn step(
    tx: &mut Tx,
    walk: &mut Walk,
    seals: &[Seal],
    anchor: Option<&Anchor>,
) -> Result<std::result::Result<(), Broken>> {
    let (Some(first), Some(last)) = (seals.first(), seals.last()) else { return Ok(Ok(())) };
    let links = queries::links(tx, first.first_position, last.last_position).await?;
    for seal in seals {
        let start = links.partition_point(|link| link.position < seal.first_position);
        if let Err(broken) = walk.over(seal, &links[start..]) {
            return Ok(Err(broken));
        }
        if anchor.is_some_and(|anchor| anchor.number == seal.number && anchor.hash != seal.hash) {
            return Ok(Err(Broken::Anchor(seal.number)));
        }
    }
    Ok(Ok(()))
}

/// What no seal covers and should not be.
async fn outside(tx: &mut Tx, walk: &Walk, length: i64, anchor: Option<&Anchor>) -> Result<Option<Broken>> {
    // Met on the way, or nowhere: seals are walked from 1 on, without a gap.
    if let Some(anchor) = anchor.filter(|anchor| !(1..=walk.number()).contains(&anchor.number)) {
        return Ok(Some(Broken::NoSeal(anchor.number)));
    }
    if length > walk.position() {
        return Ok(Some(Broken::Unsealed(walk.position() + 1)));
    }
    let lost = queries::lost(tx).await?.map(Broken::Lost);
    Ok(lost.or(queries::unchained(tx).await?.map(Broken::Unchained)))
}
