//! What someone gets depends on all the others: the numbers of PASS follow the dates of their issue, and nobody has the NIR of
//! another. Every parcours is told once to know these, then again to be written, alone and in any order.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::task::{JoinError, JoinHandle, spawn_blocking};
use uuid::Uuid;

use super::parcours::Parcours;
use super::story;
use super::world::World;

/// Parcours told at once.
const PACKET: u32 = 2_000;
/// Packets told side by side.
const AT_ONCE: usize = 2;

/// Radix that holds every character of a NIR: digits, and the letters of Corsica.
const RADIX: u32 = 36;

/// What everyone got.
#[derive(Debug, Default)]
pub struct Ranks {
    /// Rank of each PASS by date of issue.
    passes: HashMap<Uuid, u32>,
    /// Order of each NIR among those that begin alike, by the number of the person.
    nirs: HashMap<u64, u16>,
}

/// What one person asks for.
#[derive(Debug)]
struct Claim {
    number: u64,
    /// The beginning of the NIR, shorter to keep than its text.
    nir_stem: Option<u64>,
    /// The PASS and when they were issued.
    passes: Vec<(DateTime<Utc>, Uuid)>,
}

impl Claim {
    fn of(number: u64, parcours: &Parcours) -> Self {
        let stem = parcours.person.nir_stem.as_deref();
        Self {
            number,
            nir_stem: stem.and_then(|stem| u64::from_str_radix(stem, RADIX).ok()),
            passes: parcours.passes.iter().map(|pass| (pass.at, pass.id)).collect(),
        }
    }
}

/// Gives everyone theirs: those of the story, whose numbers follow all the others, come first.
pub async fn give(
    world: &Arc<World>,
    candidates: u32,
    scripted: &[Parcours],
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> Result<Ranks, JoinError> {
    let mut register = Register::default();
    for (number, parcours) in (u64::from(candidates)..).zip(scripted) {
        register.add(Claim::of(number, parcours));
    }
    let claims = |first: u32| -> JoinHandle<Vec<Claim>> {
        let world = Arc::clone(world);
        let last = first.saturating_add(PACKET).min(candidates);
        spawn_blocking(move || {
            (first..last).map(|index| Claim::of(u64::from(index), &story::tell(&world, index))).collect()
        })
    };
    let mut packets = (0..candidates.div_ceil(PACKET)).map(|packet| packet * PACKET);
    let mut under_way: VecDeque<_> = packets.by_ref().take(AT_ONCE).map(&claims).collect();
    let mut told = 0;
    while let Some(packet) = under_way.pop_front() {
        under_way.extend(packets.next().map(&claims));
        for claim in packet.await? {
            register.add(claim);
            told += 1;
        }
        progress("PASS IAE", told, u64::from(candidates));
    }
    Ok(register.close())
}

/// The ranks as they are given, everyone in their order.
#[derive(Default)]
struct Register {
    issued: Vec<(DateTime<Utc>, Uuid)>,
    given: HashMap<u64, u16>,
    nirs: HashMap<u64, u16>,
}

impl Register {
    fn add(&mut self, claim: Claim) {
        self.issued.extend(claim.passes);
        if let Some(stem) = claim.nir_stem {
            let order = self.given.entry(stem).or_default();
            *order += 1;
            self.nirs.insert(claim.number, *order);
        }
    }

    fn close(mut self) -> Ranks {
        self.issued.sort_unstable();
        let passes = self.issued.into_iter().zip(1..).map(|((_, pass), rank)| (pass, rank)).collect();
        Ranks { passes, nirs: self.nirs }
    }
}

impl Ranks {
    /// Those of these people alone.
    #[cfg(test)]
    pub fn of<'a>(told: impl IntoIterator<Item = &'a Parcours>) -> Self {
        let mut register = Register::default();
        for (number, parcours) in (0..).zip(told) {
            register.add(Claim::of(number, parcours));
        }
        register.close()
    }

    /// The rank of a PASS, 0 for one nobody told of.
    pub fn pass(&self, id: Uuid) -> u32 {
        self.passes.get(&id).copied().unwrap_or(0)
    }

    /// The order of the NIR of that person.
    pub fn nir(&self, number: u64) -> u16 {
        self.nirs.get(&number).copied().unwrap_or(1)
    }

    /// How many PASS were issued: the rank of the last.
    pub fn passes(&self) -> usize {
        self.passes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(number: u64, stem: &str, issued: &[(&str, u128)]) -> Claim {
        let passes = issued.iter().map(|(at, id)| (at.parse().unwrap(), Uuid::from_u128(*id))).collect();
        Claim { number, nir_stem: u64::from_str_radix(stem, RADIX).ok(), passes }
    }

    #[test]
    fn numbers_follow_the_dates_and_nobody_has_the_nir_of_another() {
        let mut register = Register::default();
        register.add(claim(7, "1850578006", &[("2026-03-02T10:00:00Z", 1)]));
        register.add(claim(0, "285062A004", &[("2026-01-05T10:00:00Z", 2), ("2026-04-01T10:00:00Z", 3)]));
        register.add(claim(1, "1850578006", &[]));
        register.add(claim(2, "285062B004", &[]));
        let ranks = register.close();
        assert_eq!([1, 2, 3].map(|id| ranks.pass(Uuid::from_u128(id))), [2, 1, 3]);
        assert_eq!([7, 0, 1, 2].map(|number| ranks.nir(number)), [1, 1, 2, 1]);
        assert_eq!(ranks.passes(), 3);
    }
}
